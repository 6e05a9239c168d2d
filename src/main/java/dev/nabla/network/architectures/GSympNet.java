package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A G-SympNet: a symplectic map of (q, p), whatever its parameters are, of gradient modules, which add
 * Kᵀ diag(a) σ(K q + b) to p and the same of p to q in turn (Jin, Zhang, Zhu, Tang and Karniadakis, "SympNets:
 * Intrinsic structure-preserving symplectic networks for identifying Hamiltonian systems", Neural Networks 132, 2020).
 *
 * @param layers the number of pairs of modules
 * @param width the number of rows of K
 */
@JsonTypeName("sympnet-g")
@Schema(description = "A symplectic map of (q, p) by gradient modules.")
public record GSympNet(
        @Schema(description = "The number of pairs of modules.", example = "2") @Min(1) @Max(MAX_LAYERS) int layers,
        @Schema(description = "The number of rows of every K.", example = "16") @Min(1) @Max(Layer.MAX_UNITS) int width,
        @JsonProperty(defaultValue = "tanh") Activation activation) implements Architecture {

    @Override
    public Optional<Problem> violationOfInputs(int inputDimension) {
        return PhasePoint.violation(inputDimension);
    }

    @Override
    public Optional<Problem> violationOfNormalization(Normalization normalization, List<String> inputs,
            List<String> outputs) {
        return ScaledStructure.violationOfSymplectic(normalization, inputs, outputs);
    }

    @Override
    public Optional<Problem> violationOfWhole(int inputDimension) {
        return activation.violationOfEntrywise(pointer() + "/activation");
    }

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        List<UnaryOperator<Expression>> modules = IntStream.range(0, 2 * layers)
                .mapToObj(_ -> module(inputDimension / 2, parameters)).toList();
        return inputs -> {
            PhasePoint z = PhasePoint.of(inputs);
            for (int k = 0; k < modules.size(); k++) {
                z = k % 2 == 0 ? z.kick(modules.get(k)) : z.drift(modules.get(k));
            }
            return Values.of(z.vector());
        };
    }

    private UnaryOperator<Expression> module(int dimension, Parameters parameters) {
        parameters.beginLayer();
        Expression weights = parameters.weights("K", width, dimension);
        Expression bias = parameters.bias("b", width);
        Expression scale = parameters.scale("a", width);
        return x -> LinearAlgebra.matrixProduct(LinearAlgebra.transpose(weights), Arithmetic.product(scale,
                activation.apply(Arithmetic.sum(LinearAlgebra.matrixProduct(weights, x), bias))));
    }
}
