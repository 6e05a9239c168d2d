package dev.nabla.network.layers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.function.Function;

/**
 * a′ + activation(W a′ + b), with a′ the layer below and W square (He, Zhang, Ren and Sun, "Deep residual learning for
 * image recognition", CVPR 2016).
 */
@JsonTypeName("resnet")
@Schema(description = "a + activation(W a + b) with a square W.")
public record ResidualLayer(@JsonProperty(defaultValue = "tanh") Activation activation) implements Layer {

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        Function<Expression, Values> dense = DenseLayer.of(inputDimension, activation).map(inputDimension, parameters);
        return below -> {
            Values residual = dense.apply(below);
            return new Values(residual.preActivation(), Arithmetic.sum(below, residual.activation()));
        };
    }
}
