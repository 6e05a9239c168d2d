package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.ProductTiles.OFFSETS;
import static dev.nabla.program.kernels.ProductTiles.STEPS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import dev.nabla.program.kernels.MatrixKernels.Start;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

/**
 * Products of matrices large enough to be worth a copy of both, block by block, to where they lie as they are read: A in tiles
 * of rows, X in panels of columns (Goto and van de Geijn, ACM Transactions on Mathematical Software 34(3), 2008, doi
 * 10.1145/1356052.1356053). Offsets and steps are in bytes. Edges are as in {@link ProductTiles}.
 */
final class PackedProducts {

    /** A tile's rows and a panel's columns: the sums, two vectors of X and a factor fit into sixteen registers. */
    private static final int HEIGHT = 6;
    private static final int WIDTH = 2 * LENGTH;
    private static final long TILE_STEP = 8L * HEIGHT;
    private static final long PANEL_STEP = 8L * WIDTH;
    /** A panel of TERMS stays in the first-level cache, a block of either matrix in the second. */
    private static final int TERMS = 256;
    private static final int ROWS = 16 * HEIGHT;
    private static final int COLUMNS = 512;

    private static final ThreadLocal<PackedProducts> OF_THREAD = ThreadLocal.withInitial(PackedProducts::new);

    /** Outside of the heap, where vectors lie in one line of the cache. */
    private final MemorySegment memory = Arena.ofAuto().allocate(8L * (ROWS + COLUMNS) * TERMS, 8L * LENGTH);
    private final long panels = memory.address();
    private final long tiles = panels + 8L * COLUMNS * TERMS;
    /** Of no use but that the compiler does not leave out what it comes from. */
    @SuppressWarnings("UnusedVariable")
    private double read;

    private PackedProducts() {
    }

    /**
     * Whether copies cost less than they save, as measured with vectors of eight doubles.
     *
     * @param areRead whether A and X lie as they are read without copies, each row's elements side by side
     */
    static boolean areWorthIt(int rows, int inner, int columns, boolean areRead) {
        return areRead ? rows >= 48 && inner >= 256 && columns >= 256 : rows >= 128 && inner >= 16 && columns >= 64;
    }

    /** As {@link MatrixKernels#product}, where the element k, j of X is at x + k · xStep + j · xColumnStep. */
    static void compute(Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long xColumnStep, long z,
            long zStep, int rows, int inner, int columns) {
        PackedProducts packed = OF_THREAD.get();
        int width;
        for (int k = 0; k < inner; k += TERMS) {
            int depth = Math.min(TERMS, inner - k);
            for (int j = 0; j < columns; j += width) {
                width = VectorMatrices.width(columns - j, COLUMNS);
                packed.copyColumns(x + k * xStep + j * xColumnStep, xStep, xColumnStep, depth, width);
                for (int i = 0; i < rows; i += ROWS) {
                    int height = Math.min(ROWS, rows - i);
                    packed.copyRows(a + i * rowStep + k * columnStep, rowStep, columnStep, height, depth);
                    packed.multiply(k == 0 ? start : Start.TARGET, bias + 8L * i, z + i * zStep + 8L * j, zStep, height, depth, width);
                }
            }
        }
    }

    private void copyColumns(long x, long xStep, long xColumnStep, int depth, int columns) {
        long panel = panels;
        int width;
        for (int j = 0; j < columns; j += width, panel += PANEL_STEP * depth) {
            width = VectorMatrices.width(columns - j, WIDTH);
            long first = x + j * xColumnStep;
            long second = first + (width - LENGTH) * xColumnStep;
            if (xColumnStep == Double.BYTES) {
                copyPanel(first, second, xStep, panel, depth);
            } else {
                for (int c = 0; c < LENGTH; c++) {
                    copyColumn(first + c * xColumnStep, xStep, panel + 8L * c, depth);
                    copyColumn(second + c * xColumnStep, xStep, panel + 8L * (LENGTH + c), depth);
                }
            }
        }
    }

