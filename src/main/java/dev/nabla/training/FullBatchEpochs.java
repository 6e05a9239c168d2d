package dev.nabla.training;

import dev.nabla.optimizers.FullBatchSettings;
import dev.nabla.optimizers.Minimizer;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import dev.nabla.program.FlatVector;
import java.util.Optional;

/**
 * One iteration per epoch, on the loss of all samples.
 *
 * @param <M> what makes it
 */
final class FullBatchEpochs<M extends Minimizer> implements Epochs {

    /** Times the loss where it began, or 1: no loss has a minimum as low that doubles could find. */
    private static final double BOTTOMLESS = -1e30;

    private final TrainingStep step;
    private final FlatVector parameters;
    private final Cancellation cancellation;
    private final FullBatchMethod<M> method;
    private final double tolerance;
    private M minimizer;
    private boolean isStuck;
    /** The size of the loss where it began. */
    private double first = 1;

    /** @param step of all samples, in its first epoch; the parameters to start from stand in it */
    FullBatchEpochs(TrainingStep step, FullBatchMethod<M> method, FullBatchSettings settings, Cancellation cancellation) {
        this.step = step;
        this.parameters = new FlatVector(step.parameters());
        this.cancellation = cancellation;
        this.method = method;
        this.tolerance = settings.gradientTolerance();
        double[] start = new double[parameters.size()];
        parameters.copyTo(start);
        this.minimizer = method.start(start);
        showPoint();
    }

    private void showPoint() {
        parameters.set(method.parameters(minimizer));
    }

    @Override
    public Optional<EpochLosses> run(int epoch) {
        boolean areOthers = epoch == 1;
        if (epoch > 1 && step.startEpoch(epoch - 1)) {
            areOthers = true;
            isStuck = false;
            minimizer = method.withOtherSamples(minimizer);
        }
        if (cancellation.isAsked()) {
            return Optional.empty();
        }
        method.requireFinite(minimizer, areOthers, epoch);
        if (epoch == 1) {
            first = Math.abs(minimizer.value());
        }
        EpochLosses losses = method.losses(minimizer);
        if (!isStuck && !isAtMinimum()) {
            isStuck = !minimizer.iterate();
            showPoint();
        }
        return cancellation.isAsked() ? Optional.empty() : Optional.of(losses);
    }

    private boolean isAtMinimum() {
        return minimizer.isAtMinimum(first > 0 ? tolerance * Math.min(1, first) : tolerance);
    }

    @Override
    public Optional<String> end() {
        if (step.changes()) {
            return Optional.empty();
        }
        double bottom = BOTTOMLESS * Math.max(1, first);
        return isAtMinimum() ? Optional.of("the gradient is as good as zero")
                : !isStuck ? Optional.empty()
                : Optional.of(minimizer.value() < bottom ? "the loss seems to have no minimum, it fell below " + bottom
                        : "no step that was tried lowers the loss");
    }

    @Override
    public void free() {
        method.free();
    }

    @Override
    public void save(StateWriter state) {
        step.save(state);
        minimizer.save(state);
        state.put(isStuck ? 1 : 0);
        state.put(first);
    }

    @Override
    public void restore(StateReader state) {
        step.restore(state);
        minimizer = method.resume(parameters.size(), state);
        showPoint();
        isStuck = state.get() != 0;
        first = state.isOfThisVersion() ? state.get() : 1;
    }
}
