package dev.nabla.network.layers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import java.util.function.Function;

/**
 * a = activation(W a′ + b), with a′ the layer below.
 *
 * @param units the number of outputs
 * @param bias whether there is a b
 */
@JsonTypeName("dense")
@Schema(description = "activation(W a + b).")
public record DenseLayer(
        @Schema(description = "The number of outputs.", example = "3") @Min(1) @Max(MAX_UNITS) int units,
        @JsonProperty(defaultValue = "tanh") Activation activation,
        @Schema(description = "Whether there is a b.") @JsonProperty(defaultValue = "true") boolean bias) implements Layer {

    public static DenseLayer of(int units, Activation activation) {
        return new DenseLayer(units, activation, true);
    }

    @Override
    public int outputDimension(int inputDimension) {
        return units;
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        Expression weights = parameters.weights("W", units, inputDimension);
        Optional<Expression> added = bias ? Optional.of(parameters.bias("b", units)) : Optional.empty();
        return below -> {
            Expression product = LinearAlgebra.matrixProduct(weights, below);
            Expression z = added.map(b -> Arithmetic.sum(product, b)).orElse(product);
            return new Values(z, activation.apply(z));
        };
    }
}
