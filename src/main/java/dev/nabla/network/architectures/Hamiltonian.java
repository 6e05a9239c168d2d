package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.language.Identifier;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.LinearLayer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A Hamiltonian neural network (Greydanus, Dzamba and Yosinski, NeurIPS 2019): the one output is an energy H(q, p),
 * and its vector field is (∂H/∂p, −∂H/∂q).
 *
 * @param width the units of every hidden layer
 */
@JsonTypeName("hamiltonian")
@Schema(description = "An energy H(q, p), the one output, of an even number of inputs.")
public record Hamiltonian(
        @Schema(description = "The units of every hidden layer.", example = "16") @Min(1) @Max(Layer.MAX_UNITS) int width,
        @Schema(description = "The number of hidden layers.", example = "2") @Min(1) @Max(MAX_LAYERS) int hiddenLayers,
        @JsonProperty(defaultValue = "tanh") Activation activation) implements Architecture {

    @Override
    public Optional<Problem> violationOfInputs(int inputDimension) {
        return PhasePoint.violation(inputDimension);
    }

    @Override
    public Set<String> ownNames() {
        return Set.of(Identifier.ENERGY);
    }

    @Override
    public int outputDimension(int inputDimension) {
        return 1;
    }

    @Override
    public OptionalInt certainOutputDimension() {
        return OptionalInt.of(1);
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        return scalar(width, hiddenLayers, activation).map(inputDimension, parameters).andThen(values -> new Values(
                values.layers(), values.outputs(), Optional.of(LinearAlgebra.entry(values.outputs(), 0))));
    }

    @Override
    public Values normalized(Function<Expression, Values> map, Expression inputs, Expression scaled,
            UnaryOperator<Expression> natural) {
        Values values = map.apply(scaled);
        Expression outputs = natural.apply(values.outputs());
        return new Values(values.layers(), outputs, Optional.of(LinearAlgebra.entry(outputs, 0)));
    }

    /** Hidden layers and a linear layer of one unit, without a bias as a constant has no gradient. */
    static Chain scalar(int width, int hiddenLayers, Activation activation) {
        var layers = new ArrayList<Layer>(Collections.nCopies(hiddenLayers, DenseLayer.of(width, activation)));
        layers.add(new LinearLayer(1));
        return new Chain(layers);
    }
}
