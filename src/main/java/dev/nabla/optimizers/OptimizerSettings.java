package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.oas.annotations.media.Schema;

/** An optimizer and its hyperparameters. In JSON, {@code type} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = AdamSettings.class)
@Schema(description = "The optimizer and its hyperparameters; adam if it has no type. lbfgs takes the whole dataset and "
        + "makes one iteration per epoch.")
public sealed interface OptimizerSettings permits FirstOrderSettings, LbfgsSettings {}
