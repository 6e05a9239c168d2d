package dev.nabla.training;

import dev.nabla.losses.Loss;
import dev.nabla.network.Network;
import dev.nabla.optimizers.BoundedVariables;
import dev.nabla.optimizers.GaussNewton;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import dev.nabla.optimizers.SumOfSquares;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import java.util.Optional;

/** One iteration of Gauss–Newton per epoch, on all samples. */
final class GaussNewtonEpochs implements Epochs {

    private final GaussNewtonSettings settings;
    private final TrainingStep step;
    private final FlatVector parameters;
    private final TrainingProgress progress;
    private final BoundedVariables variables;
    private final LeastSquares squares;
    /** Whether the loss is the root of the sum. */
    private final boolean isRoot;
    private GaussNewton optimizer;
    private boolean isStuck;
    private boolean isCancelled;

    /** @param step of all samples; the parameters to start from stand in it */
    GaussNewtonEpochs(Network network, TrainingSettings training, GaussNewtonSettings settings, TrainingStep step, Engine engine,
            TrainingProgress progress) {
        this.settings = settings;
        this.step = step;
        this.parameters = new FlatVector(step.parameters());
        this.progress = progress;
        this.isRoot = training.loss() instanceof Loss loss && loss.isRelative();
        this.variables = new BoundedVariables(step.trained().bounds());
        this.squares = new LeastSquares(network, step.parts(), step.trained(), settings.space(), engine);
        step.startEpoch(0);
        double[] start = new double[parameters.size()];
        parameters.copyTo(start);
        this.optimizer = new GaussNewton(settings, new UntilCancelled(), variables.inner(start));
        parameters.set(variables.outer(optimizer.point()));
    }

    /** Gives no value once the training is cancelled, so that no step is looked for. */
    private final class UntilCancelled implements SumOfSquares {

        @Override
        public double at(double[] point) {
            return look() ? Double.NaN : squares.at(point);
        }

        @Override
        public double linearize(double[] point, double[] slope) {
            return squares.linearize(point, slope);
        }

        @Override
        public double scale() {
            return squares.scale();
        }

        @Override
        public boolean solve(double damping, double[] centre, double[] next) {
            return !look() && squares.solve(damping, centre, next);
        }

        @Override
        public void correct(double[] point, double[] next, double[] correction) {
            squares.correct(point, next, correction);
        }
    }

    private boolean look() {
        isCancelled = isCancelled || progress.isCancelled();
        return isCancelled;
    }

    @Override
    public Optional<EpochLosses> run(int epoch) {
        if (look()) {
            return Optional.empty();
        }
        boolean isOther = epoch == 1;
        if (epoch > 1 && step.startEpoch(epoch - 1)) {
            isOther = true;
            isStuck = false;
            optimizer.restart();
        }
        if (isOther) {
            // Later points have a finite one: no others are stepped to.
            squares.setSamples(step.parts());
            step.requireFinite(step.compute(0), "the loss", epoch);
            step.requireFiniteGradient(epoch);
        }
        if (!optimizer.isFinite()) {
            throw new DivergedException(epoch, "the derivatives of the residuals, or their squares, are not finite", "");
        }
        double sum = optimizer.value();
        EpochLosses losses = EpochLosses.mean(isRoot ? Math.sqrt(sum) : sum, squares.terms(step.termCount()), 1);
        if (!isStuck && !optimizer.isAtMinimum()) {
            isStuck = !optimizer.iterate();
            parameters.set(variables.outer(optimizer.point()));
        }
        return look() ? Optional.empty() : Optional.of(losses);
    }

    @Override
    public Optional<String> end() {
        return step.changes() ? Optional.empty() : optimizer.isAtMinimum() ? Optional.of("the gradient is as good as zero")
                : isStuck ? Optional.of("no step lowers the loss any more") : Optional.empty();
    }

    @Override
    public void free() {
        squares.free();
    }

    @Override
    public void save(StateWriter state) {
        step.save(state);
        optimizer.save(state);
        state.put(isStuck ? 1 : 0);
    }

    @Override
    public void restore(StateReader state) {
        step.restore(state);
        squares.setSamples(step.parts());
        optimizer = new GaussNewton(settings, new UntilCancelled(), parameters.size(), state);
        parameters.set(variables.outer(optimizer.point()));
        isStuck = state.get() != 0;
    }
}
