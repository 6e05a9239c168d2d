package dev.nabla.training;

import dev.nabla.program.FlatVector;
import java.util.Optional;
import java.util.OptionalDouble;

/** One iteration of L-BFGS per epoch, on the loss of all samples. */
final class FullBatchEpochs implements Epochs {

    private final TrainingStep step;
    private final FlatVector parameters;
    private final FlatVector gradient;
    private final TrainingProgress progress;
    private final Lbfgs lbfgs;
    private boolean isStuck;

    /** @param step of all samples; the parameters to start from stand in it */
    FullBatchEpochs(TrainingStep step, LbfgsSettings settings, TrainingProgress progress) {
        this.step = step;
        this.parameters = new FlatVector(step.parameters());
        this.gradient = new FlatVector(step.gradient());
        this.progress = progress;
        step.startEpoch(0);
        double[] start = new double[parameters.size()];
        parameters.copyTo(start);
        this.lbfgs = new Lbfgs(settings, this::loss, start);
    }

    private double loss(double[] point, double[] gradientThere) {
        parameters.set(point);
        double loss = step.compute(0);
        gradient.copyTo(gradientThere);
        return loss;
    }

    @Override
    public OptionalDouble run(int epoch) {
        double loss = lbfgs.value();
        DivergedException.requireFinite(loss, "the loss", epoch);
        if (!lbfgs.isAtMinimum()) {
            isStuck = !lbfgs.iterate();
            parameters.set(lbfgs.point());
        }
        return progress.isCancelled() ? OptionalDouble.empty() : OptionalDouble.of(loss);
    }

    @Override
    public Optional<String> end() {
        return lbfgs.isAtMinimum() ? Optional.of("the gradient is as good as zero")
                : isStuck ? Optional.of("no step lowers the loss any more") : Optional.empty();
    }
}
