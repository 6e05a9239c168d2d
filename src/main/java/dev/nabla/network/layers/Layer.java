package dev.nabla.network.layers;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.nabla.expression.Expression;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.function.Function;

/** A link of a chain: a function of the vector below it. In JSON, {@code type} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = DenseLayer.class)
@Schema(description = "A layer, a function of the vector a below it; dense if it has no type.")
public sealed interface Layer permits DenseLayer, LinearLayer, AffineLayer, ResidualLayer {

    int MAX_UNITS = 4096;

    /**
     * A layer's value before and after its activation.
     *
     * @param preActivation the same as the activation in a layer without one
     */
    record Values(Expression preActivation, Expression activation) {}

    int outputDimension(int inputDimension);

    /** Makes the parameters of the layer; its values are made of the vector below it when that is given. */
    Function<Expression, Values> map(int inputDimension, Parameters parameters);
}
