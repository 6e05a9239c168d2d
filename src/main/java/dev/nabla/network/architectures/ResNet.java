package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Expression;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.Parameters;
import dev.nabla.network.layers.ResidualLayer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Collections;
import java.util.function.Function;

/**
 * Residual layers of the dimension of the inputs, one after the other.
 *
 * @param blocks the number of layers
 */
@JsonTypeName("resnet")
@Schema(description = "Residual layers x + activation(W x + b) of the dimension of the inputs.")
public record ResNet(
        @Schema(description = "The number of residual layers.", example = "2") @Min(1) @Max(MAX_LAYERS) int blocks,
        @JsonProperty(defaultValue = "tanh") Activation activation) implements Architecture {

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        return new Chain(Collections.nCopies(blocks, new ResidualLayer(activation))).map(inputDimension, parameters);
    }
}
