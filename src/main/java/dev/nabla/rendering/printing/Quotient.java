package dev.nabla.rendering.printing;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A product as it is written: a sign, a number, what is multiplied and what it is divided by.
 *
 * @param coefficient positive
 */
public record Quotient(boolean isNegative, double coefficient, List<Expression> numerator, List<Divisor> divisors) {

    /** A base to a positive whole power. */
    public record Divisor(Expression base, double exponent) {}

    /** @param isDivision whether a factor is a power that is written as a division */
    static Quotient of(List<Expression> factors, Predicate<Expression> isDivision) {
        double coefficient = 1;
        var numerator = new ArrayList<Expression>();
        var divisors = new ArrayList<Divisor>();
        for (Expression factor : factors) {
            if (factor instanceof Constant c) {
                coefficient *= c.value();
            } else if (factor instanceof Power p && isDivision.test(p)) {
                divisors.add(new Divisor(p.base(), -((Constant) p.exponent()).value()));
            } else {
                numerator.add(factor);
            }
        }
        return new Quotient(coefficient < 0, Math.abs(coefficient), numerator, divisors);
    }

    /** Whether its exponent is a negative whole number, small enough that powers of it are collected. */
    static boolean isReciprocal(Power power) {
        return power.exponent() instanceof Constant c && c.value() < 0 && c.value() == Math.rint(c.value())
                && c.value() >= -(1 << 20);
    }

    public boolean hasCoefficient() {
        return coefficient != 1;
    }
}
