package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;

import dev.nabla.expression.Expression.Power;
import java.util.ArrayList;
import java.util.List;

/** The partial derivatives of the entrywise operations, which both modes of differentiation use. */
final class Calculus {

    private static final int FEW = 4;

    private Calculus() {}

    /** For every factor the product of the others; of many factors from the products before and behind it. */
    static List<Expression> productsOfOthers(List<Expression> factors) {
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

    /** ∂(bᵉ)/∂b = e bᵉ⁻¹. */
    static Expression derivativeByBase(Power power) {
        Expression lower = sum(power.exponent(), constant(-1, power.shape()));
        return product(power.exponent(), power(power.base(), lower));
    }

    /** ∂(bᵉ)/∂e = bᵉ ln b. */
    static Expression derivativeByExponent(Power power) {
        return product(power, apply(ScalarFunction.LOG, power.base()));
    }
}
