package dev.nabla.training;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.losses.LossPart;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.FullBatchSettings;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.QuasiNewtonSettings;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import dev.nabla.training.TrainingResult.Stop;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A training under way: from its parameters, or from a state, to its end. */
final class TrainingRun {

    /** 64 MB. */
    static final long MOST_NUMBERS_OF_STATE = 8_000_000;

    private final Network network;
    private final MatchedSamples samples;
    private final TrainingSettings settings;
    private final Engine engine;
    private final TrainingProgress progress;
    private final TrainingStep step;
    private final Optional<DatasetLoss> validation;
    /** Made before the first step, so that at the end nothing is missing for it. */
    private final DatasetLoss ofAll;
    private final Optional<Metrics> metrics;
    private final FlatVector parameters;
    private final Coefficients coefficients;
    private final Epochs epochs;
    private final BestEpoch best;
    private final Optional<Patience> patience;
    private int made;
    private Optional<Stop> stop = Optional.empty();

    TrainingRun(Network network, MatchedSamples samples, TrainingSettings settings, Engine engine, double[] initialParameters,
            TrainingProgress progress) {
        this.network = network;
        this.samples = samples;
        this.settings = settings;
        this.engine = engine;
        this.progress = progress;
        Work.hold(Place.HEAP, LeastMemory.ofParameters(network.parameters().size(), settings.optimizer()));
        ValidationSplit split = ValidationSplit.of(samples, settings);
        Optional<MatchedSamples> ofValidation = split.validation().length == 0 ? Optional.empty()
                : samples.own().map(own -> samples.withOwn(own.rows(split.validation())));
        this.validation = ofValidation.map(this::loss);
        MatchedSamples ofTraining = split.trainingRows(samples);
        this.step = new TrainingStep(network, settings.loss().parts(network, ofTraining),
                settings.optimizer() instanceof FullBatchSettings ? settings.withFullBatches() : settings, engine);
        this.ofAll = validation.isPresent() ? loss(samples) : new DatasetLoss(network, step::parts, engine);
        step.prepare();
        this.metrics = Metrics.of(network, settings, ofValidation.orElse(ofTraining), engine.ofDoubles());
        this.parameters = new FlatVector(step.parameters());
        parameters.set(initialParameters);
        this.coefficients = Coefficients.of(network.parameters());
        this.best = new BestEpoch(initialParameters);
        this.patience = settings.earlyStopping().map(Patience::new);
        this.epochs = switch (settings.optimizer()) {
            case FirstOrderSettings s -> new BatchEpochs(step, settings, s.inUnit(settings.loss().unit(
                    FittedNormalization.leastScaleOfOutputs(network, initialParameters))), engine, this::isCancelledBetweenSteps);
            case FullBatchSettings s -> fullBatchEpochs(s);
        };
    }

    private Epochs fullBatchEpochs(FullBatchSettings optimizer) {
        var cancellation = new Cancellation(progress);
        step.startEpoch(0);
        return switch (optimizer) {
            case QuasiNewtonSettings s ->
                    new FullBatchEpochs<>(step, new QuasiNewtonMethod(step, s, cancellation), s, cancellation);
            case NewtonSettings s -> new FullBatchEpochs<>(step,
                    new NewtonMethod(network, s, step, engine, cancellation), s, cancellation);
            case GaussNewtonSettings s -> new FullBatchEpochs<>(step,
                    new GaussNewtonMethod(network, settings, s, step, engine, cancellation), s, cancellation);
        };
    }

    /**
     * Takes up what {@link #save} wrote, behind the parameters.
     *
     * @param earlier the epochs that are over
     */
    void takeUp(int earlier, StateReader state) {
        made = earlier;
        best.restore(state);
        patience.ifPresent(limit -> limit.restore(state));
        epochs.restore(state);
        state.end();
        stop = end(patience.filter(Patience::isExhausted).isPresent()).map(reason -> new Stop(made, reason));
    }

    private StateWriter save() {
        var state = new StateWriter(MOST_NUMBERS_OF_STATE);
        state.put(made);
        state.put(parameters);
        best.save(state);
        patience.ifPresent(limit -> limit.save(state));
        epochs.save(state);
        return state;
    }

