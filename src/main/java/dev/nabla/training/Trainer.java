package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.DamagedStateException;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import dev.nabla.training.TrainingResult.Stop;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Trains a network on datasets. */
public final class Trainer {

    /** 64 MB. */
    static final long MOST_NUMBERS_OF_STATE = 8_000_000;

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
        return train(initialParameters, Optional.empty(), progress);
    }

    /**
     * Makes the updates behind those of a training that has ended, with what is left of {@link TrainingSettings#upTo} of its
     * settings: all of them are, to the last bit, those of one training.
     *
     * @param state what that one left
     * @throws DamagedStateException if it is not of such a training
     * @throws DivergedException when a loss, its gradient or a parameter is no longer finite
     */
    public TrainingResult goOn(byte[] state, TrainingProgress progress) {
        var reader = new StateReader(state);
        double epochs = reader.get();
        return train(reader.get(network.parameters().size()), Optional.of(new Earlier((int) epochs, reader)), progress);
    }

    /** A training before. */
    private record Earlier(int epochs, StateReader state) {}

    private TrainingResult train(double[] initialParameters, Optional<Earlier> earlier, TrainingProgress progress) {
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
        int made = earlier.map(Earlier::epochs).orElse(0);
        if (earlier.isPresent()) {
            StateReader state = earlier.get().state();
            best.restore(state);
            patience.ifPresent(limit -> limit.restore(state));
            epochs.restore(state);
            state.end();
            stop = end(epochs, patience.filter(Patience::isExhausted).isPresent()).map(reason -> new Stop(made, reason));
        }
        for (int epoch = made + 1; epoch <= settings.epochs() && !cancelled && stop.isEmpty(); epoch++) {
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
                coefficients.isEmpty() ? Optional.empty() : Optional.of(coefficients.in(i -> kept[i])),
                cancelled || stop.isPresent() ? Optional.empty() : state(last, best, patience, epochs));
    }

    private Optional<byte[]> state(double[] parameters, BestEpoch best, Optional<Patience> patience, Epochs epochs) {
        var state = new StateWriter(MOST_NUMBERS_OF_STATE);
        state.put(settings.epochs());
        state.put(parameters);
        best.save(state);
        patience.ifPresent(limit -> limit.save(state));
        epochs.save(state);
        return state.bytes();
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
        return end(epochs, isExhausted).map(reason -> new Stop(epoch, reason));
    }

    private Optional<String> end(Epochs epochs, boolean isExhausted) {
        return epochs.end().or(() -> isExhausted ? Optional.of("no improvement for "
                + settings.earlyStopping().orElseThrow().patience() + " epochs") : Optional.empty());
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
