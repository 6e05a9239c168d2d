package dev.nabla.training;

import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.GradientClipping;
import dev.nabla.optimizers.Optimizer;
import dev.nabla.program.Engine;
import java.util.Optional;

/** Visits every sample once per epoch, in batches, with one update of the parameters after each. */
final class BatchEpochs implements Epochs {

    private final TrainingStep step;
    private final TrainingSettings settings;
    private final FirstOrderSettings optimizerSettings;
    private final TrainingProgress progress;
    private final Optional<GradientClipping> clipping;
    private final Optimizer optimizer;

    BatchEpochs(TrainingStep step, TrainingSettings settings, FirstOrderSettings optimizerSettings,
            Engine engine, TrainingProgress progress) {
        this.step = step;
        this.settings = settings;
        this.optimizerSettings = optimizerSettings;
        this.progress = progress;
        this.clipping = settings.gradientClipping().isEmpty() ? Optional.empty() : Optional.of(new GradientClipping(
                settings.gradientClipping().getAsDouble(), engine, step.gradient()));
        this.optimizer = Optimizer.of(optimizerSettings, engine, step.parameters(), step.gradient(), step.trained().ranges(),
                step.trained().decaying(optimizerSettings.decayAll()), step.trained().bounds());
    }

    @Override
    public Optional<EpochLosses> run(int epoch) {
        double learningRate = optimizerSettings.schedule()
                .rate(optimizerSettings.learningRate(), epoch, settings.epochs());
        step.startEpoch(epoch - 1);
        double lossSum = 0;
        double[] termSums = new double[step.termCount()];
        for (int k = 0; k < step.stepsPerEpoch(); k++) {
            double loss = step.compute(k);
            step.requireFinite(loss, "the loss", epoch);
            step.requireFiniteGradient(epoch);
            lossSum += loss;
            step.addTermsTo(termSums);
            if (clipping.isPresent()) {
                clipping.get().apply();
            }
            optimizer.update(learningRate);
            if (progress.isCancelled()) {
                return Optional.empty();
            }
        }
        return Optional.of(EpochLosses.mean(lossSum, termSums, step.stepsPerEpoch()));
    }
}
