package dev.nabla.training;

import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.Objective;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import dev.nabla.program.Engine;
import java.util.Optional;

/** What the terms of a loss are multiplied by beside their weights, as a training finds it. */
interface Multipliers {

    /** Sets those of an epoch, counted from 1, whose batches are known. */
    void startEpoch(int epoch);

    /** Learns from a step. */
    void stepDone(double[] terms, double learningRate);

    /** Whether all that the next step's depend on is finite, if the terms have been. */
    default boolean isFinite() {
        return true;
    }

    /** Those of the last step. */
    double[] values();

    /** Adds what those of the next step depend on. */
    void save(StateWriter state);

    /** Takes up what {@link #save} added. */
    void restore(StateReader state);

    /** Those of a loss, if it has some. */
    static Optional<Multipliers> of(Objective loss, TrainingStep step, FirstOrderSettings settings, Engine engine) {
        if (!(loss instanceof EquationLoss equations)) {
            return Optional.empty();
        }
        double[] weights = equations.terms().stream().mapToDouble(LossTerm::weight).toArray();
        return switch (equations.weights()) {
            case FIXED -> Optional.empty();
            case GRADIENT_NORM -> Optional.of(new GradientNormMultipliers(step, weights));
            case LEARNED -> Optional.of(new LearnedMultipliers(step, weights, settings, engine));
        };
    }
}
