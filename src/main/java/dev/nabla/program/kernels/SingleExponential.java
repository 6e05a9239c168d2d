package dev.nabla.program.kernels;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.fma;

/** Relatives of the exponential function with the digits of floats, computed as {@link Exponential} does it. */
final class SingleExponential {

    /** Of arguments of more than this size there may be no floats for results. */
    static final float LARGE = 40;
    /** Below this size, tanh(x) = x. */
    static final float TINY = 0x1p-100f;

    static final float LOG2_E = 0x1.715476p+0f;
    static final float LEAN = -0.25f;
    /** 1.5·2²³: adding it rounds to an integer, which then stands in the low bits of the significand. */
    static final float ROUNDER = 0x1.8p23f;
    /** The bits of 1 and ½. */
    static final int ONE_BITS = 0x3f80_0000;
    static final int HALF_BITS = 0x3f00_0000;
    /** −ln 2 as an unevaluated sum. */
    static final float MINUS_LN2 = -0x1.62e43p-1f;
    static final float MINUS_LN2_REST = 0x1.05c61p-29f;

    /** exp(r) − 1 = r + r²/2 + r³ (C3 + C4 r + …), for r in [−0.5 ln 2, 0.75 ln 2]; relative error below 2⁻²⁸. */
    static final float C3 = 0.16666676f;
    static final float C4 = 0.041666485f;
    static final float C5 = 0.008330694f;
    static final float C6 = 0.0013930803f;
    static final float C7 = 2.1362232e-4f;

    private SingleExponential() {
    }

    /** Whether it is a large float next to this. */
    static boolean isLarge(double x) {
        return Math.abs((float) x) > LARGE;
    }

    static double tanh(double x) {
        float h = halfExpm1(2 * Math.abs((float) x));
        float q = 1 / (h + 1);
        return Math.abs(x) < TINY ? x : Math.copySign(h < 1 ? h * q : 1 - q, (float) x);
    }

    static double tanhSlope(double x) {
        float q = 1 / (halfExpm1(2 * Math.abs((float) x)) + 1);
        return q * (2 - q);
    }

    static double sigmoid(double x) {
        float e = exp(-Math.abs((float) x));
        float larger = 1 / (e + 1);
        return x < 0 ? e * larger : larger;
    }

    /** (exp(y) − 1) / 2 for a positive y. */
    private static float halfExpm1(float y) {
        float shifted = fma(y, LOG2_E, LEAN) + ROUNDER;
        float scale = intBitsToFloat((floatToRawIntBits(shifted) << 23) + HALF_BITS);
        return fma(scale, expm1(y, shifted - ROUNDER), scale - 0.5f);
    }

    private static float exp(float y) {
        float shifted = fma(y, LOG2_E, ROUNDER);
        float scale = intBitsToFloat((floatToRawIntBits(shifted) << 23) + ONE_BITS);
        return (expm1(y, shifted - ROUNDER) + 1) * scale;
    }

    /** exp(y − n ln 2) − 1. */
    private static float expm1(float y, float n) {
        float r = fma(n, MINUS_LN2_REST, fma(n, MINUS_LN2, y));
        float r2 = r * r;
        float high = fma(fma(r, C7, C6), r, C5);
        return fma(fma(fma(high, r2, fma(r, C4, C3)), r, 0.5f), r2, r);
    }
}