    private static void copyPanel(long first, long second, long step, long panel, int depth) {
        for (int k = 0; k < depth; k++) {
            long row = k * (step & STEPS);
            long target = (panel & OFFSETS) + k * PANEL_STEP;
            fromMemorySegment(SPECIES, ALL, (first & OFFSETS) + row, ORDER).intoMemorySegment(ALL, target, ORDER);
            fromMemorySegment(SPECIES, ALL, (second & OFFSETS) + row, ORDER).intoMemorySegment(ALL, target + 8L * LENGTH, ORDER);
        }
    }

    private static void copyColumn(long source, long step, long first, int depth) {
        for (int k = 0; k < depth; k++) {
            ALL.set(JAVA_DOUBLE_UNALIGNED, (first & OFFSETS) + k * PANEL_STEP,
                    ALL.get(JAVA_DOUBLE_UNALIGNED, (source & OFFSETS) + k * (step & STEPS)));
        }
    }

    private void copyRows(long a, long rowStep, long columnStep, int rows, int depth) {
        for (int i = 0; i < rows; i += HEIGHT) {
            copyTile(a + i * rowStep, rowStep, columnStep, rows - i, depth, tiles + 8L * i * depth);
        }
    }

    private static void copyTile(long a, long rowStep, long columnStep, int rows, int depth, long tile) {
        long a1 = (a + Math.min(1, rows - 1) * rowStep) & OFFSETS;
        long a2 = (a + Math.min(2, rows - 1) * rowStep) & OFFSETS;
        long a3 = (a + Math.min(3, rows - 1) * rowStep) & OFFSETS;
        long a4 = (a + Math.min(4, rows - 1) * rowStep) & OFFSETS;
        long a5 = (a + Math.min(5, rows - 1) * rowStep) & OFFSETS;
        for (int k = 0; k < depth; k++) {
            long column = k * (columnStep & STEPS);
            long place = (tile & OFFSETS) + k * TILE_STEP;
            ALL.set(JAVA_DOUBLE_UNALIGNED, place, ALL.get(JAVA_DOUBLE_UNALIGNED, (a & OFFSETS) + column));
            ALL.set(JAVA_DOUBLE_UNALIGNED, place + 8, ALL.get(JAVA_DOUBLE_UNALIGNED, a1 + column));
            ALL.set(JAVA_DOUBLE_UNALIGNED, place + 16, ALL.get(JAVA_DOUBLE_UNALIGNED, a2 + column));
            ALL.set(JAVA_DOUBLE_UNALIGNED, place + 24, ALL.get(JAVA_DOUBLE_UNALIGNED, a3 + column));
            ALL.set(JAVA_DOUBLE_UNALIGNED, place + 32, ALL.get(JAVA_DOUBLE_UNALIGNED, a4 + column));
            ALL.set(JAVA_DOUBLE_UNALIGNED, place + 40, ALL.get(JAVA_DOUBLE_UNALIGNED, a5 + column));
        }
    }

