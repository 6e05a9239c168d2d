package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/** How the learning rate changes from epoch to epoch. In JSON, {@code type} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@Schema(description = "How the learning rate changes from epoch to epoch, from learningRate in the first.")
public sealed interface LearningRateSchedule {

    LearningRateSchedule CONSTANT = new Constant();

    /**
     * The learning rate of an epoch.
     *
     * @param first the learning rate of the first epoch
     * @param epoch counted from 1
     * @param epochs how many there are
     */
    double rate(double first, int epoch, int epochs);

    /** Always the same. */
    @JsonTypeName("constant")
    @Schema(description = "Always the same.")
    record Constant() implements LearningRateSchedule {

        @Override
        public double rate(double first, int epoch, int epochs) {
            return first;
        }
    }

    /**
     * In every epoch a factor smaller.
     *
     * @param decay the factor, in (0, 1]
     */
    @JsonTypeName("exponential")
    @Schema(description = "Each epoch decay times the one before.")
    record Exponential(@Schema(example = "0.99") @Positive @DecimalMax("1") double decay) implements LearningRateSchedule {

        @Override
        public double rate(double first, int epoch, int epochs) {
            return first * Math.pow(decay, epoch - 1.0);
        }
    }

    /**
     * In every epoch the same factor smaller, so that the last epoch has a given learning rate (Adam with decaying
     * learning rate in GeometricMachineLearning.jl).
     *
     * @param finalLearningRate above 0
     */
    @JsonTypeName("geometric")
    @Schema(description = "Each epoch a factor smaller, down to finalLearningRate in the last.")
    record Geometric(@Schema(example = "1e-6") @Positive double finalLearningRate) implements LearningRateSchedule {

        @Override
        public double rate(double first, int epoch, int epochs) {
            return first * Math.pow(finalLearningRate / first, part(epoch, epochs));
        }
    }

    /**
     * Half a period of a cosine, from the first learning rate to one that the last epoch has (Loshchilov and Hutter,
     * "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, without restarts).
     *
     * @param finalLearningRate at least 0
     */
    @JsonTypeName("cosine")
    @Schema(description = "Half a period, down to finalLearningRate in the last epoch.")
    record Cosine(@Schema(example = "1e-6") @PositiveOrZero @JsonProperty(defaultValue = "0") double finalLearningRate)
            implements LearningRateSchedule {

        @Override
        public double rate(double first, int epoch, int epochs) {
            return finalLearningRate
                    + (first - finalLearningRate) / 2 * (1 + Math.cos(Math.PI * part(epoch, epochs)));
        }
    }

    /**
     * A factor smaller after every so many epochs.
     *
     * @param every epochs with the same learning rate, at least 1
     * @param factor in (0, 1]
     */
    @JsonTypeName("step")
    @Schema(description = "factor times smaller after every so many epochs.")
    record Step(@Schema(example = "100") @Min(1) int every,
            @Schema(example = "0.5") @Positive @DecimalMax("1") double factor) implements LearningRateSchedule {

        @Override
        public double rate(double first, int epoch, int epochs) {
            int steps = (epoch - 1) / every;
            return first * Math.pow(factor, steps);
        }
    }

    /** From 0 in the first epoch to 1 in the last. */
    private static double part(int epoch, int epochs) {
        return epochs == 1 ? 0 : (epoch - 1.0) / (epochs - 1.0);
    }
}
