package dev.nabla.training;

import dev.nabla.losses.Loss;
import dev.nabla.network.Network;
import dev.nabla.optimizers.BoundedVariables;
import dev.nabla.optimizers.GaussNewton;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.StateReader;
import dev.nabla.program.Engine;

/** Gauss–Newton on the sum of squares that the loss is, or that it is the root of. */
final class GaussNewtonMethod implements FullBatchMethod<GaussNewton> {

    private final TrainingStep step;
    private final GaussNewtonSettings settings;
    private final BoundedVariables variables;
    private final LeastSquares squares;
    private final boolean isRoot;

    GaussNewtonMethod(Network network, TrainingSettings training, GaussNewtonSettings settings, TrainingStep step, Engine engine,
            Cancellation cancellation) {
        this.step = step;
        this.settings = settings;
        this.variables = new BoundedVariables(step.trained().bounds());
        this.squares = new LeastSquares(network, step.parts(), step.trained(), settings.space(), engine, cancellation);
        this.isRoot = training.loss() instanceof Loss loss && loss.isRelative();
    }

    @Override
    public GaussNewton start(double[] parameters) {
        return new GaussNewton(settings, squares, squares.nearest(parameters));
    }

    @Override
    public double[] parameters(GaussNewton minimizer) {
        return minimizer.point();
    }

    @Override
    public GaussNewton resume(int size, StateReader state) {
        squares.setSamples(step.parts());
        var resumed = new GaussNewton(settings, squares, size, state);
        // Points were of other variables before, as were the steps of which it knows.
        return state.isOfThisVersion() || variables.isEmpty() ? resumed : start(variables.outer(resumed.point()));
    }

    @Override
    public GaussNewton withOtherSamples(GaussNewton minimizer) {
        squares.setSamples(step.parts());
        minimizer.restart();
        return minimizer;
    }

    @Override
    public void requireFinite(GaussNewton minimizer, boolean areOthers, int epoch) {
        if (areOthers) {
            // Later points have a finite one: no others are stepped to.
            step.requireFinite(step.compute(0), "the loss", epoch);
            step.requireFiniteGradient(epoch);
        }
        if (!minimizer.isFinite()) {
            throw new DivergedException(epoch, "the derivatives of the residuals, or their squares, are not finite", "");
        }
    }

    @Override
    public EpochLosses losses(GaussNewton minimizer) {
        double sum = minimizer.value();
        return EpochLosses.mean(isRoot ? Math.sqrt(sum) : sum, squares.terms(step.termCount()), 1)
                .withIteration(minimizer.gradientNorm(), minimizer.damping());
    }

    @Override
    public void free() {
        squares.free();
    }
}
