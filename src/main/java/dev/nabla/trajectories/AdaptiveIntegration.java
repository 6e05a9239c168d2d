package dev.nabla.trajectories;

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

    private final StateFunction field;
    private final DormandPrince method;
    private final TimeGrid grid;
    private final int maxEvaluations;
    private final States start;
    private final double[] times;
    private final double[][] recorded;
    private int recordedCount;

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
                    ? "more than " + maxEvaluations + " evaluations of the field would be needed"
                    : "the tolerance cannot be kept, however small the step");
        }
        return recorded;
    }

    @Override
    public int getDimension() {
        return start.dimension();
    }

    @Override
    public double[] computeDerivatives(double time, double[] state) {
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
        double reached = step.getCurrentState().getTime();
        start.advanceTo(reached);
        // The sum of all steps may miss the end by its last digit.
        double reachedOrRounded = reached + Math.ulp(reached);
        while (recordedCount < times.length && times[recordedCount] <= reachedOrRounded) {
            recorded[recordedCount] = step.getInterpolatedState(times[recordedCount]).getPrimaryState();
            recordedCount++;
        }
    }
}
