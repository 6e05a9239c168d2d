package dev.nabla.expression;

import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Sum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Makes the entrywise expressions, simplified and in canonical order. No rule changes the value where all parts are
 * finite; nested sums and products are left nested, as flattening them would copy shared parts.
 */
public final class Arithmetic {

    private Arithmetic() {}

    public static Expression constant(double value) {
        return constant(value, Shape.SCALAR);
    }

    /**
     * An array of one repeated number.
     *
     * @throws ArithmeticException if {@code value} is not finite
     */
    public static Expression constant(double value, Shape shape) {
        return Constant.of(value, shape);
    }

    /** A symbol with one value for all samples, such as a parameter. */
    public static Expression symbol(String name, Shape shape) {
        return Expression.Symbol.of(name, shape, false);
    }

    /** A symbol with a value of its own for every sample of a batch, such as the inputs. */
    public static Expression perSampleSymbol(String name, Shape shape) {
        return Expression.Symbol.of(name, shape, true);
    }

    /** f of every entry. */
    public static Expression apply(ScalarFunction function, Expression x) {
        if (x instanceof Constant c && Double.isFinite(function.value(c.value()))) {
            return constant(function.value(c.value()), x.shape());
        }
        if (x instanceof Broadcast b) {
            return LinearAlgebra.broadcast(apply(function, b.operand()), x.shape());
        }
        return Apply.of(function, x);
    }

    public static Expression negate(Expression x) {
        return product(constant(-1, x.shape()), x);
    }

    public static Expression subtract(Expression x, Expression y) {
        return sum(x, negate(y));
    }

    public static Expression divide(Expression x, Expression y) {
        return product(x, power(y, -1));
    }

    public static Expression sum(Expression... terms) {
        return sum(Arrays.asList(terms));
    }

    /**
     * The entrywise sum: numbers are added up, like terms collected (2x + 3x = 5x).
     *
     * @throws ShapeException if the shapes differ
     */
    public static Expression sum(List<Expression> terms) {
        Shape shape = commonShape(terms, "+");
        double constant = 0;
        var coefficients = new LinkedHashMap<Expression, Double>();
        for (Expression term : gatherBroadcasts(terms, Arithmetic::sum)) {
            if (term instanceof Constant c) {
                constant += c.value();
            } else {
                coefficients.merge(withoutCoefficient(term), coefficient(term), Double::sum);
            }
        }
        var collected = new ArrayList<Expression>();
        coefficients.forEach((core, c) -> {
            if (c != 0) {
                collected.add(product(constant(c, shape), core));
            }
        });
        if (collected.isEmpty()) {
            return constant(constant, shape);
        }
        if (collected.size() == 1 && collected.getFirst() instanceof Broadcast b) {
            return LinearAlgebra.broadcast(constant == 0 ? b.operand() : sum(b.operand(),
                    constant(constant, b.operand().shape())), shape);
        }
        if (constant != 0) {
            collected.add(constant(constant, shape));
        }
        if (collected.size() == 1) {
            return collected.getFirst();
        }
        collected.sort(CanonicalOrder.OF_TERMS);
        return Sum.of(collected);
    }

    public static Expression product(Expression... factors) {
        return product(Arrays.asList(factors));
    }

    /**
     * The entrywise product: numbers are multiplied, 0·x = 0, 1·x = x, and equal bases collected (x·x = x²) where
     * their exponents are integers of one sign, so that x·x⁻¹ stays what it is at 0.
     *
     * @throws ShapeException if the shapes differ
     */
    public static Expression product(List<Expression> factors) {
        Shape shape = commonShape(factors, "*");
        double constant = 1;
        var positivePowers = new LinkedHashMap<Expression, Long>();
        var negativePowers = new LinkedHashMap<Expression, Long>();
        for (Expression factor : gatherBroadcasts(factors, Arithmetic::product)) {
            if (factor instanceof Constant c) {
                constant *= c.value();
            } else if (integerExponent(factor) > 0) {
                positivePowers.merge(base(factor), integerExponent(factor), Long::sum);
            } else {
                negativePowers.merge(base(factor), integerExponent(factor), Long::sum);
            }
        }
        if (constant == 0) {
            return constant(0, shape);
        }
        var collected = new ArrayList<Expression>();
        positivePowers.forEach((base, exponent) -> collected.add(power(base, exponent)));
        negativePowers.forEach((base, exponent) -> collected.add(power(base, exponent)));
        if (collected.size() == 1 && constant != 1) {
            Expression only = collected.getFirst();
            if (only instanceof Product inner) {
                constant *= coefficient(inner);
                collected.clear();
                collected.addAll(coefficient(inner) == 1 ? inner.factors()
                        : inner.factors().subList(1, inner.factors().size()));
            } else if (only instanceof Broadcast b) {
                return LinearAlgebra.broadcast(product(constant(constant, b.operand().shape()), b.operand()), shape);
            }
        }
        if (collected.isEmpty()) {
            return constant(constant, shape);
        }
        if (constant != 1) {
            collected.add(constant(constant, shape));
        }
        if (collected.size() == 1) {
            return collected.getFirst();
        }
        collected.sort(CanonicalOrder.OF_FACTORS);
        return Product.of(collected);
    }

