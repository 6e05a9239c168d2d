package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import dev.nabla.training.TrainingResult.Stop;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Trains a network on a dataset. */
public final class Trainer {

    private final Network network;
    private final MatchedSamples samples;
    private final TrainingSettings settings;
    private final Engine engine;

    /** @throws UnmatchedNamesException if the inputs of the dataset do not match the network's */
    public Trainer(Network network, Samples samples, TrainingSettings settings, Engine engine) {
        this(network, samples, Map.of(), settings, engine);
    }

    /**
     * @param others the datasets that terms of the loss name
     * @throws UnmatchedNamesException if the inputs of the datasets do not match the network's and each other's
     */
    public Trainer(Network network, Samples samples, Map<UUID, Samples> others, TrainingSettings settings,
            Engine engine) {
        this.network = network;
        this.samples = MatchedSamples.of(network, settings.loss(), samples, others);
        this.settings = settings;
        this.engine = engine;
    }

    /**
     * Makes the updates of all epochs, or of fewer where the settings or the progress end it before.
     *
     * @param initialParameters the flat vector to start from
     * @throws UnmatchedNamesException if the targets do not match what the loss compares with them
     * @throws DivergedException when a loss, its gradient or a parameter is no longer finite
     */
    public TrainingResult train(double[] initialParameters, TrainingProgress progress) {
        Samples own = samples.own();
        ValidationSplit split = ValidationSplit.of(own.size(), settings);
        Optional<DatasetLoss> validation = split.validation().length == 0 ? Optional.empty()
                : Optional.of(loss(own.rows(split.validation())));
        TrainingStep step = step(split.trainingRows(own));
        var parameters = new FlatVector(step.parameters());
        parameters.set(initialParameters);
        Epochs epochs = epochs(step, progress);
        var best = new BestEpoch(initialParameters);
        double[] last = initialParameters.clone();
        Optional<Patience> patience = settings.earlyStopping().map(Patience::new);
        Optional<Stop> stop = Optional.empty();
        boolean cancelled = false;
        for (int epoch = 1; epoch <= settings.epochs() && !cancelled && stop.isEmpty(); epoch++) {
            Optional<EpochLosses> ofTraining = epochs.run(epoch);
            cancelled = ofTraining.isEmpty();
            if (!cancelled) {
                EpochLosses losses = ofTraining.get();
                if (validation.isPresent()) {
                    parameters.copyTo(last);
                    losses = losses.withValidation(validation.get().of(last, "the validation loss", epoch));
                }
                double decisive = losses.decisive();
                best.see(decisive, parameters);
                progress.epochFinished(epoch, losses);
                stop = stop(epoch, epochs, patience, decisive);
            }
        }
        parameters.copyTo(last);
        requireFinite(last, stop);
        double[] bestOrLast = best.exists() ? best.parameters() : last;
        double[] kept = validation.isPresent() ? bestOrLast : last;
        double loss = (validation.isPresent() ? loss(own) : new DatasetLoss(step)).of(kept, "the loss", lastEpoch(stop));
        return new TrainingResult(kept, loss, cancelled, bestOrLast, last, stop);
    }

    private TrainingStep step(Samples rows) {
        return new TrainingStep(network, settings.loss().parts(network, rows, samples.others()),
                settings.optimizer() instanceof LbfgsSettings ? settings.withFullBatches() : settings, engine);
    }

    private Epochs epochs(TrainingStep step, TrainingProgress progress) {
        return switch (settings.optimizer()) {
            case FirstOrderSettings s -> new BatchEpochs(step, settings, s, engine, progress);
            case LbfgsSettings s -> new FullBatchEpochs(step, s, progress);
        };
    }

    private Optional<Stop> stop(int epoch, Epochs epochs, Optional<Patience> patience, double loss) {
        boolean isExhausted = patience.isPresent() && patience.get().endsWith(loss);
        if (epoch == settings.epochs()) {
            return Optional.empty();
        }
        return epochs.end().or(() -> isExhausted ? Optional.of("no improvement for "
                + settings.earlyStopping().orElseThrow().patience() + " epochs") : Optional.empty())
                .map(reason -> new Stop(epoch, reason));
    }

    private void requireFinite(double[] parameters, Optional<Stop> stop) {
        Arrays.stream(parameters).filter(p -> !Double.isFinite(p)).findFirst()
                .ifPresent(p -> {
                    throw new DivergedException(lastEpoch(stop), "a parameter became " + p, "");
                });
    }

    private int lastEpoch(Optional<Stop> stop) {
        return stop.map(Stop::epoch).orElse(settings.epochs());
    }

    private DatasetLoss loss(Samples rows) {
        return new DatasetLoss(step(rows));
    }
}
