package dev.nabla.program.kernels;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;
import static java.lang.Math.fma;

/**
 * The exponential function and its relatives. All reduce the argument to y = n ln 2 + r (Cody and Waite, "Software
 * Manual for the Elementary Functions", 1980) and evaluate one polynomial for exp(r) − 1. Where 1 comes off the result,
 * r lies in [−0.25 ln 2, 0.75 ln 2] instead of [−0.5 ln 2, 0.5 ln 2]: then 2ⁿ exp(r) − 1 never cancels, which keeps the
 * relative error of tanh and sinh small with no second polynomial.
 */
final class Exponential {

    static final double LOG2_E = 0x1.71547652b82fep+0;
    static final double LEAN = -0.25;
    /** 1.5·2⁵²: adding it rounds to an integer, which then stands in the low bits of the significand. */
    static final double ROUNDER = 0x1.8p52;
    /** The bits of 1, ½ and ¼. */
    static final long ONE_BITS = 0x3ff0_0000_0000_0000L;
    static final long HALF_BITS = 0x3fe0_0000_0000_0000L;
    static final long QUARTER_BITS = 0x3fd0_0000_0000_0000L;

    /** −ln 2 as an unevaluated sum. */
    static final double MINUS_LN2 = -0x1.62e42fefa39efp-1;
    static final double MINUS_LN2_REST = -0x1.abc9e3b39803fp-56;

    /** exp(r) − 1 = r + r²/2 + r³ (C3 + C4 r + …), for both intervals; relative error below 2⁻⁵⁸. */
    static final double C3 = 0.16666666666666557;
    static final double C4 = 0.04166666666667271;
    static final double C5 = 0.00833333333340384;
    static final double C6 = 0.0013888888885454267;
    static final double C7 = 0.0001984126970248946;
    static final double C8 = 2.4801594189903713e-05;
    static final double C9 = 2.7557409388406567e-06;
    static final double C10 = 2.755144274365913e-07;
    static final double C11 = 2.505703717941062e-08;
    static final double C12 = 2.2701807515462156e-09;

    /** Beyond these, x exp(x) is 0 and exp(x) is infinite. */
    static final double LOWEST = -760;
    static final double HIGHEST = 760;
    /** Beyond these, exp(x) − 1 is −1 and infinite. */
    static final double EXPM1_LOWEST = -60;
    static final double EXPM1_HIGHEST = 710;
    /** Above this 2|x|, h of tanh is taken as infinite, which it is for the second argument. */
    static final double TANH_OVERFLOW = 710.3;
    static final double TANH_OVERFLOWN = 710.9;
    /** Below this h, h − h (h / (h + ¼)) is more accurate than h / (h + ¼). */
    static final double SINH_REFINED = 0.1875;
    /** From here on sinh and cosh are infinite. */
    static final double HYPERBOLIC_OVERFLOW = 710.5;
    /** Below, sinh(x) = x. */
    static final double SINH_LINEAR = 0x1p-28;

    private Exponential() {
    }

    static double exp(double x) {
        double y = clamp(x, LOWEST, HIGHEST);
        double shifted = fma(y, LOG2_E, ROUNDER);
        double n = shifted - ROUNDER;
        double half = fma(n, 0.5, ROUNDER);
        return (1 + expm1(y, n)) * power(half, ONE_BITS) * powerOfDifference(shifted, half);
    }

    /** In h = (exp(2|x|) − 1) / 2 and q = 1 / (h + 1) it is h q, or h − h (h q), or 1 − q. */
    static double tanh(double x) {
        double h = halfExpm1OfTwice(x);
        double q = 1 / (h + 1);
        return Math.copySign(h < 1 ? fma(-h, h * q, h) : 1 - q, x);
    }

    /** tanh′(x) = 1 − tanh²(x) = q (2 − q) with the q of {@link #tanh}; 0 where it is too small for a normal number. */
    static double tanhSlope(double x) {
        double q = 1 / (halfExpm1OfTwice(x) + 1);
        return q * (2 - q);
    }

    /** exp(x) − 1, for positive x with an r that leans to the right. */
    static double expm1(double x) {
        double y = clamp(x, EXPM1_LOWEST, EXPM1_HIGHEST);
        double shifted = fma(y, LOG2_E, y > 0 ? LEAN : 0) + ROUNDER;
        double n = shifted - ROUNDER;
        double scale = power(shifted, HALF_BITS);
        double p = expm1(y, n);
        double result = n == 0 ? p : 2 * fma(scale, p, scale - 0.5);
        return Math.copySign(result, x);
    }

    private static double halfExpm1OfTwice(double x) {
        double y = 2 * Math.abs(x);
        y = y > TANH_OVERFLOW ? TANH_OVERFLOWN : y;
        double shifted = leaning(y);
        double scale = power(shifted, HALF_BITS);
        return fma(scale, expm1(y, shifted - ROUNDER), scale - 0.5);
    }

