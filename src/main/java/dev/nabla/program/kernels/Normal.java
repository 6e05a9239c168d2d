package dev.nabla.program.kernels;

import static java.lang.Math.fma;

/**
 * The error functions, GELU and the standard normal distribution. They rest on the tail, Φ(−a) = exp(−a²/2) P(t) / (a + K) with
 * t = (a − K) / (a + K) and one polynomial P for all a ≥ 0.6 (after Shepherd and Laframboise, "Chebyshev
 * approximation of (1 + 2x) exp(x²) erfc x in 0 ≤ x &lt; ∞", Mathematics of Computation 36, 1981).
 */
final class Normal {

    /** K; of the values that make P short and flat, one whose P(0) is close to a double. */
    static final double CENTRE = 2.4375;

    static final double P0 = 0.7031527808672081;
    static final double P1 = -0.42252719789946913;
    static final double P2 = 0.11910341588826548;
    static final double P3 = 0.014661590634211512;
    static final double P4 = -0.01544033124826968;
    static final double P5 = -0.0027890368537082377;
    static final double P6 = 0.0022617078551774913;
    static final double P7 = 0.0009883241404532446;
    static final double P8 = -0.0002007157157909949;
    static final double P9 = -0.00028426785867950347;
    static final double P10 = -5.972544709975771e-05;
    static final double P11 = 4.5313177258337e-05;
    static final double P12 = 3.6468550699373246e-05;
    static final double P13 = 5.920997943405814e-06;
    static final double P14 = -7.058140916990018e-06;
    static final double P15 = -5.489517032603349e-06;
    static final double P16 = -1.2878810153390328e-06;
    static final double P17 = 4.6577931560414634e-07;
    static final double P18 = 1.2056508434399786e-06;
    static final double P19 = 9.733213914381948e-07;
    static final double P20 = -5.098033494611932e-07;
    static final double P21 = -4.975223686979053e-07;
    static final double P22 = 2.3142702278027076e-07;
    /** P′/P, which is nearly constant. */
    static final double SLOPE = -0.58;

    /** erf(a) = a + a (E0 + E1 a² + …) for a up to {@link #SMALL}. */
    static final double E0 = 0.1283791670955126;
    static final double E1 = -0.3761263890318411;
    static final double E2 = 0.11283791670972039;
    static final double E3 = -0.026866170648260593;
    static final double E4 = 0.005223977655078165;
    static final double E5 = -0.0008548328652351803;
    static final double E6 = 0.00012055388227719954;
    static final double E7 = -1.492683006192425e-05;
    static final double E8 = 1.6477636395797854e-06;
    static final double E9 = -1.6479713269245589e-07;
    static final double E10 = 1.5098367731224454e-08;
    static final double E11 = -1.0825197363342292e-09;

    /** Φ(x) = ½ + x (F0 + F1 x² + …) for |x| up to {@link #NEAR}. */
    static final double F0 = 0.3989422804014327;
    static final double F1 = -0.06649038006690872;
    static final double F2 = 0.009973557010160807;
    static final double F3 = -0.0011873282176193107;
    static final double F4 = 0.00011543470691915614;
    static final double F5 = -9.444754032632446e-06;
    static final double F6 = 6.662448801821704e-07;
    static final double F7 = -4.161215564343279e-08;
    static final double F8 = 2.425051412102788e-09;

    static final double NEAR = 0.6;
    static final double SMALL = 0.9;
    /** From here on erf is 1. */
    static final double SATURATION = 6;
    static final double SQRT_2 = 0x1.6a09e667f3bcdp+0;
    static final double SQRT_2_REST = -0x1.bdd3413b26456p-54;
    /** Up to it erfc is 1 − erf. */
    static final double HALF = 0.5;
    /** From here on erfc is 0. */
    static final double ERFC_VANISHING = 28;
    /** From here on a Φ(−a) and the density are 0. */
    static final double VANISHING = 40;

    /** 1/√(2π) as an unevaluated sum. */
    static final double DENSITY = 0x1.9884533d43651p-2;
    static final double DENSITY_REST = -0x1.cbc0d30ebfd15p-56;

    private Normal() {
    }

    static double erf(double x) {
        double a = Math.abs(x);
        double c = a > SATURATION ? SATURATION : a;
        double z = c * c;
        double b = c * SQRT_2;
        double shifted = fma(-z, Exponential.LOG2_E, Exponential.ROUNDER);
        double p = Exponential.expm1(-z, shifted - Exponential.ROUNDER);
        double e = (1 + p) * Exponential.power(shifted, Exponential.ONE_BITS);
        double tail = 2 * e * tailPolynomial((b - CENTRE) / (b + CENTRE)) / (b + CENTRE);
        double value = c < SMALL ? fma(c, smallPolynomial(z), c) : 1 - tail;
        return Math.copySign(value, x);
    }

