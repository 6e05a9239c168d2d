package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import dev.nabla.training.TrainingResult.Stop;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Trains a network on datasets. */
public final class Trainer {

    private final Network network;
    private final MatchedSamples samples;
    private final TrainingSettings settings;
    private final Engine engine;

    /** @throws UnmatchedNamesException if the inputs of the dataset do not match the network's */
    public Trainer(Network network, Samples samples, TrainingSettings settings, Engine engine) {
        this(network, samples, Map.of(), settings, engine);
    }

    /** With the datasets that terms of the loss name. */
    public Trainer(Network network, Samples samples, Map<UUID, Samples> others, TrainingSettings settings, Engine engine) {
        this(network, Optional.of(samples), others, settings, engine);
    }

    /**
     * @param samples the training's own dataset, if it has one
     * @param others the datasets that terms of the loss name
     * @throws UnmatchedNamesException if the inputs of the datasets do not match the network's and each other's
     */
    public Trainer(Network network, Optional<Samples> samples, Map<UUID, Samples> others, TrainingSettings settings,
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
        ValidationSplit split = ValidationSplit.of(samples.own().map(Samples::size).orElse(0), settings);
        Optional<MatchedSamples> ofValidation = split.validation().length == 0 ? Optional.empty()
                : samples.own().map(own -> samples.withOwn(own.rows(split.validation())));
        Optional<DatasetLoss> validation = ofValidation.map(this::loss);
        MatchedSamples ofTraining = samples.own().map(own -> samples.withOwn(split.trainingRows(own))).orElse(samples);
        TrainingStep step = step(ofTraining);
        Optional<Metrics> metrics = Metrics.of(network, settings, ofValidation.orElse(ofTraining), engine);
        var parameters = new FlatVector(step.parameters());
        parameters.set(initialParameters);
        Coefficients coefficients = Coefficients.of(network.parameters());
        Epochs epochs = epochs(step, progress);
        var best = new BestEpoch(initialParameters);
        double[] last = initialParameters.clone();
        Optional<Patience> patience = settings.earlyStopping().map(Patience::new);
        Optional<Stop> stop = Optional.empty();
        boolean cancelled = false;
        for (int epoch = 1; epoch <= settings.epochs() && !cancelled && stop.isEmpty(); epoch++) {
            Optional<EpochLosses> ofEpoch = epochs.run(epoch);
            cancelled = ofEpoch.isEmpty();
            if (!cancelled) {
                EpochLosses losses = ofEpoch.get();
                if (validation.isPresent()) {
                    parameters.copyTo(last);
                    losses = losses.withValidation(validation.get().of(last, "the validation loss", epoch));
                }
                if (metrics.isPresent()) {
                    parameters.copyTo(last);
                    losses = losses.withMetrics(metrics.get().of(last, epoch));
                }
                if (!coefficients.isEmpty()) {
                    losses = losses.withCoefficients(coefficients.in(parameters::get));
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
        double loss = (validation.isPresent() ? loss(samples) : new DatasetLoss(step)).of(kept, "the loss", lastEpoch(stop));
        return new TrainingResult(kept, loss, cancelled, bestOrLast, last, stop,
                coefficients.isEmpty() ? Optional.empty() : Optional.of(coefficients.in(i -> kept[i])));
    }

    private TrainingStep step(MatchedSamples rows) {
        return new TrainingStep(network, settings.loss().parts(network, rows),
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

    private DatasetLoss loss(MatchedSamples rows) {
        return new DatasetLoss(step(rows));
    }
}
