package dev.nabla.program.kernels;

import static java.lang.Math.fma;

/**
 * Reduction of a large argument modulo π/2 with as many bits of 2/π as it takes (Payne and Hanek, "Radian reduction
 * for trigonometric functions", SIGNUM Newsletter 18, 1983), in integers, so without rounding.
 */
final class PayneHanek {

    /** 64 zeros, then the bits of 2/π behind the point. */
    private static final long[] TWO_OVER_PI = {
        0, 0xa2f9836e4e441529L, 0xfc2757d1f534ddc0L, 0xdb6295993c439041L, 0xfe5163abdebbc561L, 0xb7246e3a424dd2e0L,
        0x06492eea09d1921cL, 0xfe1deb1cb129a73eL, 0xe88235f52ebb4484L, 0xe99c7026b45f7e41L, 0x3991d639835339f4L,
        0x9c845f8bbdf9283bL, 0x1ff897ffde05980fL, 0xef2f118b5a0a6d1fL, 0x6d367ecf27cb09b7L, 0x4f463f669e5fea2dL,
        0x7527bac7ebe5f17bL, 0x3d0739f78a5292eaL, 0x6bfb5fb11f8d5d08L, 0x56033046fc7b6babL, 0xf0cfbc209af4361dL
    };
    private static final long SIGNIFICAND = 0x000f_ffff_ffff_ffffL;
    private static final double HALF_PI = 0x1.921fb54442d18p+0;
    private static final double HALF_PI_REST = 0x1.1a62633145c07p-54;

    private PayneHanek() {
    }

    /** The function at a finite {@code a} ≥ 2¹⁵, or NaN at infinity. */
    static double reduceAndApply(Trigonometry.Function function, double a) {
        if (a == Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        long significand = (Double.doubleToRawLongBits(a) & SIGNIFICAND) | (SIGNIFICAND + 1);
        // a = significand · 2^e; the bits of 2/π before position e − 1 contribute multiples of 2π
        int position = Math.getExponent(a) - 52 - 2 + 64;
        long word0 = bits(position);
        long word1 = bits(position + 64);
        long word2 = bits(position + 128);

        // a / 2π modulo 1 as a fixed-point fraction of 128 bits
        long middle = significand * word1;
        long low = middle + Math.unsignedMultiplyHigh(significand, word2);
        long carry = Long.compareUnsigned(low, middle) < 0 ? 1 : 0;
        long high = significand * word0 + Math.unsignedMultiplyHigh(significand, word1) + carry;

        long n = (high + (1L << 61)) >>> 62;
        high -= n << 62;
        boolean negative = high < 0;
        if (negative) {
            low = -low;
            high = ~high + (low == 0 ? 1 : 0);
        }
        return apply(function, n, high, low, negative);
    }

    /** Continues with ± the fraction of 128 bits, in quarters of a turn from n. */
    private static double apply(Trigonometry.Function function, long n, long high, long low, boolean negative) {
        int zeros = high == 0 ? 64 + Long.numberOfLeadingZeros(low) : Long.numberOfLeadingZeros(high);
        long top = zeros >= 64 ? low << (zeros - 64) : shiftedLeft(high, low, zeros);
        long rest = zeros >= 64 ? 0 : low << zeros;
        double scale = Math.scalb(negative ? -1.0 : 1.0, 2 - zeros);
        double head = (top >>> 11) * 0x1p-53 * scale;
        double tail = (((top << 53) | (rest >>> 11)) >>> 11) * 0x1p-106 * scale;
        double r = head * HALF_PI;
        double t = fma(head, HALF_PI, -r) + fma(head, HALF_PI_REST, tail * HALF_PI);
        double sum = r + t;
        return Trigonometry.apply(function, n, sum, t - (sum - r));
    }

    private static long bits(int position) {
        int word = position >>> 6;
        return shiftedLeft(TWO_OVER_PI[word], TWO_OVER_PI[word + 1], position & 63);
    }

    private static long shiftedLeft(long high, long low, int count) {
        return count == 0 ? high : (high << count) | (low >>> (64 - count));
    }
}
