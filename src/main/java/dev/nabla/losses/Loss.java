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
import dev.nabla.expression.Interval;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.language.Scope;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.problems.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The losses that have a name. */
public enum Loss implements Objective {

    /** The mean over samples and outputs of (ŷ − y)². */
    @JsonProperty("mse") MSE {
        @Override
        List<Expression> perSample(Expression outputs, Expression targets) {
            return mean(squaredNorm(subtract(outputs, targets)), outputs);
        }

        @Override
        Optional<ToDoubleFunction<double[]>> divisor() {
            return Optional.of(targets -> Math.sqrt(targets.length));
        }

        @Override
        public double unit(double scale) {
            return scale * scale;
        }
    },

    /** ‖Ŷ − Y‖ / ‖Y‖ in the Frobenius norm over the batch; undefined where all targets of the batch are 0. */
    @JsonProperty("relative-l2") RELATIVE_L2 {
        @Override
        List<Expression> perSample(Expression outputs, Expression targets) {
            return relative(outputs, targets);
        }

        @Override
        Optional<ToDoubleFunction<double[]>> divisor() {
            return Optional.of(Loss::norm);
        }

        @Override
        Expression ofSums(List<Expression> sums) {
            return ofSquaredNorms(sums);
        }

        @Override
        public boolean isRelative() {
            return true;
        }
    },

    /** ‖field(z) − ż‖ / ‖ż‖ in the Frobenius norm over the batch, for a network that has a field; the targets are ż. */
    @JsonProperty("hamiltonian") HAMILTONIAN {
        @Override
        public Optional<Expression> predicted(Network network) {
            return network.field();
        }

        @Override
        public Optional<String> problemWith(Network network) {
            return predicted(network).isPresent() ? Optional.empty()
                    : Optional.of("needs a network with a field, as the architecture hamiltonian has");
        }

        @Override
        public List<String> targetNames(Network network) {
            return NetworkDefinition.numbered("y", predicted(network).orElseThrow().shape().size());
        }

        @Override
        public void requireMatch(Network network, Samples samples) {
            List<String> field = targetNames(network);
            if (samples.targetDimension() != field.size()) {
                throw new UnmatchedNamesException("the network's field has " + field.size() + " entries, the data has "
                        + samples.targetDimension() + " targets, which are matched by position");
            }
        }

        @Override
        List<Expression> perSample(Expression field, Expression targets) {
            return relative(field, targets);
        }

        @Override
        Optional<ToDoubleFunction<double[]>> divisor() {
            return Optional.of(Loss::norm);
        }

        @Override
        Expression ofSums(List<Expression> sums) {
            return ofSquaredNorms(sums);
        }

        @Override
        public boolean isRelative() {
            return true;
        }
    },

    /** The mean over samples and outputs of |ŷ − y|. */
    @JsonProperty("mae") MAE {
        @Override
        List<Expression> perSample(Expression outputs, Expression targets) {
            return mean(TermLoss.Named.ABSOLUTE.of(subtract(outputs, targets)), outputs);
        }

        @Override
        public double unit(double scale) {
            return scale;
        }
    },

    /** The mean over samples and outputs of what {@link TermLoss.Huber} makes of ŷ − y with δ = 1. */
    @JsonProperty("huber") HUBER {
        @Override
        List<Expression> perSample(Expression outputs, Expression targets) {
            return mean(new TermLoss.Huber(1).of(subtract(outputs, targets)), outputs);
        }

        @Override
        public double unit(double scale) {
            // About so: a square below δ, an absolute value above.
            return scale * Math.min(scale, 1);
        }
    },

    /**
     * The mean over samples of −Σ y ln p, for targets that are the probabilities y of classes. The outputs are logits, p =
     * softmax(outputs), unless the network ends in a softmax: then they are p.
     */
    @JsonProperty("cross-entropy") CROSS_ENTROPY {
        @Override
        public Optional<String> problemWith(Network network) {
            return network.definition().outputDimension() < 2
                    ? Optional.of("needs an output for each of two or more classes; one output with targets 0 and 1 is for "
                            + BINARY_CROSS_ENTROPY.text())
                    : Logits.ofSigmoid(network.outputs()).isPresent()
                            ? Optional.of("is of logits or of softmax, and these outputs are those of sigmoid: give the last "
                                    + "layer the activation identity")
                            : Logits.isSoftmax(network.outputs()) ? Optional.empty() : Logits.probabilities(network, "softmax");
        }

        @Override
        public Optional<String> problemWith(Samples samples) {
            return ClassTargets.problem(samples, true);
        }

        @Override
        public boolean isOfLogits() {
            return true;
        }

        @Override
        public List<Interval> reach(Network network, Function<Symbol, Interval> ofSymbols) {
            return Logits.softmax(Interval.ofEntries(Logits.ofSoftmax(network.outputs()), ofSymbols));
        }

        @Override
        public Expression expected(Network network) {
            return Logits.softmax(Logits.ofSoftmax(network.outputs()));
        }

        @Override
        List<Expression> perSample(Expression outputs, Expression targets) {
            return List.of(Logits.crossEntropy(Logits.ofSoftmax(outputs), targets), constant(1));
        }
    },

