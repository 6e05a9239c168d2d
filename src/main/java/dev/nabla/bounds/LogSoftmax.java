package dev.nabla.bounds;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.ApplyBinary;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Interval;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A sum whose entries are each x<sub>i</sub> − log(Σ<sub>j</sub> exp(x<sub>j</sub>)), the logarithm of an entry of softmax.
 * That rises with its own exponent and falls with the others, so its ends are those at two corners, where the interval of a
 * sum knows nothing of x<sub>i</sub> standing there twice.
 *
 * @param exponents the scalars x<sub>j</sub>
 * @param own which of them each entry of the sum has for its own
 */
record LogSoftmax(List<Expression> exponents, List<Integer> own) {

    private static final Interval OF_EXP = ScalarFunction.EXP.range(Interval.ALL);

    /** What a sum says; empty if it is something else. */
    static Optional<LogSoftmax> of(Sum sum) {
        return sum.terms().stream().flatMap(term -> subtracted(term).stream().flatMap(logarithm -> {
            List<Expression> exponents = exponents(logarithm);
            Expression rest = Arithmetic.sum(sum.terms().stream().filter(other -> other != term).toList());
            List<Integer> own = IntStream.range(0, sum.shape().size()).mapToObj(k ->
                    exponents.indexOf(LinearAlgebra.entry(rest, sum.shape().index(k)))).toList();
            return own.contains(-1) ? Stream.<LogSoftmax>empty()
                    : Stream.of(new LogSoftmax(exponents, own));
        })).findFirst();
    }

    /** The logarithm of a sum of exponentials that a term takes away from every entry. */
    private static Optional<ApplyBinary> subtracted(Expression term) {
        Expression scalar = term instanceof Broadcast b ? b.operand() : term;
        if (scalar instanceof Product p && p.factors().size() == 2 && p.factors().getFirst() instanceof Constant c
                && c.value() == -1) {
            Expression factor = p.factors().getLast();
            return (factor instanceof Broadcast b ? b.operand() : factor) instanceof ApplyBinary a
                    && a.isScalar() && a.function() == BinaryFunction.LOGADDEXP ? Optional.of(a) : Optional.empty();
        }
        return Optional.empty();
    }

    private static List<Expression> exponents(Expression logarithm) {
        var exponents = new ArrayList<Expression>();
        var open = new ArrayDeque<>(List.of(logarithm));
        while (!open.isEmpty()) {
            Expression next = open.pop();
            if (next instanceof ApplyBinary a && a.function() == BinaryFunction.LOGADDEXP) {
                open.push(a.y());
                open.push(a.x());
            } else {
                exponents.add(next);
            }
        }
        return exponents;
    }

    /**
     * Where an entry of the sum is.
     *
     * @param of where the exponents are
     */
    Interval range(int entry, IntFunction<Interval> of) {
        int i = own.get(entry);
        Interval mine = of.apply(i);
        var most = new ArrayList<Double>();
        var least = new ArrayList<Double>();
        for (int j = 0; j < exponents.size(); j++) {
            if (j != i) {
                Interval other = of.apply(j);
                most.add(Rounding.addUp(other.high(), -mine.low()));
                least.add(Rounding.addDown(other.low(), -mine.high()));
            }
        }
        return new Interval(-logarithm(most).high(), -logarithm(least).low());
    }

    /** log(1 + Σ exp(d)) of finite numbers, with the greatest taken out where that is positive. */
    private static Interval logarithm(List<Double> differences) {
        double shift = differences.stream().reduce(0.0, Math::max);
        double low = 0;
        double high = 0;
        for (double d : differences) {
            low = Rounding.addDown(low, exp(Rounding.addDown(d, -shift)).low());
            high = Rounding.addUp(high, exp(Rounding.addUp(d, -shift)).high());
        }
        if (shift == 0) {
            return new Interval(function(ScalarFunction.LOG1P, low).low(), function(ScalarFunction.LOG1P, high).high());
        }
        low = Rounding.addDown(low, exp(-shift).low());
        high = Rounding.addUp(high, exp(-shift).high());
        return new Interval(Rounding.addDown(shift, function(ScalarFunction.LOG, low).low()),
                Rounding.addUp(shift, function(ScalarFunction.LOG, high).high()));
    }

    private static Interval exp(double x) {
        return Rounding.widened(ScalarFunction.EXP.range(new Interval(x, x)), OF_EXP, 0);
    }

    private static Interval function(ScalarFunction function, double x) {
        return Rounding.widened(function.range(new Interval(x, x)), Interval.ALL, 0);
    }
}
