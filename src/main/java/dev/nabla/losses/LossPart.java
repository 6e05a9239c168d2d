package dev.nabla.losses;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.language.Identifier;
import dev.nabla.language.Scope;
import dev.nabla.network.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The part of a loss that comes from one dataset, as expressions that can be differentiated.
 *
 * @param targets the symbol of the dataset's targets, if it has any
 * @param perSample numbers of a sample whose sums over a batch decide the part
 * @param termsOfSums the terms of the part, which add up to it, as functions of these sums
 * @param termNumbers which terms of the loss these are; empty for a loss that has a name
 * @param drawing how its samples are drawn, of which there are none yet, if they are
 * @param multipliers the symbol of a multiplier for each of the terms, where a training finds some
 * @param residuals for each of the terms one; empty where the part is no sum of squares, nor the root of one
 */
public record LossPart(Samples samples, Optional<Symbol> targets, List<Expression> perSample,
        UnaryOperator<List<Expression>> termsOfSums, List<Integer> termNumbers,
        Optional<Symbol> multipliers, Optional<Drawing> drawing, List<Residual> residuals) {

    static final String TARGETS = Identifier.TARGETS;

    /**
     * How the samples of a part of one term are drawn.
     *
     * @param term its number
     * @param residual of the term in a sample, a scalar that is nowhere negative
     */
    public record Drawing(PointSample sample, int term, Expression residual) {}

    /**
     * What a term is made of that is a sum over all samples of squares.
     *
     * @param array in a sample, whose entries are squared
     * @param factor of it before that, looked for only when it is needed
     */
    public record Residual(Expression array, DoubleSupplier factor) {

        public Expression scaled() {
            return Arithmetic.product(Arithmetic.constant(factor.getAsDouble(), array.shape()), array);
        }
    }

    /** How many samples it has, drawn or not. */
    public int size() {
        return drawing.isPresent() ? drawing.get().sample().points() : samples.size();
    }

    /** The same of other samples. */
    public LossPart of(Samples others) {
        return new LossPart(others, targets, perSample, termsOfSums, termNumbers, multipliers, drawing, residuals);
    }

    /** What has the outputs of a network for residuals. */
    public static LossPart outputs(Network network, Samples points) {
        return new LossPart(points, Optional.empty(), List.of(), sums -> sums, List.of(), Optional.empty(), Optional.empty(),
                List.of(new Residual(network.outputs(), () -> 1)));
    }

    /** The symbol of the targets of a dataset. */
    static Symbol targets(Samples samples) {
        return (Symbol) Arithmetic.perSampleSymbol(TARGETS, Shape.of(samples.targetDimension()));
    }

    /** The names of the network and of the columns of a dataset in its order: {@code inputs.q}, {@code targets.u}, q, u. */
    public static Scope scope(Network network, Samples samples) {
        return pathScope(network, samples)
                .and(Scope.of(Scope.entries("", samples.inputNames(), network.inputs())))
                .and(Scope.of(targetEntries("", samples)));
    }

    /** The same without q and u: columns are named by paths only. */
    static Scope pathScope(Network network, Samples samples) {
        Map<String, Expression> columns = Scope.entries(Network.INPUTS + ".", samples.inputNames(), network.inputs());
        columns.putAll(targetEntries(TARGETS + ".", samples));
        if (samples.targetDimension() > 0) {
            columns.put(TARGETS, targets(samples));
        }
        return network.scope().and(Scope.of(columns));
    }

    private static Map<String, Expression> targetEntries(String prefix, Samples samples) {
        return samples.targetDimension() == 0 ? Map.of()
                : Scope.entries(prefix, samples.targetNames(), targets(samples));
    }

    /** The sums over a batch that decide the part. */
    List<Expression> sums() {
        return perSample.stream().map(LinearAlgebra::sampleSum).toList();
    }

    /** The part for a batch of one sample, without sums over samples. */
    Expression ofSample() {
        return Arithmetic.sum(termsOfSums.apply(perSample));
    }

    /** The part for a batch, each term times its multiplier. */
    Expression ofBatch() {
        List<Expression> terms = termsOfSums.apply(sums());
        return Arithmetic.sum(multipliers.map(all -> IntStream.range(0, terms.size())
                .mapToObj(i -> Arithmetic.product(LinearAlgebra.entry(all, i), terms.get(i))).toList()).orElse(terms));
    }

    /** The symbol of so many multipliers, which no equation can name. */
    static Symbol multipliers(int terms) {
        return (Symbol) Arithmetic.symbol("multipliers of terms", Shape.of(terms));
    }
}
