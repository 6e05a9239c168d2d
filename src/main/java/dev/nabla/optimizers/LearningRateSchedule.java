package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How the learning rate changes from epoch to epoch. In JSON, {@code type} is the name that requests have too. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LearningRateSchedule.Constant.class, name = LearningRateSchedule.Constant.TYPE),
    @JsonSubTypes.Type(value = LearningRateSchedule.Exponential.class, name = LearningRateSchedule.Exponential.TYPE),
    @JsonSubTypes.Type(value = LearningRateSchedule.Geometric.class, name = LearningRateSchedule.Geometric.TYPE),
    @JsonSubTypes.Type(value = LearningRateSchedule.Cosine.class, name = LearningRateSchedule.Cosine.TYPE),
    @JsonSubTypes.Type(value = LearningRateSchedule.Step.class, name = LearningRateSchedule.Step.TYPE)
})
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
    record Constant() implements LearningRateSchedule {

        public static final String TYPE = "constant";

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
    record Exponential(double decay) implements LearningRateSchedule {

        public static final String TYPE = "exponential";

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
    record Geometric(double finalLearningRate) implements LearningRateSchedule {

        public static final String TYPE = "geometric";

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
    record Cosine(double finalLearningRate) implements LearningRateSchedule {

        public static final String TYPE = "cosine";

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
    record Step(int every, double factor) implements LearningRateSchedule {

        public static final String TYPE = "step";

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