    /** erfc(a) = 2 Φ(−√2 a), of which the exponent −a² and √2 a keep their rounding errors. */
    static double erfc(double x) {
        double a = Math.abs(x);
        double c = a > ERFC_VANISHING ? ERFC_VANISHING : a;
        double z = c * c;
        double shifted = fma(-z, Exponential.LOG2_E, Exponential.ROUNDER);
        double n = shifted - Exponential.ROUNDER;
        double p = Exponential.expm1(-z, n);
        double e = 1 + p;
        double eRest = fma(-e, fma(c, c, -z), p - (e - 1));

        double b = c * SQRT_2;
        double bRest = fma(c, SQRT_2_REST, fma(c, SQRT_2, -b));
        double difference = b - CENTRE;
        double differenceRest = b - (difference + CENTRE) + bRest;
        double sum = b + CENTRE;
        double sumRest = b - (sum - CENTRE) + bRest;
        double reciprocal = 1 / sum;
        double t = difference * reciprocal;
        double tRest = (fma(-t, sum, difference) + fma(-t, sumRest, differenceRest)) * reciprocal;
        double polynomial = tailPolynomial(t);
        double polynomialRest = polynomial * (tRest * SLOPE);
        double scaled = polynomial * e;
        double scaledRest = fma(polynomial, e, -scaled) + fma(polynomial, eRest, polynomialRest * e);
        double quotient = scaled * reciprocal;
        double residue = fma(-quotient, sumRest, fma(-quotient, sum, scaled)) + scaledRest;
        double half = fma(n, 0.5, Exponential.ROUNDER);
        double tail = 2 * fma(residue, reciprocal, quotient)
                * Exponential.power(half, Exponential.ONE_BITS) * Exponential.powerOfDifference(shifted, half);
        double near = 1 - fma(x, smallPolynomial(z), x);
        return a < HALF ? near : x < 0 ? 2 - tail : tail;
    }

    /** x Φ(x). */
    static double gelu(double x) {
        double a = Math.abs(x);
        double c = a > VANISHING ? VANISHING : a;
        double near = x * fma(x, nearPolynomial(c * c), 0.5);
        double tail = tail(c, c);
        double far = x < 0 ? -tail : x - tail;
        return a < NEAR ? near : far;
    }

    /** Φ(x), the distribution function. */
    static double normcdf(double x) {
        double a = Math.abs(x);
        double c = a > VANISHING ? VANISHING : a;
        double near = fma(x, nearPolynomial(c * c), 0.5);
        double tail = tail(c, 1);
        double far = x < 0 ? tail : 1 - tail;
        return a < NEAR ? near : far;
    }

    /**
     * f Φ(−c). On the way each factor keeps its rounding error, as an unevaluated sum, since exp(−c²/2) would multiply
     * that of c².
     */
    private static double tail(double c, double f) {
        double square = c * c;
        double y = -0.5 * square;
        double shifted = fma(y, Exponential.LOG2_E, Exponential.ROUNDER);
        double n = shifted - Exponential.ROUNDER;
        double p = Exponential.expm1(y, n);
        double e = 1 + p;
        double eRest = fma(e * -0.5, fma(c, c, -square), p - (e - 1));

        double difference = c - CENTRE;
        double differenceRest = c - (difference + CENTRE);
        double sum = c + CENTRE;
        double sumRest = c - (sum - CENTRE);
        double reciprocal = 1 / sum;
        double t = difference * reciprocal;
        double tRest = (fma(-t, sum, difference) + fma(-t, sumRest, differenceRest)) * reciprocal;
        double polynomial = tailPolynomial(t);
        double polynomialRest = polynomial * (tRest * SLOPE);

        double product = f * polynomial;
        double productRest = fma(f, polynomial, -product) + f * polynomialRest;
        double scaled = product * e;
        double scaledRest = fma(product, e, -scaled) + fma(product, eRest, productRest * e);
        double quotient = scaled * reciprocal;
        double residue = fma(-quotient, sumRest, fma(-quotient, sum, scaled)) + scaledRest;
        double half = fma(n, 0.5, Exponential.ROUNDER);
        return fma(residue, reciprocal, quotient)
                * Exponential.power(half, Exponential.ONE_BITS) * Exponential.powerOfDifference(shifted, half);
    }

    /** exp(−x²/2) / √(2π), the density; the rounding errors of x² and of exp go on as in the tail. */
    static double normpdf(double x) {
        double a = Math.abs(x);
        double c = a > VANISHING ? VANISHING : a;
        double square = c * c;
        double y = -0.5 * square;
        double shifted = fma(y, Exponential.LOG2_E, Exponential.ROUNDER);
        double n = shifted - Exponential.ROUNDER;
        double p = Exponential.expm1(y, n);
        double e = 1 + p;
        double eRest = fma(e * -0.5, fma(c, c, -square), p - (e - 1));
        double half = fma(n, 0.5, Exponential.ROUNDER);
        return fma(e, DENSITY, fma(e, DENSITY_REST, eRest * DENSITY))
                * Exponential.power(half, Exponential.ONE_BITS) * Exponential.powerOfDifference(shifted, half);
    }

    /** P by Horner's scheme, its higher part in two interleaved halves. */
    private static double tailPolynomial(double t) {
        double t2 = t * t;
        double even = fma(fma(fma(P22, t2, P20), t2, P18), t2, P16);
        even = fma(fma(fma(even, t2, P14), t2, P12), t2, P10);
        even = fma(fma(fma(fma(even, t2, P8), t2, P6), t2, P4), t2, P2);
        double odd = fma(fma(fma(P21, t2, P19), t2, P17), t2, P15);
        odd = fma(fma(fma(odd, t2, P13), t2, P11), t2, P9);
        odd = fma(fma(fma(odd, t2, P7), t2, P5), t2, P3);
        return fma(fma(fma(odd, t, even), t, P1), t, P0);
    }

    private static double smallPolynomial(double z) {
        double z2 = z * z;
        double even = fma(fma(fma(fma(fma(E10, z2, E8), z2, E6), z2, E4), z2, E2), z2, E0);
        double odd = fma(fma(fma(fma(fma(E11, z2, E9), z2, E7), z2, E5), z2, E3), z2, E1);
        return fma(odd, z, even);
    }

    private static double nearPolynomial(double z) {
        double z2 = z * z;
        double even = fma(fma(fma(fma(F8, z2, F6), z2, F4), z2, F2), z2, F0);
        double odd = fma(fma(fma(F7, z2, F5), z2, F3), z2, F1);
        return fma(odd, z, even);
    }
}
