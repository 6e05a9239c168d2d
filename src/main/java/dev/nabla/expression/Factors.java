package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.defined;
import static dev.nabla.expression.Arithmetic.isInteger;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.written;

import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Makes products. Numbers that stand first are multiplied and divided as they are written, further ones where that is
 * exact; what cannot be multiplied with the numbers so far is multiplied with the product that has them.
 */
final class Factors {

    /** A number up to this size, or its reciprocal, changes its place in a product. */
    private static final double MODERATE = 0x1p53;

    private Factors() {}

    static Expression product(List<Expression> factors) {
        Shape shape = Arithmetic.commonShape(factors, "*");
        int leading = 0;
        double number = 1;
        while (leading < factors.size() && isNumber(factors.get(leading))) {
            double next = times(number, factors.get(leading));
            boolean isLast = leading == factors.size() - 1;
            if (!isLast && number != 0 && !isNormal(next) && !factors.get(leading).isConstant(0)) {
                break;
            }
            number = defined(next, written(number) + (factors.get(leading) instanceof Constant c
                    ? " * " + written(c.value()) : " / " + written(divisor(factors.get(leading)))));
            leading++;
        }
        var numbers = new ArrayList<Double>(List.of(number));
        var divisors = new ArrayList<Double>();
        var positivePowers = new LinkedHashMap<Expression, Long>();
        var negativePowers = new LinkedHashMap<Expression, Long>();
        for (Expression factor : Arithmetic.gatherBroadcasts(factors.subList(leading, factors.size()), Factors::product)) {
            if (factor instanceof Constant c) {
                Exact.insert(numbers, c.value(), Exact::product);
            } else if (isNumber(factor)) {
                Exact.insert(numbers, Math.signum(divisor(factor)), Exact::product);
                Exact.insert(divisors, Math.abs(divisor(factor)), Exact::product);
            } else if (integerExponent(factor) > 0) {
                positivePowers.merge(base(factor), integerExponent(factor), Long::sum);
            } else {
                negativePowers.merge(base(factor), integerExponent(factor), Long::sum);
            }
        }
        if (numbers.stream().anyMatch(n -> n == 0)) {
            return constant(0, shape);
        }
        var collected = new ArrayList<Expression>();
        positivePowers.forEach((base, exponent) -> collected.add(power(base, exponent)));
        negativePowers.forEach((base, exponent) -> collected.add(power(base, exponent)));
        return productOf(collected, numbers.stream().filter(n -> n != 1).toList(), divisors, shape);
    }

    /** The product of factors that cannot be collected, numbers and divisors that cannot be merged, in their order. */
    private static Expression productOf(List<Expression> factors, List<Double> numbers, List<Double> divisors,
            Shape shape) {
        if (factors.isEmpty()) {
            double product = numbers.stream().reduce(1.0, (x, y) -> x * y);
            double quotient = divisors.stream().reduce(product, (x, y) -> x / y);
            return constant(defined(quotient, "the product of " + numbers + (divisors.isEmpty() ? ""
                    : " divided by " + divisors)), shape);
        }
        Expression product = withNumber(factors, firstOf(numbers), firstOf(divisors), shape);
        for (double divisor : withoutFirst(divisors)) {
            product = withNumber(List.of(product), List.of(), List.of(divisor), shape);
        }
        for (double number : withoutFirst(numbers)) {
            product = withNumber(List.of(product), List.of(number), List.of(), shape);
        }
        return product;
    }

    private static List<Double> firstOf(List<Double> numbers) {
        return numbers.subList(0, Math.min(1, numbers.size()));
    }

    private static List<Double> withoutFirst(List<Double> numbers) {
        return numbers.subList(Math.min(1, numbers.size()), numbers.size());
    }

    /** The product of factors that cannot be collected with one number and one divisor at most. */
    private static Expression withNumber(List<Expression> factors, List<Double> numbers, List<Double> divisors,
            Shape shape) {
        boolean hasNumber = !numbers.isEmpty() || !divisors.isEmpty();
        if (factors.size() == 1 && hasNumber && factors.getFirst() instanceof Broadcast b) {
            Shape inner = b.operand().shape();
            return LinearAlgebra.broadcast(productOf(List.of(b.operand()), numbers, divisors, inner), shape);
        }
        if (factors.size() == 1 && hasNumber && factors.getFirst() instanceof Product inner
                && mayMoveInto(inner, numbers, divisors)) {
            var all = new ArrayList<>(inner.factors());
            numbers.forEach(number -> all.addFirst(constant(number, shape)));
            divisors.forEach(divisor -> all.add(reciprocal(divisor, shape)));
            return product(all);
        }
        var all = new ArrayList<>(factors);
        numbers.forEach(number -> all.add(constant(number, shape)));
        divisors.forEach(divisor -> all.add(reciprocal(divisor, shape)));
        if (all.size() == 1) {
            return all.getFirst();
        }
        all.sort(CanonicalOrder.OF_FACTORS);
        return Product.of(all);
    }

    /** Whether numbers may multiply, and divide, the factors of a product one by one, rather than their product. */
    private static boolean mayMoveInto(Product inner, List<Double> numbers, List<Double> divisors) {
        double coefficient = Terms.coefficient(inner);
        boolean isMultiplied = numbers.stream().allMatch(number -> Math.abs(number) == 1 || isModerate(number)
                && isModerate(coefficient) && Exact.product(number, coefficient).isPresent());
        Expression last = inner.factors().getLast();
        boolean isDivided = divisors.stream().allMatch(divisor -> !isNumber(last)
                || Exact.product(divisor, divisor(last)).isPresent());
        return isMultiplied && isDivided;
    }

    static boolean isModerate(double number) {
        return Math.abs(number) <= MODERATE && Math.abs(number) >= 1 / MODERATE;
    }

    private static boolean isNormal(double number) {
        return Double.isFinite(number) && Math.abs(number) >= Double.MIN_NORMAL;
    }

    /** A constant, or what divides by one. */
    static boolean isNumber(Expression factor) {
        return factor instanceof Constant
                || factor instanceof Power p && p.base() instanceof Constant && p.exponent().isConstant(-1);
    }

    private static double times(double number, Expression factor) {
        return factor instanceof Constant c ? number * c.value() : number / divisor(factor);
    }

    private static double divisor(Expression reciprocal) {
        return ((Constant) ((Power) reciprocal).base()).value();
    }

    private static Expression reciprocal(double divisor, Shape shape) {
        return Arithmetic.reciprocal(constant(divisor, shape));
    }

    private static Expression base(Expression factor) {
        return factor instanceof Power p && isInteger(p.exponent()) ? p.base() : factor;
    }

    private static long integerExponent(Expression factor) {
        return factor instanceof Power p && isInteger(p.exponent()) ? (long) ((Constant) p.exponent()).value() : 1;
    }
}
