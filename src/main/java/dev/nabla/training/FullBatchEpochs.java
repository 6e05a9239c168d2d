package dev.nabla.training;

import dev.nabla.program.FlatVector;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** One iteration of L-BFGS per epoch, on the loss of all samples. */
final class FullBatchEpochs implements Epochs {

    private final TrainingStep step;
    private final FlatVector parameters;
    private final FlatVector gradient;
    private final int[] order;
    private final TrainingProgress progress;
    private final Lbfgs lbfgs;
    private boolean isStuck;

    /** The parameters to start from stand in the step. */
    FullBatchEpochs(TrainingStep step, int samples, LbfgsSettings settings, TrainingProgress progress) {
        this.step = step;
        this.parameters = new FlatVector(step.parameters());
        this.gradient = new FlatVector(step.gradient());
        this.order = IntStream.range(0, samples).toArray();
        this.progress = progress;
        double[] start = new double[parameters.size()];
        parameters.copyTo(start);
        this.lbfgs = new Lbfgs(settings, this::loss, start);
    }

    private double loss(double[] point, double[] gradientThere) {
        parameters.set(point);
        double loss = step.compute(order, 0, order.length);
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
