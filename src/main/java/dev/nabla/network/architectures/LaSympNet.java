package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.network.layers.Activation;
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
import java.util.stream.Stream;

/**
 * An LA-SympNet: a symplectic map of (q, p), whatever its parameters are (Jin, Zhang, Zhu, Tang and Karniadakis,
 * "SympNets: Intrinsic structure-preserving symplectic networks for identifying Hamiltonian systems", Neural Networks
 * 132, 2020). A linear module is a product of unit triangular blocks, which add S q to p and S p to q in turn, with
 * symmetric S = A + Aᵀ, and a bias; an activation module adds diag(a) σ(q) to p, every other one diag(a) σ(p) to q.
 *
 * @param layers the number of pairs of a linear and an activation module; a linear module follows the last
 * @param sublayers the number of blocks of a linear module
 */
@JsonTypeName("sympnet-la")
@Schema(description = "A symplectic map of (q, p) by linear and activation modules.")
public record LaSympNet(
        @Schema(description = "The number of pairs of modules.", example = "2") @Min(1) @Max(MAX_LAYERS) int layers,
        @Schema(description = "The number of triangular blocks of a linear module.", example = "2")
        @Min(1) @Max(LaSympNet.MAX_SUBLAYERS) int sublayers,
        @JsonProperty(defaultValue = "tanh") Activation activation) implements Architecture {

    static final int MAX_SUBLAYERS = 20;

    /** The most blocks of all linear modules. */
    private static final long MAX_BLOCKS = 2_000;

    @Override
    public Optional<Problem> violationOfInputs(int inputDimension) {
        return PhasePoint.violation(inputDimension);
    }

    @Override
    public Optional<Problem> violationOfWhole(int inputDimension) {
        long blocks = (layers + 1L) * sublayers;
        return blocks <= MAX_BLOCKS ? activation.violationOfEntrywise(pointer() + "/activation") : Optional.of(Problem.of(pointer(),
                "must have at most " + MAX_BLOCKS + " triangular blocks, had " + blocks));
    }

    @Override
    public Optional<Problem> violationOfNormalization(Normalization normalization, List<String> inputs,
            List<String> outputs) {
        return ScaledStructure.violationOfSymplectic(normalization, inputs, outputs);
    }

    @Override
    public int outputDimension(int inputDimension) {
        return inputDimension;
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        int dimension = inputDimension / 2;
        List<UnaryOperator<PhasePoint>> modules = IntStream.rangeClosed(0, layers).boxed().flatMap(k -> k < layers
                ? Stream.of(linear(dimension, parameters), activation(k, dimension, parameters))
                : Stream.of(linear(dimension, parameters))).toList();
        return inputs -> {
            PhasePoint z = PhasePoint.of(inputs);
            for (UnaryOperator<PhasePoint> module : modules) {
                z = module.apply(z);
            }
            return Values.of(z.vector());
        };
    }

    private UnaryOperator<PhasePoint> activation(int k, int dimension, Parameters parameters) {
        parameters.beginLayer();
        Expression scale = parameters.scale("a", dimension);
        UnaryOperator<Expression> module = x -> Arithmetic.product(scale, activation.apply(x));
        return k % 2 == 0 ? z -> z.kick(module) : z -> z.drift(module);
    }

    private UnaryOperator<PhasePoint> linear(int dimension, Parameters parameters) {
        parameters.beginLayer();
        List<Expression> halves = IntStream.rangeClosed(1, sublayers)
                .mapToObj(block -> parameters.weights("A" + block, dimension, dimension)).toList();
        Expression positions = parameters.bias("bq", dimension);
        Expression momenta = parameters.bias("bp", dimension);
        return start -> {
            PhasePoint z = start;
            for (int block = 0; block < sublayers; block++) {
                Expression symmetric = Arithmetic.sum(halves.get(block), LinearAlgebra.transpose(halves.get(block)));
                UnaryOperator<Expression> product = x -> LinearAlgebra.matrixProduct(symmetric, x);
                z = block % 2 == 0 ? z.kick(product) : z.drift(product);
            }
            return new PhasePoint(Arithmetic.sum(z.q(), positions), Arithmetic.sum(z.p(), momenta));
        };
    }
}
