package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.defined;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.written;
import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Sum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes sums. Numbers that stand first are added up as they are written, further ones, and the coefficients of like terms,
 * where that is exact; what cannot be added to the numbers so far is added to the sum with them.
 */
final class Terms {

    private Terms() {}

    static Expression sum(List<Expression> terms) {
        Shape shape = Arithmetic.commonShape(terms, "+");
        int leading = 0;
        double number = 0;
        while (leading < terms.size() && terms.get(leading) instanceof Constant c
                && (leading == terms.size() - 1 || Double.isFinite(number + c.value()))) {
            number = defined(number + c.value(), written(number) + " + " + written(c.value()));
            leading++;
        }
        var numbers = new ArrayList<Double>(List.of(number));
        var coefficients = new LinkedHashMap<Expression, List<Double>>();
        var given = new HashMap<Expression, Map<Double, Expression>>();
        for (Expression term : Arithmetic.gatherBroadcasts(terms.subList(leading, terms.size()), Terms::sum)) {
            if (term instanceof Constant c) {
                Exact.insert(numbers, c.value(), Exact::sum);
            } else {
                Expression core = withoutCoefficient(term);
                Exact.insert(coefficients.computeIfAbsent(core, _ -> new ArrayList<>()), coefficient(term), Exact::sum);
                given.computeIfAbsent(core, _ -> new HashMap<>()).putIfAbsent(coefficient(term), term);
            }
        }
        var collected = new ArrayList<Expression>();
        coefficients.forEach((core, multiples) -> multiples.stream().filter(c -> c != 0)
                .map(c -> requireNonNull(given.get(core)).computeIfAbsent(c, _ -> product(constant(c, shape), core)))
                .forEach(collected::add));
        return sumOf(collected, numbers.stream().filter(n -> n != 0).toList(), shape);
    }

    /** The sum of terms that cannot be collected and of numbers that cannot be merged, which are added in their order. */
    private static Expression sumOf(List<Expression> terms, List<Double> numbers, Shape shape) {
        if (terms.isEmpty()) {
            double sum = numbers.stream().reduce(0.0, Double::sum);
            return constant(defined(sum, "the sum of " + numbers), shape);
        }
        Expression sum = withNumber(terms, numbers.subList(0, Math.min(1, numbers.size())), shape);
        for (double number : numbers.subList(Math.min(1, numbers.size()), numbers.size())) {
            sum = withNumber(List.of(sum), List.of(number), shape);
        }
        return sum;
    }

    /** The sum of terms that cannot be collected with one number at most. */
    private static Expression withNumber(List<Expression> terms, List<Double> numbers, Shape shape) {
        if (terms.size() == 1 && terms.getFirst() instanceof Broadcast b) {
            return LinearAlgebra.broadcast(numbers.isEmpty() ? b.operand() : Arithmetic.sum(b.operand(),
                    constant(numbers.getFirst(), b.operand().shape())), shape);
        }
        var all = new ArrayList<>(terms);
        numbers.forEach(number -> all.add(constant(number, shape)));
        if (all.size() == 1) {
            return all.getFirst();
        }
        all.sort(CanonicalOrder.OF_TERMS);
        return Sum.of(all);
    }

    /** The number in front: c for c·x, 1 for everything else. */
    static double coefficient(Expression term) {
        return term instanceof Product p && p.factors().getFirst() instanceof Constant c ? c.value() : 1;
    }

    private static Expression withoutCoefficient(Expression term) {
        return term instanceof Product p && p.factors().getFirst() instanceof Constant
                ? product(p.factors().subList(1, p.factors().size())) : term;
    }
}
