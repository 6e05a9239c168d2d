package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Doubles.set;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.ProductTiles.OFFSETS;
import static dev.nabla.program.kernels.ProductTiles.SIZES;
import static dev.nabla.program.kernels.SingleLanes.HALF;
import static dev.nabla.program.kernels.SumsOfSamples.COUNT;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.F2D;

import java.lang.foreign.Arena;
import jdk.incubator.vector.DoubleVector;

/**
 * {@link SumsOfSamples} of rows of floats on vectors of doubles, four rows at a time: the eight of every sum go to a scratch area,
 * where the samples join them that make no eight. At an edge, the last row stands in for those that are missing.
 */
final class FloatSampleTiles {

    private static final int ROWS = 4;
    /** A sum is that of products with these, to the last bit. */
    private static final long ONES = Doubles.first(Arena.global().allocate(COUNT * JAVA_DOUBLE.byteSize(), COUNT * JAVA_DOUBLE.byteSize()));

    static {
        for (int i = 0; i < COUNT; i++) {
            set(ONES + i, 1);
        }
    }

    private FloatSampleTiles() {
    }

    /** As {@link FloatKernels#widenedOuterSum}. */
    static void outerSum(long u, long uStep, long v, long vStep, long z, long rowStep, long columnStep, int rows, int columns,
            int samples, long scratch) {
        int whole = samples & -COUNT;
        for (int i = 0; i < rows; i += ROWS) {
            int height = Math.min(ROWS, rows - i);
            long ui = u + i * uStep;
            for (int j = 0; j < columns; j++) {
                long vj = v + j * vStep;
                products(ui << 2, uStep << 2, vj << 3, 8 * COUNT, height, whole, scratch << 3);
                for (int row = 0; row < height; row++) {
                    long eight = scratch + (long) row * COUNT;
                    PlainFloats.addProducts(ui + row * uStep, vj, whole, samples, eight);
                    set(z + (i + row) * rowStep + j * columnStep, SumsOfSamples.inPairs(eight));
                }
            }
        }
    }

    /** As {@link FloatKernels#sampleSums}. */
    static void ofRows(long x, long xStep, long z, int rows, int samples, long scratch) {
        int whole = samples & -COUNT;
        for (int i = 0; i < rows; i += ROWS) {
            int height = Math.min(ROWS, rows - i);
            long xi = x + i * xStep;
            products(xi << 2, xStep << 2, ONES << 3, 0, height, whole, scratch << 3);
            for (int row = 0; row < height; row++) {
                long eight = scratch + (long) row * COUNT;
                PlainFloats.addSamples(xi + row * xStep, whole, samples, eight);
                set(z + i + row, SumsOfSamples.inPairs(eight));
            }
        }
    }

    /**
     * Of up to four rows with one of doubles; offsets and steps are in bytes.
     *
     * @param vStep leads from eight samples of the row of doubles to the next, which may be the same
     */
    private static void products(long u, long uStep, long v, long vStep, int rows, int samples, long target) {
        for (int part = 0; part < COUNT; part += LENGTH) {
            long left0 = (u + 4L * part) & OFFSETS;
            long left1 = (u + 4L * part + Math.min(1, rows - 1) * uStep) & OFFSETS;
            long left2 = (u + 4L * part + Math.min(2, rows - 1) * uStep) & OFFSETS;
            long left3 = (u + 4L * part + (rows - 1) * uStep) & OFFSETS;
            long right = (v + 8L * part) & OFFSETS;
            DoubleVector s0 = broadcast(SPECIES, 0);
            DoubleVector s1 = s0;
            DoubleVector s2 = s0;
            DoubleVector s3 = s0;
            for (int s = 0; s < (samples & SIZES); s += COUNT) {
                long place = 4L * s;
                DoubleVector factor = DoubleVector.fromMemorySegment(SPECIES, ALL, right, ORDER);
                right += vStep;
                s0 = factor.fma((DoubleVector) fromMemorySegment(HALF, ALL, left0 + place, ORDER).convertShape(F2D, SPECIES, 0), s0);
                s1 = factor.fma((DoubleVector) fromMemorySegment(HALF, ALL, left1 + place, ORDER).convertShape(F2D, SPECIES, 0), s1);
                s2 = factor.fma((DoubleVector) fromMemorySegment(HALF, ALL, left2 + place, ORDER).convertShape(F2D, SPECIES, 0), s2);
                s3 = factor.fma((DoubleVector) fromMemorySegment(HALF, ALL, left3 + place, ORDER).convertShape(F2D, SPECIES, 0), s3);
            }
            long to = (target + 8L * part) & OFFSETS;
            s0.intoMemorySegment(ALL, to, ORDER);
            s1.intoMemorySegment(ALL, to + 8 * COUNT, ORDER);
            s2.intoMemorySegment(ALL, to + 16 * COUNT, ORDER);
            s3.intoMemorySegment(ALL, to + 24 * COUNT, ORDER);
        }
    }
}
