package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Logarithm.CENTRE;
import static dev.nabla.program.kernels.Logarithm.SIGNIFICAND;
import static dev.nabla.program.kernels.Logarithm.SQRT_HALF_BITS;
import static dev.nabla.program.kernels.Logarithm.TWO_52_BITS;
import static dev.nabla.program.kernels.Logarithm.TWO_52_PLUS_BIAS;
import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;
import static java.lang.Math.fma;

/**
 * The inverses of the hyperbolic functions, which are areas below a hyperbola, and ln(1 + x): logarithms of an unevaluated
 * sum, of which what rounding took is added to the result, as ln(u + d) = ln u + d / u.
 */
final class Area {

    /** Below, asinh(x) = atanh(x) = x. */
    static final double LINEAR = 0x1p-28;
    /** Above, √(x² ± 1) = x. */
    static final double LARGE = 0x1p28;

    private Area() {
    }

    static double log1p(double x) {
        double u = 1 + x;
        double rest = Math.abs(x) < 1 ? x - (u - 1) : 1 - (u - x);
        return Math.copySign(logarithm(u, rest, 0), x);
    }

    /** ln(a + √(a² + 1)). */
    static double asinh(double x) {
        double a = Math.abs(x);
        double p = a * a;
        double q = p + 1;
        double qRest = (p < 1 ? p - (q - 1) : 1 - (q - p)) + fma(a, a, -p);
        double s = Math.sqrt(q);
        double sRest = (fma(-s, s, q) + qRest) / (s + s);
        double u = a + s;
        boolean large = a > LARGE;
        double result = logarithm(large ? a : u, large ? 0 : a - (u - s) + sRest, large ? 1 : 0);
        return Math.copySign(a < LINEAR ? a : result, x);
    }

    /** ln(x + √(x² − 1)). */
    static double acosh(double x) {
        double p = x * x;
        double q = p - 1;
        double qRest = p - q - 1 + fma(x, x, -p);
        double s = Math.sqrt(q);
        double sRest = s > 0 ? (fma(-s, s, q) + qRest) / (s + s) : 0;
        double u = x + s;
        boolean large = x > LARGE;
        double result = logarithm(large ? x : u, large ? 0 : s - (u - x) + sRest, large ? 1 : 0);
        return x >= 1 ? result : Double.NaN;
    }

    /** ½ ln(1 + 2a / (1 − a)). */
    static double atanh(double x) {
        double a = Math.abs(x);
        double d = 1 - a;
        double dRest = 1 - d - a;
        double q = (a + a) / d;
        double qRest = (fma(-q, d, a + a) - q * dRest) / d;
        double u = 1 + q;
        double rest = (q < 1 ? q - (u - 1) : 1 - (u - q)) + qRest;
        double result = 0.5 * logarithm(u, rest, 0);
        return Math.copySign(a < LINEAR ? a : result, x);
    }

    /** ln(2ᵐ (u + rest)) of a u that is 0 or a normal number, as {@link Logarithm#log} has it. */
    private static double logarithm(double u, double rest, double m) {
        long centred = doubleToRawLongBits(u) + CENTRE;
        double k = longBitsToDouble((centred >>> 52) | TWO_52_BITS) - TWO_52_PLUS_BIAS + m;
        double f = longBitsToDouble((centred & SIGNIFICAND) + SQRT_HALF_BITS) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double z2 = z * z;
        double even = fma(fma(fma(Logarithm.L7, z2, Logarithm.L5), z2, Logarithm.L3), z2, Logarithm.L1);
        double odd = fma(fma(Logarithm.L6, z2, Logarithm.L4), z2, Logarithm.L2);
        double r = fma(odd, z, even) * z;
        double low = fma(k, Logarithm.LN2_REST, rest / u);
        double result = fma(k, Logarithm.LN2, f - fma(s, f - r, -low));
        result = u >= 0 ? result : Double.NaN;
        result = u == 0 ? Double.NEGATIVE_INFINITY : result;
        return u == Double.POSITIVE_INFINITY ? u : result;
    }
}
