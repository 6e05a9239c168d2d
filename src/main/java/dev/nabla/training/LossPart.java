package dev.nabla.training;

import dev.nabla.equation.Scope;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.Network;
import java.util.LinkedHashMap;
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
record LossPart(Samples samples, Optional<Symbol> targets, List<Expression> perSample,
        UnaryOperator<List<Expression>> termsOfSums, List<Integer> termNumbers) {

    static final String TARGETS = "targets";

    /** The symbol of the targets of a dataset. */
    static Symbol targets(Samples samples) {
        return (Symbol) Arithmetic.perSampleSymbol(TARGETS, Shape.of(samples.targetDimension()));
    }

    /** The names of the network, and those of the columns of the dataset that are others; the targets are a vector too. */
    static Scope scope(Network network, Samples samples) {
        Map<String, Expression> columns = new LinkedHashMap<>();
        for (int i = 0; i < samples.inputDimension(); i++) {
            columns.put(samples.inputNames().get(i), LinearAlgebra.entry(network.inputs(), i));
        }
        if (samples.targetDimension() > 0) {
            Symbol targets = targets(samples);
            columns.put(TARGETS, targets);
            for (int i = 0; i < samples.targetDimension(); i++) {
                columns.put(samples.targetNames().get(i), LinearAlgebra.entry(targets, i));
            }
        }
        return network.scope().orElse(Scope.of(columns));
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
