package dev.nabla.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** The engines in documents. */
@Schema(description = "What computes: auto takes for every program the one of the others that a model of costs says is faster.")
public enum EngineName {
    @JsonProperty("auto") AUTO,
    @JsonProperty("kernels") KERNELS,
    @JsonProperty("nd4j") ND4J
}
