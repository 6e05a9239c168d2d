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
    private static final int COLUMNS = 3;

    /** The doubles of the scratch area. */
    static final int SCRATCH = ROWS * COLUMNS * COUNT;

    /** A sum is that of products with these, to the last bit. */
    private static final long ONES = Doubles.first(Arena.global().allocate(COUNT * JAVA_DOUBLE.byteSize(), COUNT * JAVA_DOUBLE.byteSize()));

    static {
        for (int i = 0; i < COUNT; i++) {
            set(ONES + i, 1);
        }
    }

    private FloatSampleTiles() {
    }

    /** As {@link FloatKernels#widenedOuterSum}; the sums of rows are those of products with one more column, of ones. */
    static void outerSum(long u, long uStep, long v, long vStep, long z, long rowStep, long columnStep, int rows, int columns,
            int samples, long sums, long scratch) {
        int whole = samples & -COUNT;
        int all = sums == 0 ? columns : columns + 1;
        for (int i = 0; i < rows; i += ROWS) {
            int height = Math.min(ROWS, rows - i);
            long ui = u + i * uStep;
            for (int j = 0; j < all; j += COLUMNS) {
                int width = Math.min(COLUMNS, all - j);
                if (width == 1) {
                    fourByOne(ui << 2, uStep << 2, factor(v, vStep, columns, j), step(columns, j), height, whole, scratch << 3);
                } else {
                    int last = j + width - 1;
                    fourByThree(ui << 2, uStep << 2, factor(v, vStep, columns, j), step(columns, j), factor(v, vStep, columns, j + 1),
                            step(columns, j + 1), factor(v, vStep, columns, last), step(columns, last), height, whole, scratch << 3);
                }
                for (int column = 0; column < width; column++) {
                    boolean isOfProducts = j + column < columns;
                    long place = isOfProducts ? z + i * rowStep + (j + column) * columnStep : sums + i;
                    long step = isOfProducts ? rowStep : 1;
                    for (int row = 0; row < height; row++) {
                        long eight = scratch + (long) (column * ROWS + row) * COUNT;
                        if (isOfProducts) {
                            PlainFloats.addProducts(ui + row * uStep, v + (j + column) * vStep, whole, samples, eight);
                        } else {
                            PlainFloats.addSamples(ui + row * uStep, whole, samples, eight);
                        }
                        set(place + row * step, SumsOfSamples.inPairs(eight));
                    }
                }
            }
        }
    }

    private static long factor(long v, long vStep, int columns, int column) {
        return (column < columns ? v + column * vStep : ONES) << 3;
    }

    /** Leads from eight samples of a factor to the next, which are the same of ones. */
    private static long step(int columns, int column) {
        return column < columns ? 8 * COUNT : 0;
    }

    /**
     * Of up to four rows with one of doubles; offsets and steps are in bytes.
     *
     * @param vStep leads from eight samples of the row of doubles to the next, which may be the same
     */
    private static void fourByOne(long u, long uStep, long v, long vStep, int rows, int samples, long target) {
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

    /** With three rows of doubles, of which the second may be the third; the sums of four rows stand one behind the other. */
    private static void fourByThree(long u, long uStep, long v0, long v0Step, long v1, long v1Step, long v2, long v2Step, int rows,
            int samples, long target) {
        for (int part = 0; part < COUNT; part += LENGTH) {
            long left0 = (u + 4L * part) & OFFSETS;
            long left1 = (u + 4L * part + Math.min(1, rows - 1) * uStep) & OFFSETS;
            long left2 = (u + 4L * part + Math.min(2, rows - 1) * uStep) & OFFSETS;
            long left3 = (u + 4L * part + (rows - 1) * uStep) & OFFSETS;
            long right0 = (v0 + 8L * part) & OFFSETS;
            long right1 = (v1 + 8L * part) & OFFSETS;
            long right2 = (v2 + 8L * part) & OFFSETS;
            DoubleVector s00 = broadcast(SPECIES, 0);
            DoubleVector s01 = s00;
            DoubleVector s02 = s00;
            DoubleVector s10 = s00;
            DoubleVector s11 = s00;
            DoubleVector s12 = s00;
            DoubleVector s20 = s00;
            DoubleVector s21 = s00;
            DoubleVector s22 = s00;
            DoubleVector s30 = s00;
            DoubleVector s31 = s00;
            DoubleVector s32 = s00;
            for (int s = 0; s < (samples & SIZES); s += COUNT) {
                long place = 4L * s;
                DoubleVector f0 = DoubleVector.fromMemorySegment(SPECIES, ALL, right0, ORDER);
                DoubleVector f1 = DoubleVector.fromMemorySegment(SPECIES, ALL, right1, ORDER);
                DoubleVector f2 = DoubleVector.fromMemorySegment(SPECIES, ALL, right2, ORDER);
                right0 += v0Step;
                right1 += v1Step;
                right2 += v2Step;
                DoubleVector u0 = (DoubleVector) fromMemorySegment(HALF, ALL, left0 + place, ORDER).convertShape(F2D, SPECIES, 0);
                s00 = u0.fma(f0, s00);
                s01 = u0.fma(f1, s01);
                s02 = u0.fma(f2, s02);
                DoubleVector u1 = (DoubleVector) fromMemorySegment(HALF, ALL, left1 + place, ORDER).convertShape(F2D, SPECIES, 0);
                s10 = u1.fma(f0, s10);
                s11 = u1.fma(f1, s11);
                s12 = u1.fma(f2, s12);
                DoubleVector u2 = (DoubleVector) fromMemorySegment(HALF, ALL, left2 + place, ORDER).convertShape(F2D, SPECIES, 0);
                s20 = u2.fma(f0, s20);
                s21 = u2.fma(f1, s21);
                s22 = u2.fma(f2, s22);
                DoubleVector u3 = (DoubleVector) fromMemorySegment(HALF, ALL, left3 + place, ORDER).convertShape(F2D, SPECIES, 0);
                s30 = u3.fma(f0, s30);
                s31 = u3.fma(f1, s31);
                s32 = u3.fma(f2, s32);
            }
            long to = (target + 8L * part) & OFFSETS;
            s00.intoMemorySegment(ALL, to, ORDER);
            s10.intoMemorySegment(ALL, to + 8 * COUNT, ORDER);
            s20.intoMemorySegment(ALL, to + 16 * COUNT, ORDER);
            s30.intoMemorySegment(ALL, to + 24 * COUNT, ORDER);
            s01.intoMemorySegment(ALL, to + 32 * COUNT, ORDER);
            s11.intoMemorySegment(ALL, to + 40 * COUNT, ORDER);
            s21.intoMemorySegment(ALL, to + 48 * COUNT, ORDER);
            s31.intoMemorySegment(ALL, to + 56 * COUNT, ORDER);
            s02.intoMemorySegment(ALL, to + 64 * COUNT, ORDER);
            s12.intoMemorySegment(ALL, to + 72 * COUNT, ORDER);
            s22.intoMemorySegment(ALL, to + 80 * COUNT, ORDER);
            s32.intoMemorySegment(ALL, to + 88 * COUNT, ORDER);
        }
    }
}
