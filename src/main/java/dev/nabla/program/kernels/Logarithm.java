package dev.nabla.program.kernels;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;
import static java.lang.Math.fma;

/**
 * The logarithm, and what is made of it. With s = f / (2 + f), ln(1 + f) = 2 artanh(s) = f − s (f − R(s²)), where R is a
 * polynomial (fdlibm's {@code e_log.c}, Sun Microsystems 1993).
 */
final class Logarithm {

    /** ln 2 as an unevaluated sum; the first part has 42 bits, so that its product with an exponent is exact. */
    static final double LN2 = 0x1.62e42fefa3800p-1;
    static final double LN2_REST = 0x1.ef35793c76730p-45;

    static final double TWO_54 = 0x1p54;
    static final long SQRT_HALF_BITS = 0x3fe6_a09e_667f_3bcdL;
    /** What takes the bits of √½ to those of 1. */
    static final long CENTRE = 0x3ff0_0000_0000_0000L - SQRT_HALF_BITS;
    static final long SIGNIFICAND = 0x000f_ffff_ffff_ffffL;
    /** The bits of 2⁵²: a small integer in the low bits makes it the fraction's value plus 2⁵². */
    static final long TWO_52_BITS = 0x4330_0000_0000_0000L;
    static final double TWO_52_PLUS_BIAS = 0x1p52 + 1023;

    /** R(z)/z for √½ ≤ 1 + f ≤ √2. */
    static final double L1 = 0.6666666666666734;
    static final double L2 = 0.39999999999415586;
    static final double L3 = 0.2857142874242584;
    static final double L4 = 0.2222219855107234;
    static final double L5 = 0.181835662336406;
    static final double L6 = 0.15313985349967693;
    static final double L7 = 0.14796745729197638;

    /** R(z)/z for 0 ≤ f ≤ 1. */
    static final double S1 = 0.6666666666666631;
    static final double S2 = 0.40000000000156244;
    static final double S3 = 0.2857142854795059;
    static final double S4 = 0.22222223964904883;
    static final double S5 = 0.181817440653873;
    static final double S6 = 0.15386557405877743;
    static final double S7 = 0.13301001724316727;
    static final double S8 = 0.12105895253577213;
    static final double S9 = 0.08340820995826864;
    static final double S10 = 0.17017423223246383;

    private Logarithm() {
    }

    static double log(double x) {
        boolean tiny = x < Double.MIN_NORMAL;
        long centred = doubleToRawLongBits(tiny ? x * TWO_54 : x) + CENTRE;
        double exponent = longBitsToDouble((centred >>> 52) | TWO_52_BITS) - TWO_52_PLUS_BIAS;
        double k = tiny ? exponent - 54 : exponent;
        double f = longBitsToDouble((centred & SIGNIFICAND) + SQRT_HALF_BITS) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double z2 = z * z;
        double even = fma(fma(fma(L7, z2, L5), z2, L3), z2, L1);
        double odd = fma(fma(L6, z2, L4), z2, L2);
        double r = fma(odd, z, even) * z;
        double result = fma(k, LN2, f - fma(s, f - r, k * -LN2_REST));
        result = x >= 0 ? result : Double.NaN;
        result = x == 0 ? Double.NEGATIVE_INFINITY : result;
        return x == Double.POSITIVE_INFINITY ? x : result;
    }

    /** max(x, 0) + ln(1 + exp(−|x|)). */
    static double softplus(double x) {
        return (x > 0 ? x : 0) + onePlus(Exponential.exp(-Math.abs(x)));
    }

    /** ln(1 + f) for 0 ≤ f ≤ 1. */
    private static double onePlus(double f) {
        double s = f / (2 + f);
        double z = s * s;
        double z2 = z * z;
        double even = fma(fma(fma(fma(S9, z2, S7), z2, S5), z2, S3), z2, S1);
        double odd = fma(fma(fma(fma(S10, z2, S8), z2, S6), z2, S4), z2, S2);
        double r = fma(odd, z, even) * z;
        return fma(-s, f - r, f);
    }

    /** The larger one + ln(1 + exp(d)) with their difference d, and the slope σ(d) times what rounding took from d. */
    static double logAddExp(double x, double y) {
        double least = Math.min(x, y);
        double most = Math.max(x, y);
        double d = x == y ? 0 : least - most;
        double f = Exponential.exp(d);
        double logarithm = onePlus(f);
        double part = d - least;
        double rest = d < 0 && d > Exponential.LOWEST ? least - (d - part) - (most + part) : 0;
        return most + fma(rest, f / (1 + f), logarithm);
    }

    static double xLogY(double x, double y) {
        return x == 0 && y >= 0 ? 0 : x * log(y);
    }
}
