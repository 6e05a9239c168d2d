package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.ProductTiles.OFFSETS;
import static dev.nabla.program.kernels.ProductTiles.STEPS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import dev.nabla.program.kernels.MatrixKernels.Start;
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
    /** A panel of TERMS stays in the first-level cache, a block of either matrix in the second. */
    private static final int TERMS = 256;
    private static final int ROWS = 16 * HEIGHT;
    private static final int COLUMNS = 512;

    private static final ThreadLocal<PackedProducts> OF_THREAD = ThreadLocal.withInitial(PackedProducts::new);

    private final double[] tiles = new double[ROWS * TERMS];
    private final double[] panels = new double[COLUMNS * TERMS];

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
        int panel = 0;
        int width;
        for (int j = 0; j < columns; j += width, panel += WIDTH * depth) {
            width = VectorMatrices.width(columns - j, WIDTH);
            long first = x + j * xColumnStep;
            long second = first + (width - LENGTH) * xColumnStep;
            if (xColumnStep == Double.BYTES) {
                copyPanel(first, second, xStep, panels, panel, depth);
            } else {
                for (int c = 0; c < LENGTH; c++) {
                    copyColumn(first + c * xColumnStep, xStep, panels, panel + c, depth);
                    copyColumn(second + c * xColumnStep, xStep, panels, panel + LENGTH + c, depth);
                }
            }
        }
    }

    private static void copyPanel(long first, long second, long step, double[] panels, int panel, int depth) {
        for (int k = 0; k < depth; k++) {
            fromMemorySegment(SPECIES, ALL, (first & OFFSETS) + k * (step & STEPS), ORDER).intoArray(panels, panel + k * WIDTH);
            fromMemorySegment(SPECIES, ALL, (second & OFFSETS) + k * (step & STEPS), ORDER).intoArray(panels, panel + k * WIDTH + LENGTH);
        }
    }

    private static void copyColumn(long source, long step, double[] panels, int first, int depth) {
        for (int k = 0; k < depth; k++) {
            panels[first + k * WIDTH] = ALL.get(JAVA_DOUBLE_UNALIGNED, (source & OFFSETS) + k * (step & STEPS));
        }
    }

    private void copyRows(long a, long rowStep, long columnStep, int rows, int depth) {
        for (int i = 0; i < rows; i += HEIGHT) {
            copyTile(a + i * rowStep, rowStep, columnStep, rows - i, depth, tiles, i * depth);
        }
    }

    private static void copyTile(long a, long rowStep, long columnStep, int rows, int depth, double[] tiles, int tile) {
        long a1 = (a + Math.min(1, rows - 1) * rowStep) & OFFSETS;
        long a2 = (a + Math.min(2, rows - 1) * rowStep) & OFFSETS;
        long a3 = (a + Math.min(3, rows - 1) * rowStep) & OFFSETS;
        long a4 = (a + Math.min(4, rows - 1) * rowStep) & OFFSETS;
        long a5 = (a + Math.min(5, rows - 1) * rowStep) & OFFSETS;
        for (int k = 0; k < depth; k++) {
            long column = k * (columnStep & STEPS);
            int place = tile + k * HEIGHT;
            tiles[place] = ALL.get(JAVA_DOUBLE_UNALIGNED, (a & OFFSETS) + column);
            tiles[place + 1] = ALL.get(JAVA_DOUBLE_UNALIGNED, a1 + column);
            tiles[place + 2] = ALL.get(JAVA_DOUBLE_UNALIGNED, a2 + column);
            tiles[place + 3] = ALL.get(JAVA_DOUBLE_UNALIGNED, a3 + column);
            tiles[place + 4] = ALL.get(JAVA_DOUBLE_UNALIGNED, a4 + column);
            tiles[place + 5] = ALL.get(JAVA_DOUBLE_UNALIGNED, a5 + column);
        }
    }

    private void multiply(Start start, long bias, long z, long zStep, int rows, int depth, int columns) {
        int panel = 0;
        int width;
        for (int j = 0; j < columns; j += width, panel += WIDTH * depth) {
            width = VectorMatrices.width(columns - j, WIDTH);
            for (int i = 0; i < rows; i += HEIGHT) {
                sixByTwo(start, bias + 8L * i, tiles, i * depth, panels, panel, depth, z + i * zStep + 8L * j, zStep,
                        8L * (width - LENGTH), rows - i);
            }
        }
    }

    private static void sixByTwo(Start start, long bias, double[] a, int tile, double[] x, int panel, int depth, long z, long zStep,
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
            DoubleVector x0 = fromArray(SPECIES, x, panel + k * WIDTH);
            DoubleVector x1 = fromArray(SPECIES, x, panel + k * WIDTH + LENGTH);
            DoubleVector f0 = broadcast(SPECIES, a[tile + k * HEIGHT]);
            s00 = f0.fma(x0, s00);
            s01 = f0.fma(x1, s01);
            DoubleVector f1 = broadcast(SPECIES, a[tile + k * HEIGHT + 1]);
            s10 = f1.fma(x0, s10);
            s11 = f1.fma(x1, s11);
            DoubleVector f2 = broadcast(SPECIES, a[tile + k * HEIGHT + 2]);
            s20 = f2.fma(x0, s20);
            s21 = f2.fma(x1, s21);
            DoubleVector f3 = broadcast(SPECIES, a[tile + k * HEIGHT + 3]);
            s30 = f3.fma(x0, s30);
            s31 = f3.fma(x1, s31);
            DoubleVector f4 = broadcast(SPECIES, a[tile + k * HEIGHT + 4]);
            s40 = f4.fma(x0, s40);
            s41 = f4.fma(x1, s41);
            DoubleVector f5 = broadcast(SPECIES, a[tile + k * HEIGHT + 5]);
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
