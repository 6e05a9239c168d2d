package dev.nabla.optimizers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The inverse of a Hessian as L-BFGS approximates it from the last steps and changes of the gradient. */
final class InverseHessian {

    /** Steps along which the gradient hardly changes, as a cosine, would spoil it. */
    private static final double SMALLEST_COSINE = 1e-12;

    /** @param curvature s · y, above 0 */
    private record Pair(double[] step, double[] gradientChange, double curvature) {}

    private final int history;
    private final Deque<Pair> newestFirst = new ArrayDeque<>();

    InverseHessian(int history) {
        this.history = history;
    }

    void add(double[] step, double[] gradientChange) {
        double curvature = DifferentiableFunction.dot(step, gradientChange);
        double lengths = Math.sqrt(DifferentiableFunction.dot(step, step))
                * Math.sqrt(DifferentiableFunction.dot(gradientChange, gradientChange));
        if (!(curvature > SMALLEST_COSINE * lengths)) {
            return;
        }
        if (newestFirst.size() == history) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(new Pair(step, gradientChange, curvature));
    }

    void clear() {
        newestFirst.clear();
    }

    boolean isEmpty() {
        return newestFirst.isEmpty();
    }

    /** Its product with a vector: the two loops of Nocedal and Wright, algorithm 7.4. */
    double[] times(double[] vector) {
        double[] r = vector.clone();
        double[] alphas = new double[newestFirst.size()];
        int i = 0;
        for (Pair pair : newestFirst) {
            alphas[i] = DifferentiableFunction.dot(pair.step, r) / pair.curvature;
            add(-alphas[i], pair.gradientChange, r);
            i++;
        }
        if (!newestFirst.isEmpty()) {
            Pair newest = newestFirst.getFirst();
            double scale = newest.curvature / DifferentiableFunction.dot(newest.gradientChange, newest.gradientChange);
            for (int k = 0; k < r.length; k++) {
                r[k] *= scale;
            }
        }
        for (Iterator<Pair> oldestFirst = newestFirst.descendingIterator(); oldestFirst.hasNext();) {
            Pair pair = oldestFirst.next();
            i--;
            add(alphas[i] - DifferentiableFunction.dot(pair.gradientChange, r) / pair.curvature, pair.step, r);
        }
        return r;
    }

    private static void add(double factor, double[] x, double[] z) {
        for (int k = 0; k < z.length; k++) {
            z[k] += factor * x[k];
        }
    }

    void save(StateWriter state) {
        state.put(newestFirst.size());
        newestFirst.forEach(pair -> {
            state.put(pair.step);
            state.put(pair.gradientChange);
            state.put(pair.curvature);
        });
    }

    /** @param size how long a step is */
    void restore(StateReader state, int size) {
        newestFirst.clear();
        int pairs = (int) state.get();
        for (int i = 0; i < pairs; i++) {
            newestFirst.addLast(new Pair(state.get(size), state.get(size), state.get()));
        }
    }
}
