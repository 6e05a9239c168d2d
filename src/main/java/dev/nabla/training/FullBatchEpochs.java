package dev.nabla.training;

import dev.nabla.optimizers.BoundedVariables;
import dev.nabla.optimizers.Lbfgs;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import dev.nabla.program.FlatVector;
import java.util.Optional;

/** One iteration of L-BFGS per epoch, on the loss of all samples; it begins again where there are other samples. */
final class FullBatchEpochs implements Epochs {

    private final TrainingStep step;
    private final FlatVector parameters;
    private final FlatVector gradient;
    private final TrainingProgress progress;
    private final BoundedVariables variables;
    private final LbfgsSettings settings;
    private Lbfgs lbfgs;
    private double lastLoss;
    private boolean isStuck;
    private boolean isCancelled;

    /** @param step of all samples; the parameters to start from stand in it */
    FullBatchEpochs(TrainingStep step, LbfgsSettings settings, TrainingProgress progress) {
        this.step = step;
        this.parameters = new FlatVector(step.parameters());
        this.gradient = new FlatVector(step.gradient());
        this.progress = progress;
        this.settings = settings;
        step.startEpoch(0);
        double[] start = new double[parameters.size()];
        parameters.copyTo(start);
        this.variables = new BoundedVariables(step.trained().bounds());
        this.lbfgs = new Lbfgs(settings, variables.of(this::loss), variables.inner(start));
        parameters.set(variables.outer(lbfgs.point()));
    }

    /** NaN once the training is cancelled, so that no search goes on. */
    private double loss(double[] point, double[] gradientThere) {
        isCancelled = isCancelled || progress.isCancelled();
        if (isCancelled) {
            return Double.NaN;
        }
        parameters.set(point);
        lastLoss = step.compute(0);
        gradient.copyTo(gradientThere);
        return lastLoss;
    }

    @Override
    public Optional<EpochLosses> run(int epoch) {
        if (isCancelled) {
            return Optional.empty();
        }
        boolean isOther = epoch == 1;
        if (epoch > 1 && step.startEpoch(epoch - 1)) {
            isOther = true;
            lbfgs = new Lbfgs(settings, variables.of(this::loss), lbfgs.point());
        }
        double loss = lbfgs.value();
        if (isCancelled) {
            return Optional.empty();
        }
        step.requireFinite(loss, "the loss", epoch);
        // Later points have a finite one: the line search takes no others.
        if (isOther) {
            step.requireFiniteGradient(epoch);
        }
        EpochLosses losses = EpochLosses.mean(loss, terms(), 1);
        if (!lbfgs.isAtMinimum()) {
            isStuck = !lbfgs.iterate();
            parameters.set(variables.outer(lbfgs.point()));
        }
        isCancelled = isCancelled || progress.isCancelled();
        return isCancelled ? Optional.empty() : Optional.of(losses);
    }

    /** The terms at the present point, which need not be the last that the line search looked at. */
    private double[] terms() {
        if (lastLoss != lbfgs.value()) {
            lastLoss = step.compute(0);
        }
        double[] terms = new double[step.termCount()];
        step.addTermsTo(terms);
        return terms;
    }

    @Override
    public Optional<String> end() {
        return step.changes() ? Optional.empty() : lbfgs.isAtMinimum() ? Optional.of("the gradient is as good as zero")
                : isStuck ? Optional.of("no step lowers the loss any more") : Optional.empty();
    }

    @Override
    public void save(StateWriter state) {
        step.save(state);
        lbfgs.save(state);
        state.put(isStuck ? 1 : 0);
    }

    @Override
    public void restore(StateReader state) {
        step.restore(state);
        lbfgs = new Lbfgs(settings, variables.of(this::loss), parameters.size(), state);
        parameters.set(variables.outer(lbfgs.point()));
        isStuck = state.get() != 0;
        lastLoss = Double.NaN;
    }
}
