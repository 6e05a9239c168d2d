package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/** How the learning rate changes from epoch to epoch. In JSON, {@code type} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@Schema(description = "How the learning rate changes from epoch to epoch, from learningRate in the first; warm-up comes to it.")
public sealed interface LearningRateSchedule {

    LearningRateSchedule CONSTANT = new Constant();
    String HORIZON = "The epochs over which it falls, behind which it stays; those of the training if left out.";

    /**
     * The learning rate of an epoch.
     *
     * @param first the learning rate of the first epoch
     * @param epoch counted from 1
     * @param epochs how many there are
     */
    double rate(double first, int epoch, int epochs);

    /** The same in a training of so many epochs that goes on behind them. */
    LearningRateSchedule over(int epochs);

    /** Always the same. */
    @JsonTypeName("constant")
    @Schema(description = "Always the same.")
    record Constant() implements LearningRateSchedule {

        @Override
        public double rate(double first, int epoch, int epochs) {
            return first;
        }

        @Override
        public LearningRateSchedule over(int epochs) {
            return this;
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

        @Override
        public LearningRateSchedule over(int epochs) {
            return this;
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
    record Geometric(@Schema(example = "1e-6") @Positive double finalLearningRate,
            @Schema(description = HORIZON, example = "500") @Min(1) @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable Integer epochs) implements LearningRateSchedule {

        /** Down to the last epoch of the training. */
        public Geometric(double finalLearningRate) {
            this(finalLearningRate, null);
        }

        @Override
        public double rate(double first, int epoch, int epochs) {
            return first * Math.pow(finalLearningRate / first, part(epoch, this.epochs == null ? epochs : this.epochs));
        }

        @Override
        public LearningRateSchedule over(int epochs) {
            return new Geometric(finalLearningRate, this.epochs == null ? Integer.valueOf(epochs) : this.epochs);
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
    record Cosine(@Schema(example = "1e-6") @PositiveOrZero @JsonProperty(defaultValue = "0") double finalLearningRate,
            @Schema(description = HORIZON, example = "500") @Min(1) @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable Integer epochs) implements LearningRateSchedule {

        /** Down to the last epoch of the training. */
        public Cosine(double finalLearningRate) {
            this(finalLearningRate, null);
        }

        @Override
        public double rate(double first, int epoch, int epochs) {
            return annealed(first, finalLearningRate, part(epoch, this.epochs == null ? epochs : this.epochs));
        }

        @Override
        public LearningRateSchedule over(int epochs) {
            return new Cosine(finalLearningRate, this.epochs == null ? Integer.valueOf(epochs) : this.epochs);
        }
    }

    /**
     * The same again and again, each period a factor longer than the one before (Loshchilov and Hutter, ICLR 2017, equation
     * 5): η_min + (η − η_min) (1 + cos(π t / T_i)) / 2, t epochs after the last restart, T_i = period · periodFactorⁱ.
     *
     * @param period T_0, the epochs up to the first restart
     * @param periodFactor T_mult
     * @param finalLearningRate η_min, which a period comes close to
     */
    @JsonTypeName("cosine-restarts")
    @Schema(description = "Cosine annealing with warm restarts (SGDR): finalLearningRate + (learningRate - finalLearningRate) * "
            + "(1 + cos(pi * t / T)) / 2, t epochs after the last restart; the period T is periodFactor times longer after each.")
    record CosineRestarts(
            @Schema(description = "The epochs up to the first restart.", example = "50") @Min(1) int period,
            @Schema(description = "How many times longer a period is than the one before.", example = "2") @Min(1)
            @JsonProperty(defaultValue = "1") int periodFactor,
            @Schema(example = "1e-6") @PositiveOrZero @JsonProperty(defaultValue = "0") double finalLearningRate)
            implements LearningRateSchedule {

        @Override
        public double rate(double first, int epoch, int epochs) {
            long length = period;
            long sinceRestart = epoch - 1L;
            if (periodFactor == 1) {
                sinceRestart %= length;
            }
            while (sinceRestart >= length) {
                sinceRestart -= length;
                length *= periodFactor;
            }
            return annealed(first, finalLearningRate, (double) sinceRestart / length);
        }

        @Override
        public LearningRateSchedule over(int epochs) {
            return this;
        }
    }

    /**
     * From a small learning rate up by equal steps, and then as another schedule has it (Goyal et al., "Accurate, large
     * minibatch SGD: training ImageNet in 1 hour", 2017, section 2.2).
     *
     * @param epochs of the warm-up: the k-th has k / (epochs + 1) of the learning rate
     * @param then of the epochs behind it, as if they were all
     */
    @JsonTypeName("warm-up")
    @Schema(description = "The k-th of so many epochs has k / (epochs + 1) of learningRate; behind them begins another schedule, "
            + "with learningRate in its first epoch.")
    record WarmUp(@Schema(description = "The epochs before that with the full learning rate.", example = "10") @Min(1) int epochs,
            @Schema(description = "The schedule of the epochs behind, as if they were all.")
            @JsonProperty(defaultValue = "{\"type\": \"constant\"}") LearningRateSchedule then) implements LearningRateSchedule {

        @Override
        public double rate(double first, int epoch, int epochs) {
            return epoch <= this.epochs ? first * epoch / (this.epochs + 1.0)
                    : then.rate(first, epoch - this.epochs, epochs - this.epochs);
        }

        @Override
        public LearningRateSchedule over(int epochs) {
            return new WarmUp(this.epochs, epochs > this.epochs ? then.over(epochs - this.epochs) : then);
        }
    }

    /**
     * Multiplied by a factor after every so many epochs.
     *
     * @param every epochs with the same learning rate, at least 1
     * @param factor in (0, 1]
     */
    @JsonTypeName("step")
    @Schema(description = "Multiplied by factor after every so many epochs.")
    record Step(@Schema(example = "100") @Min(1) int every,
            @Schema(example = "0.5") @Positive @DecimalMax("1") double factor) implements LearningRateSchedule {

        @Override
        public double rate(double first, int epoch, int epochs) {
            int steps = (epoch - 1) / every;
            return first * Math.pow(factor, steps);
        }

        @Override
        public LearningRateSchedule over(int epochs) {
            return this;
        }
    }

    /** From 0 in the first epoch to 1 in the last, and in those behind. */
    private static double part(int epoch, int epochs) {
        return epochs == 1 ? epoch == 1 ? 0 : 1 : Math.min(1, (epoch - 1.0) / (epochs - 1.0));
    }

    /** Half a period of a cosine, from the first rate where the part is 0 to the last where it is 1. */
    private static double annealed(double first, double last, double part) {
        return last + (first - last) / 2 * (1 + Math.cos(Math.PI * part));
    }
}
