package dev.nabla.training;

import dev.nabla.optimizers.BoundedVariables;
import dev.nabla.optimizers.DifferentiableFunction;
import dev.nabla.optimizers.QuasiNewton;
import dev.nabla.optimizers.QuasiNewtonSettings;
import dev.nabla.optimizers.StateReader;
import dev.nabla.program.FlatVector;

/** A quasi-Newton method, which begins again where there are other samples. */
final class QuasiNewtonMethod implements FullBatchMethod<QuasiNewton> {

    private final TrainingStep step;
    private final QuasiNewtonSettings settings;
    private final Cancellation cancellation;
    private final FlatVector parameters;
    private final FlatVector gradient;
    private final DifferentiableFunction function;
    private double lastLoss = Double.NaN;

    QuasiNewtonMethod(TrainingStep step, QuasiNewtonSettings settings, Cancellation cancellation) {
        this.step = step;
        this.settings = settings;
        this.cancellation = cancellation;
        this.parameters = new FlatVector(step.parameters());
        this.gradient = new FlatVector(step.gradient());
        this.function = new BoundedVariables(step.trained().bounds()).of(this::loss);
    }

    private double loss(double[] point, double[] gradientThere) {
        if (cancellation.isAsked()) {
            return Double.NaN;
        }
        parameters.set(point);
        lastLoss = step.compute(0);
        gradient.copyTo(gradientThere);
        return lastLoss;
    }

    @Override
    public QuasiNewton start(double[] point) {
        return new QuasiNewton(settings, function, point);
    }

    @Override
    public QuasiNewton resume(int size, StateReader state) {
        lastLoss = Double.NaN;
        return new QuasiNewton(settings, function, size, state);
    }

    @Override
    public QuasiNewton withOtherSamples(QuasiNewton minimizer) {
        return start(minimizer.point());
    }

    @Override
    public void requireFinite(QuasiNewton minimizer, boolean areOthers, int epoch) {
        step.requireFinite(minimizer.value(), "the loss", epoch);
        // Later points have a finite one: the line search takes no others.
        if (areOthers) {
            step.requireFiniteGradient(epoch);
        }
    }

    /** The last point that the line search looked at need not be the present one. */
    @Override
    public EpochLosses losses(QuasiNewton minimizer) {
        if (lastLoss != minimizer.value()) {
            lastLoss = step.compute(0);
        }
        double[] terms = new double[step.termCount()];
        step.addTermsTo(terms);
        return EpochLosses.mean(minimizer.value(), terms, 1).withIteration(minimizer.gradientNorm());
    }
}