    public static Expression power(Expression base, double exponent) {
        return power(base, constant(exponent, base.shape()));
    }

    /**
     * The entrywise power: x¹ = x, x⁰ = 1, and (xᵃ)ᵇ = xᵃᵇ for integers.
     *
     * @throws ShapeException if the shapes differ
     */
    public static Expression power(Expression base, Expression exponent) {
        commonShape(List.of(base, exponent), "^");
        if (exponent.isConstant(1)) {
            return base;
        }
        if (exponent.isConstant(0) || base.isConstant(1)) {
            return constant(1, base.shape());
        }
        if (base instanceof Constant b && exponent instanceof Constant e
                && Double.isFinite(Math.pow(b.value(), e.value()))) {
            return constant(Math.pow(b.value(), e.value()), base.shape());
        }
        if (base instanceof Power inner && isInteger(inner.exponent()) && isInteger(exponent)) {
            return power(inner.base(), product(inner.exponent(), exponent));
        }
        if (base instanceof Broadcast b) {
            if (exponent instanceof Constant e) {
                return LinearAlgebra.broadcast(power(b.operand(), e.value()), base.shape());
            }
            if (exponent instanceof Broadcast e && e.operand().shape().equals(b.operand().shape())) {
                return LinearAlgebra.broadcast(power(b.operand(), e.operand()), base.shape());
            }
        }
        if (base instanceof Constant b && exponent instanceof Broadcast e) {
            return LinearAlgebra.broadcast(power(constant(b.value(), e.operand().shape()), e.operand()), base.shape());
        }
        return Power.of(base, exponent);
    }

    /** The number in front: c for c·x, 1 for everything else. */
    private static double coefficient(Expression term) {
        return term instanceof Product p && p.factors().getFirst() instanceof Constant c ? c.value() : 1;
    }

    private static Expression withoutCoefficient(Expression term) {
        return term instanceof Product p && p.factors().getFirst() instanceof Constant
                ? product(p.factors().subList(1, p.factors().size())) : term;
    }

    private static Expression base(Expression factor) {
        return factor instanceof Power p && isInteger(p.exponent()) ? p.base() : factor;
    }

    private static long integerExponent(Expression factor) {
        return factor instanceof Power p && isInteger(p.exponent()) ? (long) ((Constant) p.exponent()).value() : 1;
    }

    /** Integers up to 2²⁰ in size: what is collected stays exact. */
    private static boolean isInteger(Expression exponent) {
        return exponent instanceof Constant c && c.value() == Math.rint(c.value()) && Math.abs(c.value()) <= 1 << 20;
    }

    /** Combines what is broadcast from one shape before it is broadcast: the cheaper order, and the readable one. */
    private static List<Expression> gatherBroadcasts(List<Expression> operands,
            Function<List<Expression>, Expression> combine) {
        var byShape = new LinkedHashMap<Shape, List<Expression>>();
        var gathered = new ArrayList<Expression>();
        for (Expression operand : operands) {
            if (operand instanceof Broadcast b) {
                byShape.computeIfAbsent(b.operand().shape(), _ -> new ArrayList<>()).add(b.operand());
            } else {
                gathered.add(operand);
            }
        }
        if (byShape.isEmpty()) {
            return operands;
        }
        Shape shape = operands.getFirst().shape();
        byShape.values().forEach(group -> gathered.add(LinearAlgebra.broadcast(combine.apply(group), shape)));
        return gathered;
    }

    private static Shape commonShape(List<Expression> operands, String operator) {
        Shape shape = operands.getFirst().shape();
        for (Expression operand : operands) {
            if (operand.shape() != shape && !operand.shape().equals(shape)) {
                throw new ShapeException(
                        "shapes " + shape + " and " + operand.shape() + " do not fit " + operator);
            }
        }
        return shape;
    }
}
