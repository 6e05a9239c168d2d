package dev.nabla.losses;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.LinearAlgebra.broadcast;
import static dev.nabla.expression.LinearAlgebra.dot;
import static dev.nabla.expression.LinearAlgebra.entrySum;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Interval;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.network.Network;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Logarithms of probabilities without a logarithm of 0 and without an overflow, whatever size the logits are. */
final class Logits {

    private Logits() {}

    /** The z of which the entries of a vector are the sigmoids; empty if not all of them are sigmoids. */
    static Optional<Expression> ofSigmoid(Expression outputs) {
        return arguments(ScalarFunction.SIGMOID, outputs);
    }

    /** The logarithms of the entries where all are exponentials, as those of softmax are, else the entries. */
    static Expression ofSoftmax(Expression outputs) {
        return arguments(ScalarFunction.EXP, outputs).orElse(outputs);
    }

    static boolean isSoftmax(Expression outputs) {
        return arguments(ScalarFunction.EXP, outputs).isPresent();
    }

    /** What to say of outputs that are between 0 and 1 whatever their symbols are, and are no logits by that. */
    static Optional<String> probabilities(Network network, String function) {
        return Interval.ofEntries(network.outputs(), _ -> Interval.ALL).stream().allMatch(Interval::isOfProbabilities)
                ? Optional.of("applies " + function + " to the outputs, and these are between 0 and 1 already: write them with "
                        + function + ", which is then not applied again, or leave out what makes them so")
                : Optional.empty();
    }

    /** The numbers between which the probabilities of classes are, for logits of these. */
    static List<Interval> softmax(List<Interval> z) {
        return IntStream.range(0, z.size()).mapToObj(i -> new Interval(
                probability(z.get(i).low(), others(z, i).map(Interval::high)),
                probability(z.get(i).high(), others(z, i).map(Interval::low)))).toList();
    }

    private static Stream<Interval> others(List<Interval> z, int i) {
        return IntStream.range(0, z.size()).filter(j -> j != i).mapToObj(z::get);
    }

    private static double probability(double logit, Stream<Double> others) {
        return 1 / (1 + others.mapToDouble(other -> Math.exp(other - logit)).sum());
    }

    /** What the function is applied to in every entry. */
    private static Optional<Expression> arguments(ScalarFunction function, Expression vector) {
        return switch (vector) {
            case Apply a when a.function() == function -> Optional.of(a.operand());
            case Stack s when s.parts().stream().allMatch(part -> part instanceof Apply a && a.function() == function) ->
                Optional.of(LinearAlgebra.stack(s.parts().stream().map(part -> ((Apply) part).operand()).toList()));
            default -> Optional.empty();
        };
    }

    /** −Σ y ln softmax(z). */
    static Expression crossEntropy(Expression z, Expression y) {
        return negate(dot(y, logSoftmax(z)));
    }

    /** −Σ (y ln σ(z) + (1 − y) ln(1 − σ(z))), each logarithm a softplus: nothing cancels. */
    static Expression binaryCrossEntropy(Expression z, Expression y) {
        return entrySum(sum(product(y, apply(ScalarFunction.SOFTPLUS, negate(z))),
                product(subtract(constant(1, y.shape()), y), apply(ScalarFunction.SOFTPLUS, z))));
    }

    static Expression softmax(Expression z) {
        return apply(ScalarFunction.EXP, logSoftmax(z));
    }

    private static Expression logSoftmax(Expression z) {
        List<Expression> entries = IntStream.range(0, z.shape().size()).mapToObj(i -> LinearAlgebra.entry(z, i)).toList();
        return subtract(z, broadcast(logSumExp(entries), z.shape()));
    }

    /** By halves: ln(eᵃ + eᵇ) = a + ln(1 + exp(b − a)). */
    private static Expression logSumExp(List<Expression> z) {
        if (z.size() == 1) {
            return z.getFirst();
        }
        Expression a = logSumExp(z.subList(0, z.size() / 2));
        Expression b = logSumExp(z.subList(z.size() / 2, z.size()));
        return sum(a, apply(ScalarFunction.SOFTPLUS, subtract(b, a)));
    }
}