    private boolean isCancelledBetweenSteps() {
        if (progress.wantsState()) {
            progress.stateReached(save());
        }
        return progress.isCancelled();
    }

    TrainingResult run() {
        TrainingResult result;
        try {
            result = toItsEnd();
        } finally {
            free();
        }
        return coefficients.isEmpty() || result.cancelled() || !(settings.optimizer() instanceof GaussNewtonSettings) ? result
                : result.withDeviations(deviations(result.parameters()));
    }

    private void free() {
        epochs.free();
        step.free();
        // In the order in which they were made, as they may be of equal programs.
        validation.ifPresent(DatasetLoss::free);
        ofAll.free();
        metrics.ifPresent(Metrics::free);
    }

    /** Of the coefficients, where the samples tell. */
    private Optional<Coefficients.Values> deviations(double[] kept) {
        return Work.passing(() -> {
            try (Posterior posterior = Posterior.of(network, samples, settings, kept, engine, progress::isCancelled)) {
                return Optional.of(coefficients.of(posterior.ofParameters(coefficients.entries())));
            } catch (UndeterminedException e) {
                return Optional.empty();
            }
        });
    }

    private TrainingResult toItsEnd() {
        boolean cancelled = false;
        progress.begins(step.stepsPerEpoch());
        while (made < settings.epochs() && !cancelled && stop.isEmpty()) {
            Optional<EpochLosses> ofEpoch = Work.passing(() -> {
                Optional<EpochLosses> losses = epochs.run(made + 1);
                losses.ifPresent(this::epochFinished);
                return losses;
            });
            cancelled = ofEpoch.isEmpty() || stop.isEmpty() && made < settings.epochs() && isCancelledBetweenSteps();
        }
        double[] last = present();
        requireFinite(last);
        double[] bestOrLast = best.exists() ? best.parameters() : last;
        double[] kept = validation.isPresent() ? bestOrLast : last;
        double loss = ofAll.of(kept, "the loss", lastEpoch());
        return new TrainingResult(kept, loss, cancelled, bestOrLast, last, stop,
                coefficients.isEmpty() ? Optional.empty() : Optional.of(coefficients.in(i -> kept[i])), Optional.empty(),
                cancelled || stop.isPresent() ? Optional.empty() : save().bytes());
    }

    private void epochFinished(EpochLosses ofSteps) {
        made++;
        EpochLosses losses = ofSteps;
        if (validation.isPresent()) {
            losses = losses.withValidation(validation.get().of(present(), "the validation loss", made));
        }
        if (metrics.isPresent()) {
            losses = losses.withMetrics(metrics.get().of(present(), made));
        }
        if (!coefficients.isEmpty()) {
            losses = losses.withCoefficients(coefficients.in(parameters::get));
        }
        best.see(losses.decisive(), parameters);
        progress.epochFinished(made, losses);
        boolean isExhausted = patience.isPresent() && patience.get().endsWith(losses.decisive());
        if (made < settings.epochs()) {
            stop = end(isExhausted).map(reason -> new Stop(made, reason));
        }
    }

    private double[] present() {
        double[] present = new double[parameters.size()];
        parameters.copyTo(present);
        return present;
    }

    private DatasetLoss loss(MatchedSamples rows) {
        List<LossPart> parts = settings.loss().parts(network, rows).stream()
                .map(part -> DrawnPoints.first(network, part, settings.seed(), engine)).toList();
        return new DatasetLoss(network, () -> parts, engine);
    }

    private Optional<String> end(boolean isExhausted) {
        return epochs.end().or(() -> isExhausted ? Optional.of("no improvement for "
                + settings.earlyStopping().orElseThrow().patience() + " epochs") : Optional.empty());
    }

    private void requireFinite(double[] last) {
        Arrays.stream(last).filter(p -> !Double.isFinite(p)).findFirst().ifPresent(p -> {
            throw new DivergedException(lastEpoch(), "a parameter became " + p, "");
        });
    }

    private int lastEpoch() {
        return stop.map(Stop::epoch).orElse(settings.epochs());
    }
}
