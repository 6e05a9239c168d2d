package dev.nabla.bounds;

import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Interval;

/** Operations on intervals, rounded outward. */
final class Outward {

    private static final Interval NON_NEGATIVE = new Interval(0, Double.POSITIVE_INFINITY);

    private Outward() {}

    /** The least product of a number from a to b and one from c to d. */
    static double productDown(double a, double b, double c, double d) {
        if (a >= 0) {
            return Rounding.multiplyDown(c >= 0 ? a : b, c);
        } else if (b <= 0) {
            return Rounding.multiplyDown(d <= 0 ? b : a, d);
        } else if (c >= 0) {
            return Rounding.multiplyDown(a, d);
        } else if (d <= 0) {
            return Rounding.multiplyDown(b, c);
        }
        return Math.min(Rounding.multiplyDown(a, d), Rounding.multiplyDown(b, c));
    }

    /** The greatest such product. */
    static double productUp(double a, double b, double c, double d) {
        return -productDown(-b, -a, c, d);
    }

    static Interval power(Power node, Interval base, Interval exponent) {
        if (exponent.isOneNumber()) {
            boolean isEven = node.exponent() instanceof Constant c && c.value() % 2 == 0;
            return Rounding.widened(base.power(exponent.low()), isEven ? NON_NEGATIVE : Interval.ALL, 0);
        }
        // It rises or falls along every side.
        return base.low() <= 0 ? Interval.ALL
                : Rounding.widened(base.power(exponent.low()).or(base.power(exponent.high())), NON_NEGATIVE, 0);
    }

    static Interval square(Interval x) {
        Interval size = x.absolute();
        return new Interval(Math.max(0, Rounding.multiplyDown(size.low(), size.low())), Rounding.multiplyUp(size.high(), size.high()));
    }

    static Interval root(Interval x) {
        return new Interval(Math.max(0, Math.nextDown(Math.sqrt(Math.max(0, x.low())))), Math.nextUp(Math.sqrt(x.high())));
    }
}
