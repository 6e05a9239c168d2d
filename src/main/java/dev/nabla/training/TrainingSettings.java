package dev.nabla.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.losses.Objective;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.program.Precision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a network is trained.
 *
 * @param epochs how often every sample is visited, at least 1
 * @param batchSize samples per step, at least 1; the last batch of an epoch may be smaller
 * @param shuffle whether each epoch visits the samples in an order of its own
 * @param seed decides the initial parameters, the orders and the rows of validation
 * @param gradientClipping the largest Euclidean norm of a gradient, above 0
 * @param validationFraction the part of the rows that are not trained on, in (0, 1)
 * @param metrics what is computed beside the loss after every epoch
 * @param freeze patterns of the paths of parameters that stay as they are
 * @param learningRateFactors by patterns of paths what the learning rate is multiplied by, above 0
 * @param precision of large products of matrices, and of activations of large layers
 */
public record TrainingSettings(Objective loss, int epochs, int batchSize, boolean shuffle, long seed,
        OptimizerSettings optimizer, OptionalDouble gradientClipping, OptionalDouble validationFraction,
        Optional<EarlyStopping> earlyStopping,
        @JsonProperty(defaultValue = "[]") @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Metric> metrics,
        @JsonProperty(defaultValue = "[]") @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> freeze,
        @JsonProperty(defaultValue = "{}") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, Double> learningRateFactors,
        @JsonProperty(defaultValue = "double") Precision precision) {

    public TrainingSettings {
        metrics = List.copyOf(metrics);
        freeze = List.copyOf(freeze);
        learningRateFactors = Collections.unmodifiableMap(new LinkedHashMap<>(learningRateFactors));
    }

    /** Of all parameters, at one learning rate. */
    public TrainingSettings(Objective loss, int epochs, int batchSize, boolean shuffle, long seed,
            OptimizerSettings optimizer, OptionalDouble gradientClipping, OptionalDouble validationFraction,
            Optional<EarlyStopping> earlyStopping, List<Metric> metrics) {
        this(loss, epochs, batchSize, shuffle, seed, optimizer, gradientClipping, validationFraction, earlyStopping, metrics,
                List.of(), Map.of(), Precision.DOUBLE);
    }

    /** Without metrics. */
    public TrainingSettings(Objective loss, int epochs, int batchSize, boolean shuffle, long seed,
            OptimizerSettings optimizer, OptionalDouble gradientClipping, OptionalDouble validationFraction,
            Optional<EarlyStopping> earlyStopping) {
        this(loss, epochs, batchSize, shuffle, seed, optimizer, gradientClipping, validationFraction, earlyStopping, List.of());
    }

    /** On all rows for all epochs. */
    public TrainingSettings(Objective loss, int epochs, int batchSize, boolean shuffle, long seed,
            OptimizerSettings optimizer) {
        this(loss, epochs, batchSize, shuffle, seed, optimizer, OptionalDouble.empty(), OptionalDouble.empty(),
                Optional.empty());
    }

    /** The same with another loss. */
    public TrainingSettings with(Objective other) {
        return new TrainingSettings(other, epochs, batchSize, shuffle, seed, optimizer, gradientClipping, validationFraction,
                earlyStopping, metrics, freeze, learningRateFactors, precision);
    }

    /** The same going on behind its last epoch, up to another one. */
    public TrainingSettings upTo(int last) {
        return new TrainingSettings(loss, last, batchSize, shuffle, seed, optimizer instanceof FirstOrderSettings settings
                ? settings.with(settings.schedule().over(epochs)) : optimizer, gradientClipping, validationFraction,
                earlyStopping, metrics, freeze, learningRateFactors, precision);
    }

    /** The same with all samples in every step, in their order. */
    TrainingSettings withFullBatches() {
        return new TrainingSettings(loss, epochs, Integer.MAX_VALUE, false, seed, optimizer, gradientClipping,
                validationFraction, earlyStopping, metrics, freeze, learningRateFactors, precision);
    }

    /** The steps of one epoch: 441 samples in batches of 10 are 45. */
    int stepsPerEpoch(int samples) {
        return Math.ceilDiv(samples, batchSize);
    }
}
