package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Doubles.set;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.ProductTiles.OFFSETS;
import static dev.nabla.program.kernels.ProductTiles.SIZES;
import static dev.nabla.program.kernels.SumsOfSamples.COUNT;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link SumsOfSamples} on vectors, some rows and columns at a time: the eight of every sum go to a scratch area, where the samples
 * join them that make no eight. At an edge, the last row stands in for those that are missing. Where there is no sample for a lane, its
 * sum of products stays as it is, as 0 would take the sign of a −0. No method is given a vector: the compiler may not inline it, and
 * then allocates.
 */
final class SampleTiles {

    private static final int SIDE = 3;
    private static final int PRODUCTS = SIDE * SIDE;
    private static final int ROWS = 4;

    /** The doubles of the scratch area. */
    static final int SCRATCH = (PRODUCTS + SIDE) * COUNT;

    private SampleTiles() {
    }

    /** As {@link MatrixKernels#outerSum}. */
    static void outerSum(long u, long uStep, long v, long vStep, long z, long zStep, int rows, int columns, int samples,
            long sums, long scratch) {
        for (int j = 0; j < columns; j += SIDE) {
            int width = Math.min(SIDE, columns - j);
            for (int i = 0; i < rows; i += SIDE) {
                int height = Math.min(SIDE, rows - i);
                long ui = u + i * uStep;
                long vj = v + j * vStep;
                threeByThree(ui << 3, uStep << 3, vj << 3, vStep << 3, height, width, samples / COUNT, scratch << 3);
                for (int row = 0; row < height; row++) {
                    for (int column = 0; column < width; column++) {
                        long eight = scratch + (long) (row * SIDE + column) * COUNT;
                        addRemaining(ui + row * uStep, vj + column * vStep, samples, eight);
                        set(z + (i + row) * zStep + j + column, SumsOfSamples.inPairs(eight));
                    }
                    if (j == 0 && sums != 0) {
                        long eight = scratch + (long) (PRODUCTS + row) * COUNT;
                        addRemaining(ui + row * uStep, samples, eight);
                        set(sums + i + row, SumsOfSamples.inPairs(eight));
                    }
                }
            }
        }
    }

    /** The sums of rows, as {@link MatrixKernels#sampleSums}. */
    static void ofRows(long x, long xStep, long z, int rows, int samples, long scratch) {
        for (int i = 0; i < rows; i += ROWS) {
            int height = Math.min(ROWS, rows - i);
            long xi = x + i * xStep;
            four(xi << 3, xStep << 3, height, samples, scratch << 3);
            for (int row = 0; row < height; row++) {
                long eight = scratch + (long) row * COUNT;
                set(z + i + row, SumsOfSamples.inPairs(eight));
            }
        }
    }

    /** The sum of the products of two runs; the eight stay in one vector, or in two. */
    static double ofProducts(long x, long y, int samples) {
        long left = (x << 3) & OFFSETS;
        long right = (y << 3) & OFFSETS;
        DoubleVector low = broadcast(SPECIES, 0);
        DoubleVector high = low;
        for (int s = 0; s < (samples & SIZES); s += COUNT) {
            long place = 8L * s;
            VectorMask<Double> mask = SPECIES.indexInRange(s, samples);
            low = low.blend(fromMemorySegment(SPECIES, ALL, left + place, ORDER, mask)
                    .fma(fromMemorySegment(SPECIES, ALL, right + place, ORDER, mask), low), mask);
            if (LENGTH < COUNT) {
                VectorMask<Double> next = SPECIES.indexInRange(s + LENGTH, samples);
                high = high.blend(fromMemorySegment(SPECIES, ALL, left + place + 8L * LENGTH, ORDER, next)
                        .fma(fromMemorySegment(SPECIES, ALL, right + place + 8L * LENGTH, ORDER, next), high), next);
            }
        }
        return LENGTH < COUNT
                ? SumsOfSamples.inPairs(low.lane(0), low.lane(1), low.lane(2), low.lane(3), high.lane(0), high.lane(1), high.lane(2),
                        high.lane(3))
                : SumsOfSamples.inPairs(low.lane(0), low.lane(1), low.lane(2), low.lane(3), low.lane(4), low.lane(5), low.lane(6),
                        low.lane(7));
    }

    /** Adds the products of the samples that make no eight. */
    private static void addRemaining(long u, long v, int samples, long eight) {
        for (int s = samples & -COUNT; s < samples; s += LENGTH) {
            VectorMask<Double> mask = SPECIES.indexInRange(s, samples);
            long place = (eight + s % COUNT) << 3;
            DoubleVector sums = fromMemorySegment(SPECIES, ALL, place, ORDER);
            sums.blend(fromMemorySegment(SPECIES, ALL, (u + s) << 3, ORDER, mask)
                    .fma(fromMemorySegment(SPECIES, ALL, (v + s) << 3, ORDER, mask), sums), mask)
                    .intoMemorySegment(ALL, place, ORDER);
        }
    }

    private static void addRemaining(long u, int samples, long eight) {
        for (int s = samples & -COUNT; s < samples; s += LENGTH) {
            VectorMask<Double> mask = SPECIES.indexInRange(s, samples);
            long place = (eight + s % COUNT) << 3;
            fromMemorySegment(SPECIES, ALL, (u + s) << 3, ORDER, mask).add(fromMemorySegment(SPECIES, ALL, place, ORDER))
                    .intoMemorySegment(ALL, place, ORDER);
        }
    }

