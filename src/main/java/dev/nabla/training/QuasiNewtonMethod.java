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
    private final DifferentiableFunction function;

    QuasiNewtonMethod(TrainingStep step, QuasiNewtonSettings settings, Cancellation cancellation) {
        this.settings = settings;
        this.loss = new FullBatchLoss(step, cancellation);
        this.function = new BoundedVariables(step.trained().bounds()).of(loss);
    }

    @Override
    public QuasiNewton start(double[] point) {
        return new QuasiNewton(settings, function, point);
    }

    @Override
    public QuasiNewton resume(int size, StateReader state) {
        loss.forget();
        return new QuasiNewton(settings, function, size, state);
    }

    @Override
    public QuasiNewton withOtherSamples(QuasiNewton minimizer) {
        return start(minimizer.point());
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
