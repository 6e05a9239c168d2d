package dev.nabla.optimizers;

import java.util.Arrays;

/**
 * Gauss–Newton for sums of squares with the damping of Levenberg and Marquardt, which follows how well the linearized
 * functions told what a step does (Madsen, Nielsen and Tingleff, "Methods for non-linear least squares problems", second
 * edition, 2004, algorithm 3.16, after Nielsen 1999), with geodesic acceleration, without which it crawls along the curved
 * valleys that sums of squares of networks have (Transtrum and Sethna 2012, arXiv 1201.5885), and with momentum
 * (SPRING: Goldshlager, Abrahamsen and Lin, Journal of Computational Physics 516, 2024, doi 10.1016/j.jcp.2024.113351).
 */
public final class GaussNewton implements Minimizer {

    private static final int MOST_TRIES = 40;
    /** Beside the {@link SumOfSquares#scale}: below, a damping does nothing in the digits of doubles. */
    private static final double LEAST_DAMPING = 1e-17;
    /** Of the length of a step; where the correction is longer, the series of which these are two terms tells nothing. */
    private static final double LARGEST_CORRECTION = 0.375;

    private final GaussNewtonSettings settings;
    private final SumOfSquares squares;
    private final double[] slope;
    private final double[] step;
    private final double[] correction;
    private double[] point;
    private double[] momentum;
    private double value = Double.NaN;
    /** 0 before the first iteration. */
    private double damping;
    private double growth = 2;
    private boolean isLinearized;

    public GaussNewton(GaussNewtonSettings settings, SumOfSquares squares, double[] start) {
        this(start.clone(), settings, squares);
        leaveBounds();
    }

    private GaussNewton(double[] point, GaussNewtonSettings settings, SumOfSquares squares) {
        this.settings = settings;
        this.squares = squares;
        this.point = point;
        this.momentum = new double[point.length];
        this.slope = new double[point.length];
        this.step = new double[point.length];
        this.correction = new double[point.length];
    }

    /** One that goes on where another was. */
    public GaussNewton(GaussNewtonSettings settings, SumOfSquares squares, int size, StateReader state) {
        this(state.get(size), settings, squares);
        this.momentum = state.get(size);
        this.damping = state.get();
        this.growth = state.get();
    }

    @Override
    public void save(StateWriter state) {
        state.put(point);
        state.put(momentum);
        state.put(damping);
        state.put(growth);
    }

    @Override
    public double[] point() {
        return point;
    }

    @Override
    public double value() {
        linearize();
        return value;
    }

    @Override
    public double gradientNorm() {
        linearize();
        return 2 * Math.sqrt(DifferentiableFunction.dot(slope, slope));
    }

    /** The damping that the next iteration tries first. */
    public double damping() {
        linearize();
        return damping;
    }

    /** Whether the sum, its gradient and the squares of the derivatives are finite at the present point. */
    public boolean isFinite() {
        return Double.isFinite(value()) && Double.isFinite(gradientNorm()) && Double.isFinite(squares.scale());
    }

    /** Says that it is another sum of squares from now on. */
    public void restart() {
        isLinearized = false;
    }

    private void linearize() {
        if (!isLinearized) {
            value = squares.linearize(point, slope);
            if (damping == 0) {
                damping = settings.damping() * squares.scale();
            }
            isLinearized = true;
        }
    }

    /** Tries ever shorter steps before it says that there is no lower value. */
    @Override
    public boolean iterate() {
        linearize();
        double before = damping;
        double[] centre = momentum.clone();
        for (int i = 0; i < centre.length; i++) {
            centre[i] *= settings.momentum();
        }
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            damping = Math.max(damping, LEAST_DAMPING * squares.scale());
            if (squares.solve(point, damping, centre, step) && isTaken(centre)) {
                return true;
            }
            damping *= growth;
            growth *= 2;
            // However large the damping is, the step would not be shorter than that.
            Arrays.fill(centre, 0);
        }
        damping = before;
        growth = 2;
        return false;
    }

    /** Steps as far as was solved for and may be, with the correction of second order, if the sum is less there. */
    private boolean isTaken(double[] centre) {
        boolean isCut = squares.cut(point, step);
        if (isCut) {
            // It is of the step that was solved for, and would lead what ends on a bound off it.
            Arrays.fill(correction, 0);
        } else {
            squares.correct(point, step, correction);
        }
        double length = squares.product(step, step);
        if (squares.product(correction, correction) > LARGEST_CORRECTION * LARGEST_CORRECTION * length) {
            return false;
        }
        double[] next = new double[point.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = point[i] + step[i] + correction[i] / 2;
        }
        next = squares.nearest(next);
        double found = squares.at(next);
        if (!(found < value)) {
            return false;
        }
        if (!isCut) {
            double predicted = damping * (length - squares.product(step, centre)) - DifferentiableFunction.dot(step, slope);
            // Where what is gained is as small as rounding, it is not known how well it was told.
            double told = predicted > 0 ? (value - found) / predicted : 0;
            damping *= Math.max(1.0 / 3, 1 - Math.pow(2 * told - 1, 3));
        }
        growth = 2;
        moveTo(next);
        momentum = step.clone();
        leaveBounds();
        return true;
    }

    private void leaveBounds() {
        if (squares.isOnBound(point)) {
            linearize();
            double[] beside = squares.offBounds(point, value);
            if (beside != point) {
                moveTo(beside);
            }
        }
    }

    private void moveTo(double[] next) {
        point = next;
        isLinearized = false;
    }
}
