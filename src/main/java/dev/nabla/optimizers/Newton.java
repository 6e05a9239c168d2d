package dev.nabla.optimizers;

/**
 * Truncated Newton in a trust region (Nocedal and Wright, "Numerical optimization", second edition, 2006, algorithms 4.1 and 7.2). Hessians
 * of networks are nearly singular and, away from minima, indefinite. There a line search along what conjugate gradients found is weak: it
 * has to leave directions of negative curvature, and may get steps that are long and of little use (the same, section 7.1). A trust region
 * follows those directions as far as it reaches, and bounds every step by how well the quadratic told the last ones.
 */
public final class Newton implements Minimizer {

    private static final int MOST_TRIES = 40;
    /** Of what was predicted, what a step must gain; more than the good part widens the region, less than the poor one narrows it. */
    private static final double LEAST_GAIN = 1e-4;
    private static final double POOR_GAIN = 0.25;
    private static final double GOOD_GAIN = 0.75;
    /** Less, as a part of a value, is lost in the rounding of its sum. */
    private static final double ROUNDING = 10 * Math.ulp(1.0);

    /** After as many iterations without a lower value or a smaller gradient than ever, all is rounding. */
    private static final int MOST_IDLE = 5;
    /** The square of a shorter radius is 0. */
    private static final double LEAST_RADIUS = 1e-150;

    private final NewtonSettings settings;
    private final TwiceDifferentiableFunction function;
    private double[] point;
    private double[] gradient;
    private double value;
    private double radius;
    private double lowest;
    private double smallest;
    private int idle;

    /** Evaluates the function at the start. */
    public Newton(NewtonSettings settings, TwiceDifferentiableFunction function, double[] start) {
        this.settings = settings;
        this.function = function;
        this.point = start.clone();
        this.gradient = new double[start.length];
        this.radius = settings.trustRadius();
        restart();
    }

    /** One that goes on where another was. */
    public Newton(NewtonSettings settings, TwiceDifferentiableFunction function, int size, StateReader state) {
        this.settings = settings;
        this.function = function;
        this.point = state.get(size);
        this.gradient = state.get(size);
        this.value = state.get();
        this.radius = state.get();
        this.lowest = state.isOfThisVersion() ? state.get() : value;
        this.smallest = state.isOfThisVersion() ? state.get() : gradientNorm();
        this.idle = state.isOfThisVersion() ? (int) state.get() : 0;
    }

    @Override
    public void save(StateWriter state) {
        state.put(point);
        state.put(gradient);
        state.put(value);
        state.put(radius);
        state.put(lowest);
        state.put(smallest);
        state.put(idle);
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
        return norm(gradient);
    }

    private static double norm(double[] vector) {
        return Math.sqrt(DifferentiableFunction.dot(vector, vector));
    }

    /** The longest step that the next iteration tries first. */
    public double trustRadius() {
        return radius;
    }

    /** Says that it is another function from now on. */
    public void restart() {
        value = function.at(point, gradient);
        lowest = value;
        smallest = gradientNorm();
        idle = 0;
    }

    /** Tries longer steps where none can tell, else ever shorter ones, before it says that there is no lower value. */
    @Override
    public boolean iterate() {
        double before = radius;
        var hessian = function.hessian(point);
        double size = gradientNorm();
        // That of Nocedal and Wright, equation 7.3, with which the norm of the gradient falls faster than linearly near a minimum.
        double tolerance = Math.min(0.5, Math.sqrt(size)) * size;
        double[] next = new double[point.length];
        double[] gradientThere = new double[point.length];
        boolean wasNarrowed = false;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var conjugate = new ConjugateGradients(gradient);
            radius = Math.max(radius, LEAST_RADIUS);
            if (!conjugate.solve(hessian, radius, tolerance, settings.maxConjugateGradientIterations())) {
                break;
            }
            double[] step = conjugate.step();
            for (int i = 0; i < next.length; i++) {
                next[i] = point[i] + step[i];
            }
            double predicted = conjugate.predicted();
            double found = function.at(next, gradientThere);
            double there = norm(gradientThere);
            double gain = Double.isFinite(there) ? (value - found) / predicted : Double.NaN;
            // A value that stays may be 0, beside which nothing is small; the point is not told from that by its digits then.
            double rounding = ROUNDING * Math.max(Math.abs(value), found == value ? size * norm(point) : 0);
            boolean isLost = predicted <= rounding;
            // Where the values cannot tell, the gradients do (Conn, Gould and Toint, "Trust-region methods", 2000, section 17.4.2).
            boolean isTaken = gain > LEAST_GAIN && found < value
                    || isLost && found - value <= rounding && there < size;
            boolean isTooShort = isLost && conjugate.isOnSphere() && !wasNarrowed;
            if (isTooShort) {
                // No step as short can tell anything, so the next may be as long as one that the gradient has tell.
                radius = Math.max(2 * radius, 4 * rounding / size);
            } else if (!isLost) {
                wasNarrowed |= adapt(gain, norm(step), conjugate.isOnSphere());
            }
            if (isTaken) {
                point = next;
                gradient = gradientThere;
                value = found;
                return isOfUse();
            }
            if (isLost && !isTooShort) {
                if (tolerance == 0) {
                    break;
                }
                // What is left of the gradient may lead on: it is small beside what only rounding has made of an entry.
                tolerance = 0;
            }
        }
        radius = before;
        return false;
    }

    private boolean isOfUse() {
        idle = value < lowest || gradientNorm() < smallest ? 0 : idle + 1;
        lowest = Math.min(lowest, value);
        smallest = Math.min(smallest, gradientNorm());
        return idle < MOST_IDLE;
    }

    /** Says whether the region is narrower by now. */
    private boolean adapt(double gain, double length, boolean isOnSphere) {
        if (!(gain >= POOR_GAIN)) {
            radius = length / 4;
            return true;
        }
        if (gain > GOOD_GAIN && isOnSphere) {
            radius *= 2;
        }
        return false;
    }
}
