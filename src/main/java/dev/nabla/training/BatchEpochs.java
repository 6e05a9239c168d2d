package dev.nabla.training;

import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.GradientClipping;
import dev.nabla.optimizers.Optimizer;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
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
    private final Optional<Multipliers> multipliers;

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
        this.multipliers = Multipliers.of(settings.loss(), step, optimizerSettings, engine);
    }

    @Override
    public Optional<EpochLosses> run(int epoch) {
        double learningRate = optimizerSettings.schedule()
                .rate(optimizerSettings.learningRate(), epoch, settings.epochs());
        step.startEpoch(epoch - 1);
        multipliers.ifPresent(all -> all.startEpoch(epoch));
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
            if (multipliers.isPresent()) {
                double[] terms = new double[step.termCount()];
                step.addTermsTo(terms);
                multipliers.get().stepDone(terms, learningRate);
            }
            if (progress.isCancelled()) {
                return Optional.empty();
            }
        }
        EpochLosses losses = EpochLosses.mean(lossSum, termSums, step.stepsPerEpoch());
        return Optional.of(multipliers.map(all -> losses.withMultipliers(all.values())).orElse(losses));
    }

    @Override
    public void save(StateWriter state) {
        step.save(state);
        optimizer.save(state);
        multipliers.ifPresent(all -> all.save(state));
    }

    @Override
    public void restore(StateReader state) {
        step.restore(state);
        optimizer.restore(state);
        multipliers.ifPresent(all -> all.restore(state));
    }
}