    /**
     * The mean over samples and outputs of −y ln p − (1 − y) ln(1 − p), for targets y between 0 and 1. The outputs are logits,
     * p = sigmoid(outputs), unless the network ends in sigmoid: then they are p.
     */
    @JsonProperty("binary-cross-entropy") BINARY_CROSS_ENTROPY {
        @Override
        public Optional<String> problemWith(Network network) {
            return Logits.isSoftmax(network.outputs()) ? Optional.of("is of logits or of sigmoid, and these outputs are those "
                    + "of softmax: take " + CROSS_ENTROPY.text() + ", or give the last layer the activation identity")
                    : Logits.ofSigmoid(network.outputs()).isPresent() ? Optional.empty()
                            : Logits.probabilities(network, "sigmoid");
        }

        @Override
        public Optional<String> problemWith(Samples samples) {
            return ClassTargets.problem(samples, false);
        }

        @Override
        public boolean isOfLogits() {
            return true;
        }

        @Override
        public Expression expected(Network network) {
            return apply(ScalarFunction.SIGMOID, Logits.ofSigmoid(network.outputs()).orElse(network.outputs()));
        }

        @Override
        List<Expression> perSample(Expression outputs, Expression targets) {
            return mean(Logits.binaryCrossEntropy(Logits.ofSigmoid(outputs).orElse(outputs), targets), outputs);
        }
    };

    /** The name in requests. */
    public String text() {
        return Words.of(Loss.class).word(this);
    }

    /**
     * Looks whether there is a target for every entry of what is predicted, in whatever order.
     *
     * @throws UnmatchedNamesException if they do not match
     */
    public void requireMatch(Network network, Samples samples) {
        ColumnOrder.ofOutputs(network.definition(), samples.targetNames());
    }

    @Override
    public List<LossPart> parts(Network network, MatchedSamples samples, Optional<Scope> scope) {
        Samples own = samples.own().orElseThrow();
        requireMatch(network, own);
        Symbol targets = LossPart.targets(own);
        Expression predicted = predicted(network).orElseThrow();
        return List.of(new LossPart(own, Optional.of(targets), perSample(predicted, targets), sums -> List.of(ofSums(sums)),
                List.of(), Optional.empty(), Optional.empty(), divisor().stream().map(divisor ->
                        new LossPart.Residual(subtract(predicted, targets), () -> 1 / divisor.applyAsDouble(own.targets()))).toList()));
    }

    /** For a sum of squares, or the root of one: what makes of the targets the divisor of predicted − targets in them. */
    Optional<ToDoubleFunction<double[]>> divisor() {
        return Optional.empty();
    }

    @Override
    public Optional<Problem> differenceFromSquares() {
        return divisor().isPresent() ? Optional.empty() : Optional.of(Problem.of("", "must be a sum of squares with this optimizer: "
                + Arrays.stream(values()).filter(loss -> loss.divisor().isPresent()).map(Loss::text)
                        .collect(Collectors.joining(", ")) + ", or terms whose loss is square"));
    }

    /** What is compared with the targets; empty if the network has no such thing. */
    public Optional<Expression> predicted(Network network) {
        return Optional.of(network.outputs());
    }

    /** What the network says the targets are: what is predicted, or the probabilities that these logits are of. */
    public Expression expected(Network network) {
        return predicted(network).orElseThrow();
    }

    /** Whether the outputs are those of which probabilities are made, and not of the scale of the targets. */
    public boolean isOfLogits() {
        return false;
    }

    /**
     * For every entry of what is expected, outside of which numbers it is not.
     *
     * @param ofSymbols what symbols can be
     */
    public List<Interval> reach(Network network, Function<Symbol, Interval> ofSymbols) {
        return Interval.ofEntries(expected(network), ofSymbols);
    }

    /** Why it is no loss of this network, if it is none. */
    public Optional<String> problemWith(Network network) {
        return Optional.empty();
    }

    /** Why it is no loss of these targets, if it is none. */
    public Optional<String> problemWith(Samples samples) {
        return Optional.empty();
    }

    /** Whether it is undefined for a batch whose targets are all 0. */
    public boolean isRelative() {
        return false;
    }

    /** The numbers of a sample whose sums over the batch decide the loss. */
    abstract List<Expression> perSample(Expression predicted, Expression targets);

    /** The loss as a function of these sums. */
    Expression ofSums(List<Expression> sums) {
        return divide(sums.get(0), sums.get(1));
    }

    /** Of a sum over the entries of what is predicted. */
    private static List<Expression> mean(Expression sum, Expression predicted) {
        return List.of(sum, constant(predicted.shape().size()));
    }

    private static List<Expression> relative(Expression predicted, Expression targets) {
        return List.of(squaredNorm(subtract(predicted, targets)), squaredNorm(targets));
    }

    private static Expression ofSquaredNorms(List<Expression> sums) {
        return divide(apply(ScalarFunction.SQRT, sums.get(0)), apply(ScalarFunction.SQRT, sums.get(1)));
    }

    private static double norm(double[] values) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        return largest == 0 ? 0 : largest * Math.sqrt(Arrays.stream(values).map(value -> value / largest * (value / largest)).sum());
    }

    private static Expression squaredNorm(Expression x) {
        return entrySum(power(x, 2));
    }
}
