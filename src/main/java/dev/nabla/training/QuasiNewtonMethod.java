package dev.nabla.training;

import dev.nabla.optimizers.BoundedVariables;
import dev.nabla.optimizers.DifferentiableFunction;
import dev.nabla.optimizers.QuasiNewton;
import dev.nabla.optimizers.QuasiNewtonSettings;
import dev.nabla.optimizers.StateReader;

/** A quasi-Newton method, which begins again where there are other samples. */
final class QuasiNewtonMethod implements FullBatchMethod<QuasiNewton> {

    private final QuasiNewtonSettings settings;
    private final FullBatchLoss loss;
    private final BoundedVariables variables;
    private final DifferentiableFunction function;

    QuasiNewtonMethod(TrainingStep step, QuasiNewtonSettings settings, Cancellation cancellation) {
        this.settings = settings;
        this.loss = new FullBatchLoss(step, cancellation);
        this.variables = new BoundedVariables(step.trained().bounds());
        this.function = variables.of(loss);
    }

    @Override
    public QuasiNewton start(double[] parameters) {
        return new QuasiNewton(settings, function, variables.inner(parameters));
    }

    @Override
    public double[] parameters(QuasiNewton minimizer) {
        return variables.outer(minimizer.point());
    }

    @Override
    public QuasiNewton resume(int size, StateReader state) {
        loss.forget();
        return new QuasiNewton(settings, function, size, state);
    }

    @Override
    public QuasiNewton withOtherSamples(QuasiNewton minimizer) {
        return new QuasiNewton(settings, function, minimizer.point());
    }

    @Override
    public void requireFinite(QuasiNewton minimizer, boolean areOthers, int epoch) {
        loss.requireFinite(minimizer, areOthers, epoch);
    }

    @Override
    public EpochLosses losses(QuasiNewton minimizer) {
        return loss.losses(minimizer, minimizer.gradientNorm());
    }
}
