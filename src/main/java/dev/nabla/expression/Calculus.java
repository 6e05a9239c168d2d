package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.LinearAlgebra.broadcast;
import static dev.nabla.expression.LinearAlgebra.stack;

import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Norm;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The partial derivatives of the entrywise operations, which both modes of differentiation use. */
final class Calculus {

    private static final int FEW = 4;

    private Calculus() {}

    /** What a product is divided by, as a factor; its derivative is divided by it as well. */
    static Optional<Expression> divisor(Product product) {
        return Optional.of(product.factors().getLast()).filter(Factors::isNumber);
    }

    /** The factors but for {@link #divisor}. */
    static List<Expression> undivided(Product product) {
        return divisor(product).isEmpty() ? product.factors()
                : product.factors().subList(0, product.factors().size() - 1);
    }

    /** For every factor the product of the others; of many factors from the products before and behind it. */
    static List<Expression> productsOfOthers(List<Expression> factors) {
        if (factors.size() == 1) {
            return List.of(constant(1, factors.getFirst().shape()));
        }
        var others = new ArrayList<Expression>();
        if (factors.size() <= FEW) {
            for (int i = 0; i < factors.size(); i++) {
                var rest = new ArrayList<>(factors);
                rest.remove(i);
                others.add(product(rest));
            }
            return others;
        }
        Expression before = constant(1, factors.getFirst().shape());
        for (Expression factor : factors) {
            others.add(before);
            before = product(before, factor);
        }
        Expression behind = constant(1, factors.getFirst().shape());
        for (int i = factors.size() - 1; i >= 0; i--) {
            others.set(i, product(others.get(i), behind));
            behind = product(behind, factors.get(i));
        }
        return others;
    }

    /**
     * ∂(bᵉ)/∂b = e bᵉ⁻¹. Where e is 0 that is 0 for every b. Where b is nowhere negative and 0 < e < 1, it is 0 at b = 0:
     * a minimum of b, so that the chain rule multiplies by 0.
     */
    static Expression derivativeByBase(Power power) {
        Expression e = power.exponent();
        if (power.base().sign() == Sign.NON_NEGATIVE && e instanceof Constant c && c.value() > 0 && c.value() < 1) {
            return divide(e, apply(ScalarFunction.NONZERO, power(power.base(), 1 - c.value())));
        }
        return product(e, power(unguarded(power.base()), lowered(e)));
    }

    /** Whether a product is divided by something that is no number, which may be too large for the others alone. */
    static boolean isQuotient(List<Expression> factors) {
        return factors.stream().anyMatch(factor -> factor instanceof Power p && isDivision(p)
                || factor instanceof Broadcast b && b.operand() instanceof Power q && isDivision(q));
    }

    /** Whether it is a product that is divided by something of its own shape. */
    static boolean isPlainQuotient(Expression node) {
        return node instanceof Product p && p.factors().stream().anyMatch(q -> q instanceof Power d && isDivision(d)
                && !Factors.isNumber(d));
    }

    /** A product with a further factor, which multiplies it before it is divided. */
    static Expression times(Expression product, Expression factor) {
        if (!isPlainQuotient(product)) {
            return product(product, factor);
        }
        var all = new ArrayList<>(((Product) product).factors());
        all.add(factor);
        return product(all);
    }

    /** The factors with another one at a place. */
    static Expression productWith(List<Expression> factors, int place, Expression other) {
        var all = new ArrayList<>(factors);
        all.set(place, other);
        return product(all);
    }

    /** Whether it divides: bᵉ with a constant e < 0. */
    static boolean isDivision(Power power) {
        return power.exponent() instanceof Constant e && e.value() < 0;
    }

    /**
     * What a change of b makes of bᵉ, e < 0: e bᵉ⁻¹ times it as one product, in which it is divided by b several times. Of
     * bᵉ⁻¹ alone nothing may be left where b is large.
     */
    static Expression changeByBase(Power power, Expression change) {
        Expression e = power.exponent();
        return product(e, change, power(unguarded(power.base()), sum(e, constant(-1, e.shape()))));
    }

    /** What a derivative is divided by, so that it has no value at 0. */
    static Expression unguarded(Expression base) {
        return base instanceof Apply a && a.function() == ScalarFunction.NONZERO ? a.operand() : base;
    }

    /** Whether it is f(x)ⁿ with n = 2, 3, …. */
    static boolean isOfFunction(Power power) {
        return power.base() instanceof Apply a && a.function() != ScalarFunction.NONZERO
                && power.exponent() instanceof Constant c && c.value() >= 2 && c.value() == Math.rint(c.value());
    }

    /** ∂(f(x)ⁿ)/∂x = n f(x)ⁿ⁻¹ f′(x) as one product, so that (sech²)′ is −2 tanh sech². */
    static Expression derivativeByArgument(Power power, Apply base) {
        Expression derivative = base.function().derivative(base.operand());
        var factors = new ArrayList<Expression>(List.of(power.exponent(), power(base, lowered(power.exponent()))));
        factors.addAll(derivative instanceof Product p ? p.factors() : List.of(derivative));
        return product(factors);
    }

    /** e − 1, or 0 in entries that are the constant 0, whose power is multiplied by 0. */
    private static Expression lowered(Expression e) {
        return switch (e) {
            case Stack s -> stack(s.parts().stream().map(Calculus::lowered).toList());
            case Constant c when c.value() == 0 -> c;
            default -> sum(e, constant(-1, e.shape()));
        };
    }

    /** ∂(bᵉ)/∂e = bᵉ ln b, which is 0 where b is 0 and e positive. */
    static Expression derivativeByExponent(Power power) {
        return apply(BinaryFunction.XLOGY, power, power.base());
    }

    /** ∂‖x‖/∂x = x / ‖x‖, and 0 at 0, the subgradient of least norm. */
    static Expression direction(Norm norm) {
        Expression x = norm.operand();
        return divide(x, broadcast(apply(ScalarFunction.NONZERO, norm), x.shape()));
    }
}
