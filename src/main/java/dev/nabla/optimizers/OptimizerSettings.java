package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.oas.annotations.media.Schema;

/** An optimizer and its hyperparameters. In JSON, {@code type} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = AdamSettings.class)
@Schema(description = "The optimizer and its hyperparameters; adam if it has no type. lbfgs and gauss-newton take "
        + "the whole dataset and make one iteration per epoch; gauss-newton is for losses that are sums of squares.")
public sealed interface OptimizerSettings permits FirstOrderSettings, FullBatchSettings {}
