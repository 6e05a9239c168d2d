package dev.nabla.program.kernels;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;
import static java.lang.Math.fma;

/**
 * Sine, cosine and tangent. The argument is reduced to n π/2 + r + t, |r| ≤ π/4, |t| ≪ |r|: by Cody and Waite's
 * subtraction of π/2 in three parts up to {@link #LIMIT}, by Payne and Hanek beyond ({@link PayneHanek}). The
 * polynomials and the way t enters follow fdlibm's {@code k_sin.c} and {@code k_cos.c} (Sun Microsystems 1993).
 */
final class Trigonometry {

    /** 2¹⁶ π/2, rounded down. */
    static final double LIMIT = 102_943;
    static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    static final double ROUNDER = Exponential.ROUNDER;

    /** π/2 as an unevaluated sum; the first two parts have 37 bits, so that their products with n ≤ 2¹⁶ are exact. */
    static final double HALF_PI_1 = 0x1.921fb54440000p+0;
    static final double HALF_PI_2 = 0x1.68c234c4c0000p-39;
    static final double HALF_PI_3 = 0x1.98a2e03707345p-77;

    /** sin(r) = r + r³ (S1 + S2 r² + …). */
    static final double S1 = -0.16666666666666632;
    static final double S2 = 0.008333333333322472;
    static final double S3 = -0.00019841269829835666;
    static final double S4 = 2.755731369732734e-06;
    static final double S5 = -2.5050758486127726e-08;
    static final double S6 = 1.5896796081096785e-10;

    /** cos(r) = 1 − r²/2 + r⁴ (C1 + C2 r² + …). */
    static final double C1 = 0.0416666666666666;
    static final double C2 = -0.0013888888888874459;
    static final double C3 = 2.480158728965488e-05;
    static final double C4 = -2.755731439455179e-07;
    static final double C5 = 2.0875728210802203e-09;
    static final double C6 = -1.1359870343976913e-11;

    static final long SIGN = Long.MIN_VALUE;

    enum Function { SINE, COSINE, TANGENT }

    private Trigonometry() {
    }

    static double sin(double x) {
        return flip(of(Function.SINE, Math.abs(x)), doubleToRawLongBits(x) & SIGN);
    }

    static double cos(double x) {
        return of(Function.COSINE, Math.abs(x));
    }

    static double tan(double x) {
        return flip(of(Function.TANGENT, Math.abs(x)), doubleToRawLongBits(x) & SIGN);
    }

    private static double of(Function function, double a) {
        if (a > LIMIT) {
            return PayneHanek.reduceAndApply(function, a);
        }
        double shifted = fma(a, TWO_OVER_PI, ROUNDER);
        double n = shifted - ROUNDER;
        double first = fma(n, -HALF_PI_1, a);
        double product = n * HALF_PI_2;
        double second = first - product;
        double third = fma(n, -HALF_PI_3, first - second - product);
        double r = second + third;
        return apply(function, doubleToRawLongBits(shifted), r, third - (r - second));
    }

    /** The function at n π/2 + r + t; only the last two bits of n matter. */
    static double apply(Function function, long n, double r, double t) {
        return switch (function) {
            case SINE -> sine(n, r, t);
            case COSINE -> sine(n + 1, r, t);
            case TANGENT -> tangent(n, r, t);
        };
    }

    private static double sine(long n, double r, double t) {
        double z = r * r;
        double head = 1 - 0.5 * z;
        double value = (n & 1) == 0 ? r + sineTail(r, t, z) : head + cosineTail(r, t, z, head);
        return flip(value, (n & 2) << 62);
    }

    private static double tangent(long n, double r, double t) {
        double z = r * r;
        double sineTail = sineTail(r, t, z);
        double head = 1 - 0.5 * z;
        double cosineTail = cosineTail(r, t, z, head);
        double sine = r + sineTail;
        double sineRest = r - sine + sineTail;
        double cosine = head + cosineTail;
        double cosineRest = head - cosine + cosineTail;
        boolean even = (n & 1) == 0;
        double numerator = even ? sine : cosine;
        double numeratorRest = even ? sineRest : cosineRest;
        double denominator = even ? cosine : sine;
        double denominatorRest = even ? cosineRest : sineRest;
        double quotient = numerator / denominator;
        double residue = fma(-quotient, denominator, numerator) + fma(-quotient, denominatorRest, numeratorRest);
        return flip(quotient + residue / denominator, (n & 1) << 63);
    }

    /** sin(r + t) − r. */
    private static double sineTail(double r, double t, double z) {
        double z2 = z * z;
        double even = fma(fma(S5, z2, S3), z2, S1);
        double odd = fma(fma(S6, z2, S4), z2, S2);
        return fma(r * z, fma(odd, z, even), fma(z, -0.5, 1) * t);
    }

    /** cos(r + t) less its head, 1 − r²/2 rounded. */
    private static double cosineTail(double r, double t, double z, double head) {
        double z2 = z * z;
        double even = fma(fma(C5, z2, C3), z2, C1);
        double odd = fma(fma(C6, z2, C4), z2, C2);
        return fma(z2, fma(odd, z, even), 1 - head - 0.5 * z - r * t);
    }

    private static double flip(double value, long sign) {
        return longBitsToDouble(doubleToRawLongBits(value) ^ sign);
    }
}
