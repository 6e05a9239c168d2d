package dev.nabla.rendering;

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
record Quotient(boolean isNegative, double coefficient, List<Expression> numerator, List<Divisor> divisors) {

    /** A base to a positive whole power. */
    record Divisor(Expression base, double exponent) {}

    /** @param isOpen whether a factor may be taken apart */
    static Quotient of(List<Expression> factors, Predicate<Expression> isOpen) {
        double coefficient = 1;
        var numerator = new ArrayList<Expression>();
        var divisors = new ArrayList<Divisor>();
        for (Expression factor : factors) {
            switch (factor) {
                case Constant c -> coefficient *= c.value();
                case Power p when isOpen.test(p) && isReciprocal(p) ->
                    divisors.add(new Divisor(p.base(), -((Constant) p.exponent()).value()));
                default -> numerator.add(factor);
            }
        }
        return new Quotient(coefficient < 0, Math.abs(coefficient), numerator, divisors);
    }

    /** Whether it is written as a quotient: only those that multiply out exactly when they are read back. */
    static boolean isReciprocal(Power power) {
        return power.exponent() instanceof Constant c && c.value() < 0 && c.value() == Math.rint(c.value())
                && c.value() >= -(1 << 20);
    }

    boolean hasCoefficient() {
        return coefficient != 1;
    }
}
