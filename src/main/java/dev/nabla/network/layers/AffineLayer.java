package dev.nabla.network.layers;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Expression;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.function.Function;

/**
 * W a′ + b, with a′ the layer below.
 *
 * @param units the number of outputs
 */
@JsonTypeName("affine")
@Schema(description = "W a + b.")
public record AffineLayer(
        @Schema(description = "The number of outputs.", example = "3") @Min(1) @Max(MAX_UNITS) int units) implements Layer {

    @Override
    public int outputDimension(int inputDimension) {
        return units;
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        return new DenseLayer(units, Activation.IDENTITY, true).map(inputDimension, parameters);
    }
}