    /** Offsets and steps are in bytes; the sums of the rows of U stand behind those of the products. */
    private static void threeByThree(long u, long uStep, long v, long vStep, int rows, int columns, int eights, long target) {
        for (long part = 0; part < 8L * COUNT; part += 8L * LENGTH) {
            long left0 = (u + part) & OFFSETS;
            long left1 = (u + part + Math.min(1, rows - 1) * uStep) & OFFSETS;
            long left2 = (u + part + (rows - 1) * uStep) & OFFSETS;
            long right0 = (v + part) & OFFSETS;
            long right1 = (v + part + Math.min(1, columns - 1) * vStep) & OFFSETS;
            long right2 = (v + part + (columns - 1) * vStep) & OFFSETS;
            DoubleVector s00 = broadcast(SPECIES, 0);
            DoubleVector s01 = s00;
            DoubleVector s02 = s00;
            DoubleVector s10 = s00;
            DoubleVector s11 = s00;
            DoubleVector s12 = s00;
            DoubleVector s20 = s00;
            DoubleVector s21 = s00;
            DoubleVector s22 = s00;
            DoubleVector t0 = s00;
            DoubleVector t1 = s00;
            DoubleVector t2 = s00;
            for (int s = 0; s < (eights & SIZES); s++) {
                long place = 8L * COUNT * s;
                DoubleVector v0 = fromMemorySegment(SPECIES, ALL, right0 + place, ORDER);
                DoubleVector v1 = fromMemorySegment(SPECIES, ALL, right1 + place, ORDER);
                DoubleVector v2 = fromMemorySegment(SPECIES, ALL, right2 + place, ORDER);
                DoubleVector u0 = fromMemorySegment(SPECIES, ALL, left0 + place, ORDER);
                s00 = u0.fma(v0, s00);
                s01 = u0.fma(v1, s01);
                s02 = u0.fma(v2, s02);
                t0 = t0.add(u0);
                DoubleVector u1 = fromMemorySegment(SPECIES, ALL, left1 + place, ORDER);
                s10 = u1.fma(v0, s10);
                s11 = u1.fma(v1, s11);
                s12 = u1.fma(v2, s12);
                t1 = t1.add(u1);
                DoubleVector u2 = fromMemorySegment(SPECIES, ALL, left2 + place, ORDER);
                s20 = u2.fma(v0, s20);
                s21 = u2.fma(v1, s21);
                s22 = u2.fma(v2, s22);
                t2 = t2.add(u2);
            }
            long to = (target + part) & OFFSETS;
            s00.intoMemorySegment(ALL, to, ORDER);
            s01.intoMemorySegment(ALL, to + 8 * COUNT, ORDER);
            s02.intoMemorySegment(ALL, to + 16 * COUNT, ORDER);
            s10.intoMemorySegment(ALL, to + 24 * COUNT, ORDER);
            s11.intoMemorySegment(ALL, to + 32 * COUNT, ORDER);
            s12.intoMemorySegment(ALL, to + 40 * COUNT, ORDER);
            s20.intoMemorySegment(ALL, to + 48 * COUNT, ORDER);
            s21.intoMemorySegment(ALL, to + 56 * COUNT, ORDER);
            s22.intoMemorySegment(ALL, to + 64 * COUNT, ORDER);
            t0.intoMemorySegment(ALL, to + 72 * COUNT, ORDER);
            t1.intoMemorySegment(ALL, to + 80 * COUNT, ORDER);
            t2.intoMemorySegment(ALL, to + 88 * COUNT, ORDER);
        }
    }

    /** The sums of up to four rows. */
    private static void four(long x, long xStep, int rows, int samples, long target) {
        for (int part = 0; part < COUNT; part += LENGTH) {
            long row0 = (x + 8L * part) & OFFSETS;
            long row1 = (x + 8L * part + Math.min(1, rows - 1) * xStep) & OFFSETS;
            long row2 = (x + 8L * part + Math.min(2, rows - 1) * xStep) & OFFSETS;
            long row3 = (x + 8L * part + (rows - 1) * xStep) & OFFSETS;
            DoubleVector s0 = broadcast(SPECIES, 0);
            DoubleVector s1 = s0;
            DoubleVector s2 = s0;
            DoubleVector s3 = s0;
            for (int s = 0; s < (samples & SIZES); s += COUNT) {
                long place = 8L * s;
                VectorMask<Double> mask = SPECIES.indexInRange(s + part, samples);
                s0 = s0.add(fromMemorySegment(SPECIES, ALL, row0 + place, ORDER, mask));
                s1 = s1.add(fromMemorySegment(SPECIES, ALL, row1 + place, ORDER, mask));
                s2 = s2.add(fromMemorySegment(SPECIES, ALL, row2 + place, ORDER, mask));
                s3 = s3.add(fromMemorySegment(SPECIES, ALL, row3 + place, ORDER, mask));
            }
            long to = (target + 8L * part) & OFFSETS;
            s0.intoMemorySegment(ALL, to, ORDER);
            s1.intoMemorySegment(ALL, to + 8 * COUNT, ORDER);
            s2.intoMemorySegment(ALL, to + 16 * COUNT, ORDER);
            s3.intoMemorySegment(ALL, to + 24 * COUNT, ORDER);
        }
    }
}