    /** 2 e / (1 + e²) with e = exp(−|x|). */
    static double sech(double x) {
        double e = exp(-Math.abs(x));
        double denominator = fma(e, e, 1);
        return quotient(2 * e, 0, denominator, fma(e, e, 1 - denominator));
    }

    /** In h = (exp(|x|) − 1) / 4, so that nothing overflows early. */
    static double sinh(double x) {
        double a = Math.abs(x);
        double y = a > HYPERBOLIC_OVERFLOW ? HYPERBOLIC_OVERFLOW : a;
        double shifted = leaning(y);
        double scale = power(shifted, QUARTER_BITS);
        double h = fma(scale, expm1(y, shifted - ROUNDER), scale - 0.25);
        double quotient = h / fma(h, 4, 1);
        double result = 2 * (h < SINH_REFINED ? fma(h * -4, quotient, h * 2) : h + quotient);
        return Math.copySign(a < SINH_LINEAR ? a : result, x);
    }

    static double cosh(double x) {
        double a = Math.abs(x);
        double y = a > HYPERBOLIC_OVERFLOW ? HYPERBOLIC_OVERFLOW : a;
        double shifted = fma(y, LOG2_E, ROUNDER);
        double h = (1 + expm1(y, shifted - ROUNDER)) * power(shifted, QUARTER_BITS);
        return 2 * (h + 0.0625 / h);
    }

    /** 1 / (1 + exp(−x)), for negative x as exp(x) / (1 + exp(x)). */
    static double sigmoid(double x) {
        double e = exp(-Math.abs(x));
        double denominator = 1 + e;
        double denominatorRest = e - (denominator - 1);
        double numerator = x < 0 ? e : 1;
        double reciprocal = 1 / denominator;
        double quotient = numerator * reciprocal;
        return fma(fma(-quotient, denominatorRest, fma(-quotient, denominator, numerator)), reciprocal, quotient);
    }

    /** x / (1 + exp(−x)), for negative x as x exp(x) / (1 + exp(x)), scaled last in case the result is subnormal. */
    static double swish(double x) {
        double y = -Math.abs(x);
        y = y < LOWEST ? LOWEST : y;
        double shifted = fma(y, LOG2_E, ROUNDER);
        double n = shifted - ROUNDER;
        double half = fma(n, 0.5, ROUNDER);
        double scaled = (1 + expm1(y, n)) * power(half, ONE_BITS);
        double rest = powerOfDifference(shifted, half);
        double e = scaled * rest;
        double denominator = 1 + e;
        double denominatorRest = e - (denominator - 1);
        boolean negative = x < 0;
        double factor = negative ? scaled : 1;
        double c = negative ? y : x;
        double numerator = c * factor;
        double value = quotient(numerator, fma(c, factor, -numerator), denominator, denominatorRest);
        double result = value * (negative ? rest : 1);
        return x > HIGHEST ? x : result;
    }

    /** The quotient of two unevaluated sums, which loses less than the quotient of their rounded values. */
    static double quotient(double numerator, double numeratorRest, double denominator, double denominatorRest) {
        double reciprocal = 1 / denominator;
        double quotient = numerator * reciprocal;
        double residue = fma(-quotient, denominatorRest, fma(-quotient, denominator, numerator)) + numeratorRest;
        return fma(residue, reciprocal, quotient);
    }

    static double clamp(double x, double low, double high) {
        double y = x < low ? low : x;
        return y > high ? high : y;
    }

    /** n + {@link #ROUNDER} for an r that leans to the right. */
    static double leaning(double y) {
        return fma(y, LOG2_E, LEAN) + ROUNDER;
    }

    /**
     * exp(y − n ln 2) − 1. The subtraction of n times the head of ln 2 is exact; the square goes in with one rounding, as
     * it matters most.
     */
    static double expm1(double y, double n) {
        double head = fma(n, MINUS_LN2, y);
        double rest = n * MINUS_LN2_REST;
        double r = head + rest;
        double r2 = r * r;
        double r4 = r2 * r2;
        double low = fma(fma(r, C6, C5), r2, fma(r, C4, C3));
        double high = fma(fma(r, C12, C11), r4, fma(fma(r, C10, C9), r2, fma(r, C8, C7)));
        double cubic = fma(fma(high, r4, low) * r, r2, rest);
        return head + fma(0.5 * r, r, cubic);
    }

    /** 2ⁿ times the power of two with the given bits, from n + {@link #ROUNDER}. */
    static double power(double shifted, long bits) {
        return longBitsToDouble((doubleToRawLongBits(shifted) << 52) + bits);
    }

    /** 2ⁿ⁻ᵐ from n and m, both plus {@link #ROUNDER}. */
    static double powerOfDifference(double n, double m) {
        return longBitsToDouble((doubleToRawLongBits(n) - doubleToRawLongBits(m) << 52) + ONE_BITS);
    }
}