    /** Brings rows into the second-level cache one after the other: tiles ask for few lines of many rows, and wait for each. */
    private static double read(long z, long zStep, int rows, int columns) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            long row = (z + i * zStep) & OFFSETS;
            for (int j = 0; j < columns; j += 8) {
                sum += ALL.get(JAVA_DOUBLE_UNALIGNED, row + 8L * j);
            }
        }
        return sum;
    }

    private void multiply(Start start, long bias, long z, long zStep, int rows, int depth, int columns) {
        if (start == Start.TARGET) {
            read = read(z, zStep, rows, columns);
        }
        long panel = panels;
        int width;
        for (int j = 0; j < columns; j += width, panel += PANEL_STEP * depth) {
            width = VectorMatrices.width(columns - j, WIDTH);
            for (int i = 0; i < rows; i += HEIGHT) {
                sixByTwo(start, bias + 8L * i, tiles + 8L * i * depth, panel, depth, z + i * zStep + 8L * j, zStep,
                        8L * (width - LENGTH), rows - i);
            }
        }
    }

    private static void sixByTwo(Start start, long bias, long tile, long panel, int depth, long z, long zStep,
            long zLast, int rows) {
        long z1 = z + Math.min(1, rows - 1) * zStep;
        long z2 = z + Math.min(2, rows - 1) * zStep;
        long z3 = z + Math.min(3, rows - 1) * zStep;
        long z4 = z + Math.min(4, rows - 1) * zStep;
        long z5 = z + Math.min(5, rows - 1) * zStep;
        DoubleVector s00 = broadcast(SPECIES, 0);
        DoubleVector s01 = s00;
        DoubleVector s10 = s00;
        DoubleVector s11 = s00;
        DoubleVector s20 = s00;
        DoubleVector s21 = s00;
        DoubleVector s30 = s00;
        DoubleVector s31 = s00;
        DoubleVector s40 = s00;
        DoubleVector s41 = s00;
        DoubleVector s50 = s00;
        DoubleVector s51 = s00;
        if (start == Start.BIAS) {
            s00 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias));
            s01 = s00;
            s10 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * Math.min(1, rows - 1)));
            s11 = s10;
            s20 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * Math.min(2, rows - 1)));
            s21 = s20;
            s30 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * Math.min(3, rows - 1)));
            s31 = s30;
            s40 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * Math.min(4, rows - 1)));
            s41 = s40;
            s50 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, bias + 8L * Math.min(5, rows - 1)));
            s51 = s50;
        } else if (start == Start.TARGET) {
            s00 = fromMemorySegment(SPECIES, ALL, z, ORDER);
            s01 = fromMemorySegment(SPECIES, ALL, z + zLast, ORDER);
            s10 = fromMemorySegment(SPECIES, ALL, z1, ORDER);
            s11 = fromMemorySegment(SPECIES, ALL, z1 + zLast, ORDER);
            s20 = fromMemorySegment(SPECIES, ALL, z2, ORDER);
            s21 = fromMemorySegment(SPECIES, ALL, z2 + zLast, ORDER);
            s30 = fromMemorySegment(SPECIES, ALL, z3, ORDER);
            s31 = fromMemorySegment(SPECIES, ALL, z3 + zLast, ORDER);
            s40 = fromMemorySegment(SPECIES, ALL, z4, ORDER);
            s41 = fromMemorySegment(SPECIES, ALL, z4 + zLast, ORDER);
            s50 = fromMemorySegment(SPECIES, ALL, z5, ORDER);
            s51 = fromMemorySegment(SPECIES, ALL, z5 + zLast, ORDER);
        }
        for (int k = 0; k < depth; k++) {
            long row = (panel & OFFSETS) + k * PANEL_STEP;
            long column = (tile & OFFSETS) + k * TILE_STEP;
            DoubleVector x0 = fromMemorySegment(SPECIES, ALL, row, ORDER);
            DoubleVector x1 = fromMemorySegment(SPECIES, ALL, row + 8L * LENGTH, ORDER);
            DoubleVector f0 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, column));
            s00 = f0.fma(x0, s00);
            s01 = f0.fma(x1, s01);
            DoubleVector f1 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, column + 8));
            s10 = f1.fma(x0, s10);
            s11 = f1.fma(x1, s11);
            DoubleVector f2 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, column + 16));
            s20 = f2.fma(x0, s20);
            s21 = f2.fma(x1, s21);
            DoubleVector f3 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, column + 24));
            s30 = f3.fma(x0, s30);
            s31 = f3.fma(x1, s31);
            DoubleVector f4 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, column + 32));
            s40 = f4.fma(x0, s40);
            s41 = f4.fma(x1, s41);
            DoubleVector f5 = broadcast(SPECIES, ALL.get(JAVA_DOUBLE_UNALIGNED, column + 40));
            s50 = f5.fma(x0, s50);
            s51 = f5.fma(x1, s51);
        }
        s00.intoMemorySegment(ALL, z, ORDER);
        s01.intoMemorySegment(ALL, z + zLast, ORDER);
        s10.intoMemorySegment(ALL, z1, ORDER);
        s11.intoMemorySegment(ALL, z1 + zLast, ORDER);
        s20.intoMemorySegment(ALL, z2, ORDER);
        s21.intoMemorySegment(ALL, z2 + zLast, ORDER);
        s30.intoMemorySegment(ALL, z3, ORDER);
        s31.intoMemorySegment(ALL, z3 + zLast, ORDER);
        s40.intoMemorySegment(ALL, z4, ORDER);
        s41.intoMemorySegment(ALL, z4 + zLast, ORDER);
        s50.intoMemorySegment(ALL, z5, ORDER);
        s51.intoMemorySegment(ALL, z5 + zLast, ORDER);
    }
}
