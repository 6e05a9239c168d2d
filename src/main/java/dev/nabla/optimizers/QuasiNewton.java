package dev.nabla.optimizers;

/** A quasi-Newton method with a strong-Wolfe line search (Nocedal and Wright, "Numerical optimization", second edition, 2006). */
public final class QuasiNewton implements Minimizer {

    private final DifferentiableFunction function;
    private final InverseHessian inverseHessian;
    private double[] point;
    private double[] gradient;
    private double value;

    /** Evaluates the function at the start. */
    public QuasiNewton(QuasiNewtonSettings settings, DifferentiableFunction function, double[] start) {
        this.function = function;
        this.inverseHessian = inverseHessian(settings);
        this.point = start.clone();
        this.gradient = new double[start.length];
        this.value = function.at(point, gradient);
    }

    /** One that goes on where another was. */
    public QuasiNewton(QuasiNewtonSettings settings, DifferentiableFunction function, int size, StateReader state) {
        this.function = function;
        this.inverseHessian = inverseHessian(settings);
        this.point = state.get(size);
        this.gradient = state.get(size);
        this.value = state.get();
        inverseHessian.restore(state, size);
    }

    private static InverseHessian inverseHessian(QuasiNewtonSettings settings) {
        return switch (settings) {
            case LbfgsSettings lbfgs -> new LimitedMemory(lbfgs.history());
            case SelfScaledBroydenSettings _ -> new SelfScaledBroyden();
        };
    }

    @Override
    public void save(StateWriter state) {
        state.put(point);
        state.put(gradient);
        state.put(value);
        inverseHessian.save(state);
    }

    @Override
    public double[] point() {
        return point;
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public double gradientNorm() {
        return Math.sqrt(DifferentiableFunction.dot(gradient, gradient));
    }

    /** Looks along the gradient, too, before it says that there is no lower value; of a small one first as far as it is long. */
    @Override
    public boolean iterate() {
        if (!inverseHessian.isEmpty()) {
            if (search(1)) {
                return true;
            }
            inverseHessian.clear();
        }
        double unit = 1 / gradientNorm();
        return search(Math.min(1, unit)) || unit > 1 && search(unit);
    }

    private boolean search(double firstStep) {
        double[] direction = inverseHessian.times(gradient);
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -direction[i];
        }
        double slope = DifferentiableFunction.dot(direction, gradient);
        if (!(slope < 0)) {
            return false;
        }
        var line = new WolfeLineSearch(function, point, direction, value, slope);
        double found = line.search(firstStep);
        if (!Double.isFinite(found)) {
            return false;
        }
        double[] step = difference(line.point(), point);
        double alongStep = DifferentiableFunction.dot(step, gradient);
        // The step is a multiple of −H g, so s · H⁻¹ s = (s · g)² / (g · H g).
        inverseHessian.add(step, difference(line.gradient(), gradient), -alongStep * alongStep / slope);
        point = line.point();
        gradient = line.gradient();
        value = found;
        return true;
    }

    private static double[] difference(double[] x, double[] y) {
        double[] difference = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            difference[i] = x[i] - y[i];
        }
        return difference;
    }
}
