package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;
import static dev.nabla.program.kernels.Sums.multiplyAdd;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

/**
 * Sums over many samples, each in eight sums side by side: sample s goes to that of number s mod 8, and what they come to is
 * added in pairs. A vector has them at once, where one sum would wait for each of its additions.
 */
final class SumsOfSamples {

    /** From so many samples on, adding up the eight costs less than they save. */
    static final int LEAST = 64;
    static final int COUNT = 8;
    /** Outer products that are summed this way have fewer rows, or fewer columns: of more, vectors have several columns. */
    private static final int ROWS = 4;
    private static final int COLUMNS = 8;

    private SumsOfSamples() {
    }

    static boolean are(int samples) {
        return samples >= LEAST;
    }

    static boolean areOfOuterProducts(int rows, int columns, int samples) {
        return are(samples) && (rows < ROWS || columns < COLUMNS);
    }

    /** As {@link MatrixKernels#outerSum}. */
    static void ofOuterProducts(long u, long uStep, long v, long vStep, long z, long zStep, int rows, int columns, int samples,
            long sums) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                set(z + i * zStep + j, ofProducts(u + i * uStep, v + j * vStep, samples));
            }
        }
        if (sums != 0) {
            ofRows(u, uStep, sums, rows, samples);
        }
    }

    static void ofRows(long x, long xStep, long z, int rows, int samples) {
        for (int i = 0; i < rows; i++) {
            set(z + i, of(x + i * xStep, samples));
        }
    }

    static double ofProducts(long x, long y, int samples) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int s = 0; s < samples; s += COUNT) {
            int last = samples - s;
            s0 = multiplyAdd(get(x + s), get(y + s), s0);
            s1 = last > 1 ? multiplyAdd(get(x + s + 1), get(y + s + 1), s1) : s1;
            s2 = last > 2 ? multiplyAdd(get(x + s + 2), get(y + s + 2), s2) : s2;
            s3 = last > 3 ? multiplyAdd(get(x + s + 3), get(y + s + 3), s3) : s3;
            s4 = last > 4 ? multiplyAdd(get(x + s + 4), get(y + s + 4), s4) : s4;
            s5 = last > 5 ? multiplyAdd(get(x + s + 5), get(y + s + 5), s5) : s5;
            s6 = last > 6 ? multiplyAdd(get(x + s + 6), get(y + s + 6), s6) : s6;
            s7 = last > 7 ? multiplyAdd(get(x + s + 7), get(y + s + 7), s7) : s7;
        }
        return inPairs(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    private static double of(long x, int samples) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int s = 0; s < samples; s += COUNT) {
            int last = samples - s;
            s0 += get(x + s);
            s1 = last > 1 ? s1 + get(x + s + 1) : s1;
            s2 = last > 2 ? s2 + get(x + s + 2) : s2;
            s3 = last > 3 ? s3 + get(x + s + 3) : s3;
            s4 = last > 4 ? s4 + get(x + s + 4) : s4;
            s5 = last > 5 ? s5 + get(x + s + 5) : s5;
            s6 = last > 6 ? s6 + get(x + s + 6) : s6;
            s7 = last > 7 ? s7 + get(x + s + 7) : s7;
        }
        return inPairs(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    /** What the eight at a place come to. */
    static double inPairs(long place) {
        long first = (place << 3) & ProductTiles.OFFSETS;
        return inPairs(ALL.get(JAVA_DOUBLE_UNALIGNED, first), ALL.get(JAVA_DOUBLE_UNALIGNED, first + 8),
                ALL.get(JAVA_DOUBLE_UNALIGNED, first + 16), ALL.get(JAVA_DOUBLE_UNALIGNED, first + 24),
                ALL.get(JAVA_DOUBLE_UNALIGNED, first + 32), ALL.get(JAVA_DOUBLE_UNALIGNED, first + 40),
                ALL.get(JAVA_DOUBLE_UNALIGNED, first + 48), ALL.get(JAVA_DOUBLE_UNALIGNED, first + 56));
    }

    static double inPairs(double s0, double s1, double s2, double s3, double s4, double s5, double s6, double s7) {
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }
}
