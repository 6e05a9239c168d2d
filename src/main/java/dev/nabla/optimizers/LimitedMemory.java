package dev.nabla.optimizers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The inverse Hessian as L-BFGS approximates it from the last steps and changes of the gradient. */
final class LimitedMemory implements InverseHessian {

    /** @param curvature s · y, above 0 */
    private record Pair(double[] step, double[] gradientChange, double curvature) {}

    private final int history;
    private final Deque<Pair> newestFirst = new ArrayDeque<>();

    LimitedMemory(int history) {
        this.history = history;
    }

    @Override
    public void learn(double[] step, double[] gradientChange, double curvature, double expected) {
        if (newestFirst.size() == history) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(new Pair(step, gradientChange, curvature));
    }

    @Override
    public void clear() {
        newestFirst.clear();
    }

    @Override
    public boolean isEmpty() {
        return newestFirst.isEmpty();
    }

    /** The two loops of Nocedal and Wright, algorithm 7.4. */
    @Override
    public double[] times(double[] vector) {
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

    @Override
    public void save(StateWriter state) {
        state.put(newestFirst.size());
        newestFirst.forEach(pair -> {
            state.put(pair.step);
            state.put(pair.gradientChange);
            state.put(pair.curvature);
        });
    }

    @Override
    public void restore(StateReader state, int size) {
        newestFirst.clear();
        int pairs = (int) state.get();
        for (int i = 0; i < pairs; i++) {
            newestFirst.addLast(new Pair(state.get(size), state.get(size), state.get()));
        }
    }
}
