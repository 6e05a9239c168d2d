package dev.nabla.training;

import dev.nabla.network.layers.Coefficients;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The losses of an epoch, and what is read next to them.
 *
 * @param loss the mean over its batches of the loss before each update
 * @param terms of a loss of terms, that of each term; they add up to {@code loss}. Empty for a loss that has a name
 * @param multipliers what each term was multiplied by beside its weight in the last update; empty where weights are fixed
 * @param validation the loss over the rows of validation after the last update, in a training with validation
 * @param metrics after the last update, in the order in which they were asked for
 * @param coefficients after the last update, where there are some
 * @param iteration what an optimizer of the whole dataset tells of the point where the epoch began: the norm of the gradient and,
 *     if it has one, its damping or trust radius; else empty
 */
public record EpochLosses(double loss, double[] terms, double[] multipliers, OptionalDouble validation, double[] metrics,
        Optional<Coefficients.Values> coefficients, double[] iteration) {

    /** With nothing next to them. */
    public EpochLosses(double loss, double[] terms, OptionalDouble validation) {
        this(loss, terms, new double[0], validation, new double[0], Optional.empty(), new double[0]);
    }

    static EpochLosses mean(double lossSum, double[] termSums, int steps) {
        return new EpochLosses(lossSum / steps, Arrays.stream(termSums).map(sum -> sum / steps).toArray(),
                OptionalDouble.empty());
    }

    /** By which epochs are compared. */
    double decisive() {
        return validation.orElse(loss);
    }

    EpochLosses withMultipliers(double[] values) {
        return new EpochLosses(loss, terms, values, validation, metrics, coefficients, iteration);
    }

    EpochLosses withValidation(double ofValidation) {
        return new EpochLosses(loss, terms, multipliers, OptionalDouble.of(ofValidation), metrics, coefficients, iteration);
    }

    EpochLosses withMetrics(double[] values) {
        return new EpochLosses(loss, terms, multipliers, validation, values, coefficients, iteration);
    }

    EpochLosses withCoefficients(Coefficients.Values values) {
        return new EpochLosses(loss, terms, multipliers, validation, metrics, Optional.of(values), iteration);
    }

    EpochLosses withIteration(double... values) {
        return new EpochLosses(loss, terms, multipliers, validation, metrics, coefficients, values);
    }
}
