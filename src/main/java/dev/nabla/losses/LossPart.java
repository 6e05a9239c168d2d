package dev.nabla.losses;

import dev.nabla.datasets.Samples;
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
import java.util.function.UnaryOperator;

/**
 * The part of a loss that comes from one dataset, as expressions that can be differentiated.
 *
 * @param targets the symbol of the dataset's targets, if it has any
 * @param perSample numbers of a sample whose sums over a batch decide the part
 * @param termsOfSums the terms of the part, which add up to it, as functions of these sums
 * @param termNumbers which terms of the loss these are; empty for a loss that has a name
 */
public record LossPart(Samples samples, Optional<Symbol> targets, List<Expression> perSample,
        UnaryOperator<List<Expression>> termsOfSums, List<Integer> termNumbers) {

    static final String TARGETS = Identifier.TARGETS;

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

    /** The part for a batch. */
    Expression ofBatch() {
        return Arithmetic.sum(termsOfSums.apply(sums()));
    }
}
