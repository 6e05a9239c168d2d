package dev.nabla.training;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The losses of an epoch.
 *
 * @param loss the mean over its batches of the loss before each update
 * @param terms of a loss of terms, that of each term; they add up to {@code loss}. Empty for a loss that has a name
 * @param validation the loss over the rows of validation after the last update, in a training with validation
 */
public record EpochLosses(double loss, double[] terms, OptionalDouble validation) {

    static EpochLosses mean(double lossSum, double[] termSums, int steps) {
        return new EpochLosses(lossSum / steps, Arrays.stream(termSums).map(sum -> sum / steps).toArray(),
                OptionalDouble.empty());
    }

    /** By which epochs are compared. */
    double decisive() {
        return validation.orElse(loss);
    }

    EpochLosses withValidation(double loss) {
        return new EpochLosses(this.loss, terms, OptionalDouble.of(loss));
    }
}
