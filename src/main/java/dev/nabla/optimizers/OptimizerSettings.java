package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** An optimizer and its hyperparameters. In JSON, {@code type} is the name that requests have too. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = GradientDescentSettings.class, name = GradientDescentSettings.TYPE),
    @JsonSubTypes.Type(value = MomentumSettings.class, name = MomentumSettings.TYPE),
    @JsonSubTypes.Type(value = AdamSettings.class, name = AdamSettings.TYPE),
    @JsonSubTypes.Type(value = AdamWSettings.class, name = AdamWSettings.TYPE),
    @JsonSubTypes.Type(value = LbfgsSettings.class, name = LbfgsSettings.TYPE)
})
public sealed interface OptimizerSettings permits FirstOrderSettings, LbfgsSettings {}
