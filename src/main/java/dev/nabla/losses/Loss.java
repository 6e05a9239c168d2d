package dev.nabla.losses;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.LinearAlgebra.entrySum;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.datasets.Samples;
import dev.nabla.documents.Words;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.language.Scope;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.UnmatchedNamesException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** The losses that have a name. */
public enum Loss implements Objective {

    /** The mean over samples and outputs of (ŷ − y)². */
    @JsonProperty("mse") MSE {
        @Override
        List<Expression> perSample(Expression outputs, Expression targets) {
            double outputDimension = outputs.shape().size();
            return List.of(squaredNorm(subtract(outputs, targets)), constant(outputDimension));
        }

        @Override
        Expression ofSums(List<Expression> sums) {
            return divide(sums.get(0), sums.get(1));
        }
    },

    /** ‖Ŷ − Y‖ / ‖Y‖ in the Frobenius norm over the batch; undefined where all targets of the batch are 0. */
    @JsonProperty("relative-l2") RELATIVE_L2,

    /** ‖field(z) − ż‖ / ‖ż‖ in the Frobenius norm over the batch, for a network that has a field; the targets are ż. */
    @JsonProperty("hamiltonian") HAMILTONIAN {
        @Override
        public Optional<Expression> predicted(Network network) {
            return network.field();
        }

        @Override
        public List<String> targetNames(Network network) {
            return NetworkDefinition.numbered("y", predicted(network).orElseThrow().shape().size());
        }

        @Override
        public int[] targetOrder(Network network, Samples samples) {
            List<String> field = targetNames(network);
            if (samples.targetDimension() != field.size()) {
                throw new UnmatchedNamesException("the network's field has " + field.size() + " entries, the data has "
                        + samples.targetDimension() + " targets, which are matched by position");
            }
            return IntStream.range(0, field.size()).toArray();
        }
    };

    /** The name in requests. */
    public String text() {
        return Words.of(Loss.class).word(this);
    }

    /**
     * For every entry of what is predicted the number of the target column that it is compared with.
     *
     * @throws UnmatchedNamesException if they do not match
     */
    public int[] targetOrder(Network network, Samples samples) {
        return ColumnOrder.ofOutputs(network.definition(), samples.targetNames());
    }

    @Override
    public List<LossPart> parts(Network network, Samples samples, Scope scope, Map<UUID, Samples> others) {
        int[] order = targetOrder(network, samples);
        Symbol targets = LossPart.targets(samples);
        Expression compared = ColumnOrder.isInOrder(order) ? targets : LinearAlgebra.stack(
                Arrays.stream(order).mapToObj(column -> LinearAlgebra.entry(targets, column)).toList());
        return List.of(new LossPart(samples, Optional.of(targets), perSample(predicted(network).orElseThrow(), compared),
                sums -> List.of(ofSums(sums)), List.of()));
    }

    /** What is compared with the targets; empty if the network has no such thing. */
    public Optional<Expression> predicted(Network network) {
        return Optional.of(network.outputs());
    }

    /** Whether it is undefined for a batch whose targets are all 0. */
    public boolean isRelative() {
        return this != MSE;
    }

    /** The numbers of a sample whose sums over the batch decide the loss. */
    List<Expression> perSample(Expression predicted, Expression targets) {
        return List.of(squaredNorm(subtract(predicted, targets)), squaredNorm(targets));
    }

    /** The loss as a function of these sums. */
    Expression ofSums(List<Expression> sums) {
        return divide(apply(ScalarFunction.SQRT, sums.get(0)), apply(ScalarFunction.SQRT, sums.get(1)));
    }

    static Expression squaredNorm(Expression x) {
        return entrySum(power(x, 2));
    }
}
