package dev.nabla.optimizers;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ObjIntConsumer;

/**
 * A change of variables under which bounded entries x of a vector are functions of entries u without bounds, as MINUIT has
 * it (James and Roos, Computer Physics Communications 10, 1975, doi 10.1016/0010-4655(75)90039-9): x = min + (max − min)
 * (1 + sin u) / 2 between two bounds, x = min − 1 + √(1 + u²) above one, x = max + 1 − √(1 + u²) below one. On a bound dx/du
 * is 0, so what begins there would stay: it begins a little beside it, as in MINUIT.
 */
public final class BoundedVariables {

    /** How far u begins from where x is on a bound. */
    private static final double BESIDE = 1e-3;

    private final List<Bound> bounds;

    public BoundedVariables(List<Bound> bounds) {
        this.bounds = List.copyOf(bounds);
    }

    /** Whether there are no bounds, so that u is x. */
    public boolean isEmpty() {
        return bounds.isEmpty();
    }

    /** u of x. */
    public double[] inner(double[] x) {
        return mapped(x, bound -> value -> inner(bound, value));
    }

    /** x of u, which is within the bounds whatever u is. */
    public double[] outer(double[] u) {
        return mapped(u, bound -> value -> bound.nearest(outer(bound, value)));
    }

    /** The function of u that a function of x is. */
    public DifferentiableFunction of(DifferentiableFunction function) {
        return bounds.isEmpty() ? function : (u, gradient) -> {
            double value = function.at(outer(u), gradient);
            forEachSlope(u, (i, slope) -> gradient[i] *= slope);
            return value;
        };
    }

    /**
     * The same with its Hessian, D H D + diag(g d²x/du²) where g is the gradient by x, H the Hessian by x and D diagonal of dx/du. With
     * bounds each Hessian looks at the function once.
     */
    public TwiceDifferentiableFunction of(TwiceDifferentiableFunction function) {
        if (bounds.isEmpty()) {
            return function;
        }
        DifferentiableFunction ofInner = of((DifferentiableFunction) function);
        return new TwiceDifferentiableFunction() {
            @Override
            public double at(double[] u, double[] gradient) {
                return ofInner.at(u, gradient);
            }

            @Override
            public Hessian hessian(double[] u) {
                double[] ofOuter = new double[u.length];
                function.at(outer(u), ofOuter);
                Hessian byOuter = function.hessian(outer(u));
                return (vector, product) -> {
                    double[] outerVector = vector.clone();
                    forEachSlope(u, (i, slope) -> outerVector[i] *= slope);
                    byOuter.times(outerVector, product);
                    forEachSlope(u, (i, slope) -> product[i] *= slope);
                    forEachCurvature(u, (i, curvature) -> product[i] += ofOuter[i] * curvature * vector[i]);
                };
            }
        };
    }

    /** What is to be done with an entry and dx/du of it. */
    private interface OfSlope {

        void take(int entry, double slope);
    }

    /** Looks at dx/du of every entry that is bounded. */
    private void forEachSlope(double[] u, OfSlope look) {
        forEach((bound, i) -> look.take(i, slope(bound, u[i])));
    }

    private void forEachCurvature(double[] u, OfSlope look) {
        forEach((bound, i) -> look.take(i, curvature(bound, u[i])));
    }

    private void forEach(ObjIntConsumer<Bound> look) {
        for (Bound bound : bounds) {
            for (int i = bound.from(); i < bound.to(); i++) {
                look.accept(bound, i);
            }
        }
    }

    /** What makes a number of a number within a bound. */
    private interface OfBound {

        DoubleUnaryOperator of(Bound bound);
    }

    private double[] mapped(double[] values, OfBound map) {
        if (bounds.isEmpty()) {
            return values;
        }
        double[] mapped = values.clone();
        for (Bound bound : bounds) {
            DoubleUnaryOperator ofBound = map.of(bound);
            for (int i = bound.from(); i < bound.to(); i++) {
                mapped[i] = ofBound.applyAsDouble(values[i]);
            }
        }
        return mapped;
    }

    private static double inner(Bound bound, double x) {
        // Also where the bounds are neighbours of which the halves round to one.
        if (isDouble(bound) && half(bound) == 0) {
            return 0;
        }
        if (isDouble(bound)) {
            double sine = (x - middle(bound)) / half(bound);
            return Math.clamp(Math.asin(Math.clamp(sine, -1, 1)), -Math.PI / 2 + BESIDE, Math.PI / 2 - BESIDE);
        }
        double distance = Double.isInfinite(bound.max()) ? x - bound.min() : bound.max() - x;
        return Math.max(BESIDE, Math.sqrt(distance) * Math.sqrt(distance + 2));
    }

    private static double outer(Bound bound, double u) {
        if (isDouble(bound)) {
            return middle(bound) + half(bound) * Math.sin(u);
        }
        double distance = Math.hypot(1, u) - 1;
        return Double.isInfinite(bound.max()) ? bound.min() + distance : bound.max() - distance;
    }

    private static double slope(Bound bound, double u) {
        return isDouble(bound) ? half(bound) * Math.cos(u)
                : u / Math.hypot(1, u) * (Double.isInfinite(bound.max()) ? 1 : -1);
    }

    private static double curvature(Bound bound, double u) {
        return isDouble(bound) ? -half(bound) * Math.sin(u)
                : Math.pow(Math.hypot(1, u), -3) * (Double.isInfinite(bound.max()) ? 1 : -1);
    }

    private static boolean isDouble(Bound bound) {
        return Double.isFinite(bound.min()) && Double.isFinite(bound.max());
    }

    private static double middle(Bound bound) {
        return bound.min() / 2 + bound.max() / 2;
    }

    private static double half(Bound bound) {
        return bound.max() / 2 - bound.min() / 2;
    }
}
