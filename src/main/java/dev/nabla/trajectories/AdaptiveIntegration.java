package dev.nabla.trajectories;

import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.trajectories.Method.DormandPrince;
import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.sampling.ODEStateInterpolator;

/** Integrates one start with Hipparchus, in steps of its own size; the recorded states lie on its dense output. */
final class AdaptiveIntegration implements OrdinaryDifferentialEquation {

    /** The least step, as a part of the whole time. */
    private static final double LEAST_STEP = 1e-14;

    /** Measured of Hipparchus: for an evaluation or a recorded state, and for each of its entries. */
    private static final double NANOS = 200;
    private static final double NANOS_OF_ENTRY = 20;

    private final StateFunction field;
    private final DormandPrince method;
    private final TimeGrid grid;
    private final int maxEvaluations;
    private final States start;
    private final double[] times;
    private final double[][] recorded;
    private int recordedCount;
    private double reached;

    /**
     * @param field prepared for one state
     * @param start one state, whose start and time failures name
     */
    AdaptiveIntegration(StateFunction field, DormandPrince method, TimeGrid grid, int maxEvaluations, States start) {
        this.field = field;
        this.method = method;
        this.grid = grid;
        this.maxEvaluations = maxEvaluations;
        this.start = start;
        this.times = grid.times();
        this.recorded = new double[times.length][];
    }

    /** The work of the method itself, beside the field's, for an evaluation or a recorded state of so many entries. */
    static double nanosOfEvaluation(int dimension) {
        return NANOS + NANOS_OF_ENTRY * dimension;
    }

    /** The recorded states, all of them unless the start failed. */
    double[][] run() {
        double end = times[times.length - 1];
        recorded[recordedCount++] = start.state(0);
        var integrator = new DormandPrince853Integrator(LEAST_STEP * end, end, method.tolerance(), method.tolerance());
        integrator.setMaxEvaluations(maxEvaluations);
        integrator.setInitialStepSize(Math.min(grid.step(), end));
        integrator.addStepHandler(this::record);
        try {
            integrator.integrate(this, new ODEState(0, start.state(0)), end);
        } catch (MathRuntimeException e) {
            start.fail(0, integrator.getEvaluations() >= maxEvaluations
                    ? "more than " + maxEvaluations + " evaluations of the field would be needed to come to time " + end
                    : "the tolerance cannot be kept, however small the step");
        } catch (WorkLimitException e) {
            throw new WorkLimitException(e.getMessage() + "; after " + integrator.getEvaluations()
                    + " evaluations of the field it was at time " + reached + " of " + end);
        }
        return recorded;
    }

    @Override
    public int getDimension() {
        return start.dimension();
    }

    @Override
    public double[] computeDerivatives(double time, double[] state) {
        Work.spend(nanosOfEvaluation(start.dimension()));
        double[] slope = field.at(state)[0];
        for (double entry : slope) {
            if (!Double.isFinite(entry)) {
                start.advanceTo(time);
                start.fail(0, "the field is not finite any more");
                throw new MathIllegalStateException(LocalizedCoreFormats.NOT_FINITE_NUMBER, entry);
            }
        }
        return slope;
    }

    private void record(ODEStateInterpolator step) {
        reached = step.getCurrentState().getTime();
        start.advanceTo(reached);
        // The sum of all steps may miss the end by its last digit.
        double reachedOrRounded = reached + Math.ulp(reached);
        while (recordedCount < times.length && times[recordedCount] <= reachedOrRounded) {
            Work.spend(nanosOfEvaluation(start.dimension()));
            recorded[recordedCount] = step.getInterpolatedState(times[recordedCount]).getPrimaryState();
            recordedCount++;
        }
    }
}
