package dev.nabla.training;

import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.GradientClipping;
import dev.nabla.optimizers.Optimizer;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import dev.nabla.program.Engine;
import dev.nabla.program.OutOfFloatsException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Visits every sample once per epoch, in batches, with one update of the parameters after each. */
final class BatchEpochs implements Epochs {

    private final TrainingStep step;
    private final TrainingSettings settings;
    private final FirstOrderSettings optimizerSettings;
    private final BooleanSupplier isCancelled;
    private final Optional<GradientClipping> clipping;
    private final Optimizer optimizer;
    private final Optional<Multipliers> multipliers;
    private final double[] termSums;
    private double lossSum;
    private int stepsMade;

    /** @param isCancelled asked between two steps, when {@link #save} may be called */
    BatchEpochs(TrainingStep step, TrainingSettings settings, FirstOrderSettings optimizerSettings,
            Engine engine, BooleanSupplier isCancelled) {
        this.step = step;
        this.settings = settings;
        this.optimizerSettings = optimizerSettings;
        this.isCancelled = isCancelled;
        this.clipping = settings.gradientClipping().isEmpty() ? Optional.empty() : Optional.of(new GradientClipping(
                settings.gradientClipping().getAsDouble(), engine, step.gradient()));
        this.optimizer = Optimizer.of(optimizerSettings, engine, step.parameters(), step.gradient(), step.trained().ranges(),
                step.trained().decaying(optimizerSettings.decayAll()), step.trained().bounds());
        this.multipliers = Multipliers.of(settings.loss(), step, optimizerSettings, engine);
        this.termSums = new double[step.termCount()];
    }

    @Override
    public Optional<EpochLosses> run(int epoch) {
        double learningRate = optimizerSettings.schedule()
                .rate(optimizerSettings.learningRate(), epoch, settings.epochs());
        if (stepsMade == 0) {
            step.startEpoch(epoch - 1);
            multipliers.ifPresent(all -> all.startEpoch(epoch));
        } else {
            step.takeUpEpoch(epoch - 1);
        }
        while (stepsMade < step.stepsPerEpoch()) {
            makeStep(epoch, learningRate);
            if (stepsMade < step.stepsPerEpoch() && isCancelled.getAsBoolean()) {
                return Optional.empty();
            }
        }
        requireFiniteMoments(epoch);
        EpochLosses losses = EpochLosses.mean(lossSum, termSums, stepsMade);
        stepsMade = 0;
        lossSum = 0;
        Arrays.fill(termSums, 0);
        return Optional.of(multipliers.map(all -> losses.withMultipliers(all.values())).orElse(losses));
    }

    private void makeStep(int epoch, double learningRate) {
        double loss = step.compute(stepsMade);
        step.requireFinite(loss, "the loss", epoch);
        step.requireFiniteGradient(epoch);
        lossSum += loss;
        step.addTermsTo(termSums);
        if (clipping.isPresent()) {
            clipping.get().apply();
        }
        update(learningRate, epoch);
        if (multipliers.isPresent()) {
            double[] terms = new double[step.termCount()];
            step.addTermsTo(terms);
            multipliers.get().stepDone(terms, learningRate);
        }
        stepsMade++;
    }

    private void update(double learningRate, int epoch) {
        try {
            optimizer.update(learningRate);
        } catch (OutOfFloatsException e) {
            throw new DivergedException(epoch, e.getMessage(), "; double precision has more room");
        }
    }

    /** Once in a while only: parameters whose gradient has an infinite square stand still meanwhile. */
    private void requireFiniteMoments(int epoch) {
        if (!optimizer.isFinite()) {
            throw new DivergedException(epoch, "a moment of the gradient is not finite", "");
        }
        if (!multipliers.map(Multipliers::isFinite).orElse(true)) {
            throw new DivergedException(epoch, "a moment of what the weights of the terms are learned by is not finite",
                    "; scale the terms down");
        }
    }

    @Override
    public void save(StateWriter state) {
        step.save(state);
        optimizer.save(state);
        multipliers.ifPresent(all -> all.save(state));
        if (stepsMade > 0) {
            state.put(stepsMade, lossSum);
            state.put(termSums);
        }
    }

    @Override
    public void restore(StateReader state) {
        step.restore(state);
        optimizer.restore(state);
        multipliers.ifPresent(all -> all.restore(state));
        if (state.hasMore()) {
            stepsMade = (int) state.get();
            lossSum = state.get();
            System.arraycopy(state.get(termSums.length), 0, termSums, 0, termSums.length);
        }
    }
}
