package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import dev.nabla.program.kernels.MatrixKernels.Start;
import jdk.incubator.vector.DoubleVector;

/**
 * Products whose sums stay in registers: as many rows and vectors as there are registers for. Offsets and steps are in
 * bytes. At the lower edge the last row stands in for those that are missing, at the right edge vectors overlap: all is
 * loaded before any of it is stored.
 *
 * <p>Only the Vector API's own methods are called, which C2 always inlines; ours it leaves as calls where they are rare,
 * and then the vectors become objects. For the same reason the sums start from a broadcast, not from a constant: an object.
 */
final class ProductTiles {

    /** The most terms of a sum in {@link #ofFewTerms}. */
    static final int FEW_TERMS = 4;

    /**
     * The largest size and step of matrices, in doubles. Who masks a size, a step or an offset by these leaves it as it is, and
     * the compiler knows that an offset plus a size times a step is one too: it leaves no check of them in loops. That doubles are
     * read as unaligned spares the check of that.
     */
    static final int SIZES = (1 << 28) - 1;
    static final long STEPS = 8L * SIZES;
    static final long OFFSETS = (1L << 62) - 1;

    private ProductTiles() {
    }

    /** For two vectors of columns, or for any number of columns between one vector and two. */
    static void fourByTwo(Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        long last = 8L * ((columns - LENGTH) & SIZES);
        for (int i = 0; i < rows; i += 4) {
            int i1 = Math.min(i + 1, rows - 1);
            int i2 = Math.min(i + 2, rows - 1);
            int i3 = Math.min(i + 3, rows - 1);
            DoubleVector s00 = broadcast(SPECIES, 0);
            DoubleVector s01 = s00;
            DoubleVector s10 = s00;
            DoubleVector s11 = s00;
            DoubleVector s20 = s00;
            DoubleVector s21 = s00;
            DoubleVector s30 = s00;
            DoubleVector s31 = s00;
            if (start == Start.BIAS) {
                s00 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i));
                s01 = s00;
                s10 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i1));
                s11 = s10;
                s20 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i2));
                s21 = s20;
                s30 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i3));
                s31 = s30;
            } else if (start == Start.TARGET) {
                s00 = fromMemorySegment(SPECIES, ALL, z + i * zStep, ORDER);
                s01 = fromMemorySegment(SPECIES, ALL, z + i * zStep + last, ORDER);
                s10 = fromMemorySegment(SPECIES, ALL, z + i1 * zStep, ORDER);
                s11 = fromMemorySegment(SPECIES, ALL, z + i1 * zStep + last, ORDER);
                s20 = fromMemorySegment(SPECIES, ALL, z + i2 * zStep, ORDER);
                s21 = fromMemorySegment(SPECIES, ALL, z + i2 * zStep + last, ORDER);
                s30 = fromMemorySegment(SPECIES, ALL, z + i3 * zStep, ORDER);
                s31 = fromMemorySegment(SPECIES, ALL, z + i3 * zStep + last, ORDER);
            }
            long a0 = (a + i * rowStep) & OFFSETS;
            long a1 = (a + i1 * rowStep) & OFFSETS;
            long a2 = (a + i2 * rowStep) & OFFSETS;
            long a3 = (a + i3 * rowStep) & OFFSETS;
            for (int k = 0; k < (inner & SIZES); k++) {
                long column = k * (columnStep & STEPS);
                long row = (x & OFFSETS) + k * (xStep & STEPS);
                DoubleVector x0 = fromMemorySegment(SPECIES, ALL, row, ORDER);
                DoubleVector x1 = fromMemorySegment(SPECIES, ALL, row + last, ORDER);
                DoubleVector f0 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a0 + column));
                DoubleVector f1 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a1 + column));
                DoubleVector f2 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a2 + column));
                DoubleVector f3 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a3 + column));
                s00 = f0.fma(x0, s00);
                s01 = f0.fma(x1, s01);
                s10 = f1.fma(x0, s10);
                s11 = f1.fma(x1, s11);
                s20 = f2.fma(x0, s20);
                s21 = f2.fma(x1, s21);
                s30 = f3.fma(x0, s30);
                s31 = f3.fma(x1, s31);
            }
            // Not as above: what is written alike is computed once, and would take registers that the loop needs.
            long z0 = (z & OFFSETS) + i * (zStep & STEPS);
            long z1 = (z & OFFSETS) + i1 * (zStep & STEPS);
            long z2 = (z & OFFSETS) + i2 * (zStep & STEPS);
            long z3 = (z & OFFSETS) + i3 * (zStep & STEPS);
            s00.intoMemorySegment(ALL, z0, ORDER);
            s01.intoMemorySegment(ALL, z0 + last, ORDER);
            s10.intoMemorySegment(ALL, z1, ORDER);
            s11.intoMemorySegment(ALL, z1 + last, ORDER);
            s20.intoMemorySegment(ALL, z2, ORDER);
            s21.intoMemorySegment(ALL, z2 + last, ORDER);
            s30.intoMemorySegment(ALL, z3, ORDER);
            s31.intoMemorySegment(ALL, z3 + last, ORDER);
        }
    }

    /** For a single vector of columns: in more rows, as there are no other sums while an addition waits for the last. */
    static void eightByOne(Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long z,
            long zStep, int rows, int inner) {
        int lowest = rows - 1;
        for (int i = 0; i < rows; i += 8) {
            int i1 = Math.min(i + 1, lowest);
            int i2 = Math.min(i + 2, lowest);
            int i3 = Math.min(i + 3, lowest);
            int i4 = Math.min(i + 4, lowest);
            int i5 = Math.min(i + 5, lowest);
            int i6 = Math.min(i + 6, lowest);
            int i7 = Math.min(i + 7, lowest);
            DoubleVector s0 = broadcast(SPECIES, 0);
            DoubleVector s1 = s0;
            DoubleVector s2 = s0;
            DoubleVector s3 = s0;
            DoubleVector s4 = s0;
            DoubleVector s5 = s0;
            DoubleVector s6 = s0;
            DoubleVector s7 = s0;
            if (start == Start.BIAS) {
                s0 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i));
                s1 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i1));
                s2 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i2));
                s3 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i3));
                s4 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i4));
                s5 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i5));
                s6 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i6));
                s7 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i7));
            } else if (start == Start.TARGET) {
                s0 = fromMemorySegment(SPECIES, ALL, z + i * zStep, ORDER);
                s1 = fromMemorySegment(SPECIES, ALL, z + i1 * zStep, ORDER);
                s2 = fromMemorySegment(SPECIES, ALL, z + i2 * zStep, ORDER);
                s3 = fromMemorySegment(SPECIES, ALL, z + i3 * zStep, ORDER);
                s4 = fromMemorySegment(SPECIES, ALL, z + i4 * zStep, ORDER);
                s5 = fromMemorySegment(SPECIES, ALL, z + i5 * zStep, ORDER);
                s6 = fromMemorySegment(SPECIES, ALL, z + i6 * zStep, ORDER);
                s7 = fromMemorySegment(SPECIES, ALL, z + i7 * zStep, ORDER);
            }
            long a0 = (a + i * rowStep) & OFFSETS;
            long a1 = (a + i1 * rowStep) & OFFSETS;
            long a2 = (a + i2 * rowStep) & OFFSETS;
            long a3 = (a + i3 * rowStep) & OFFSETS;
            long a4 = (a + i4 * rowStep) & OFFSETS;
            long a5 = (a + i5 * rowStep) & OFFSETS;
            long a6 = (a + i6 * rowStep) & OFFSETS;
            long a7 = (a + i7 * rowStep) & OFFSETS;
            for (int k = 0; k < (inner & SIZES); k++) {
                long column = k * (columnStep & STEPS);
                DoubleVector x0 = fromMemorySegment(SPECIES, ALL, (x & OFFSETS) + k * (xStep & STEPS), ORDER);
                s0 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a0 + column)).fma(x0, s0);
                s1 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a1 + column)).fma(x0, s1);
                s2 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a2 + column)).fma(x0, s2);
                s3 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a3 + column)).fma(x0, s3);
                s4 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a4 + column)).fma(x0, s4);
                s5 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a5 + column)).fma(x0, s5);
                s6 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a6 + column)).fma(x0, s6);
                s7 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, a7 + column)).fma(x0, s7);
            }
            s0.intoMemorySegment(ALL, z + i * zStep, ORDER);
            s1.intoMemorySegment(ALL, z + i1 * zStep, ORDER);
            s2.intoMemorySegment(ALL, z + i2 * zStep, ORDER);
            s3.intoMemorySegment(ALL, z + i3 * zStep, ORDER);
            s4.intoMemorySegment(ALL, z + i4 * zStep, ORDER);
            s5.intoMemorySegment(ALL, z + i5 * zStep, ORDER);
            s6.intoMemorySegment(ALL, z + i6 * zStep, ORDER);
            s7.intoMemorySegment(ALL, z + i7 * zStep, ORDER);
        }
    }

    /** For a single row, and any number of columns from one vector to four. */
    static void oneByFour(Start start, long bias, long a, long columnStep, long x, long xStep,
            long z, int inner, int columns) {
        long last = 8L * ((columns - LENGTH) & SIZES);
        long c1 = Math.min(8L * LENGTH, last);
        long c2 = Math.min(16L * LENGTH, last);
        DoubleVector s0 = broadcast(SPECIES, 0);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        if (start == Start.BIAS) {
            s0 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias));
            s1 = s0;
            s2 = s0;
            s3 = s0;
        } else if (start == Start.TARGET) {
            s0 = fromMemorySegment(SPECIES, ALL, z, ORDER);
            s1 = fromMemorySegment(SPECIES, ALL, z + c1, ORDER);
            s2 = fromMemorySegment(SPECIES, ALL, z + c2, ORDER);
            s3 = fromMemorySegment(SPECIES, ALL, z + last, ORDER);
        }
        for (int k = 0; k < (inner & SIZES); k++) {
            DoubleVector factor = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, (a & OFFSETS) + k * (columnStep & STEPS)));
            long row = (x & OFFSETS) + k * (xStep & STEPS);
            s0 = factor.fma(fromMemorySegment(SPECIES, ALL, row, ORDER), s0);
            s1 = factor.fma(fromMemorySegment(SPECIES, ALL, row + c1, ORDER), s1);
            s2 = factor.fma(fromMemorySegment(SPECIES, ALL, row + c2, ORDER), s2);
            s3 = factor.fma(fromMemorySegment(SPECIES, ALL, row + last, ORDER), s3);
        }
        s0.intoMemorySegment(ALL, z, ORDER);
        s1.intoMemorySegment(ALL, z + c1, ORDER);
        s2.intoMemorySegment(ALL, z + c2, ORDER);
        s3.intoMemorySegment(ALL, z + last, ORDER);
    }

    /** Row by row: sums of one to {@value #FEW_TERMS} terms, not from a target; any number of columns from one vector on. */
    static void ofFewTerms(Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long z,
            long zStep, int rows, int inner, int columns) {
        for (int i = 0; i < rows; i++) {
            DoubleVector first = broadcast(SPECIES, start == Start.BIAS ? ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * i) : 0);
            long row = a + i * rowStep;
            DoubleVector f0 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, row));
            DoubleVector f1 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, row + Math.min(1, inner - 1) * columnStep));
            DoubleVector f2 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, row + Math.min(2, inner - 1) * columnStep));
            DoubleVector f3 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, row + Math.min(3, inner - 1) * columnStep));
            for (int c = 0; c < columns; c += LENGTH) {
                long column = 8L * Math.min(c, (columns - LENGTH) & SIZES);
                long xc = (x & OFFSETS) + column;
                DoubleVector sum = f0.fma(fromMemorySegment(SPECIES, ALL, xc, ORDER), first);
                if (inner > 1) {
                    sum = f1.fma(fromMemorySegment(SPECIES, ALL, xc + (xStep & STEPS), ORDER), sum);
                }
                if (inner > 2) {
                    sum = f2.fma(fromMemorySegment(SPECIES, ALL, xc + 2 * (xStep & STEPS), ORDER), sum);
                }
                if (inner > 3) {
                    sum = f3.fma(fromMemorySegment(SPECIES, ALL, xc + 3 * (xStep & STEPS), ORDER), sum);
                }
                sum.intoMemorySegment(ALL, ((z + i * zStep) & OFFSETS) + column, ORDER);
            }
        }
    }
}
