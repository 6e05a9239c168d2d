package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.ProductTiles.OFFSETS;
import static dev.nabla.program.kernels.ProductTiles.STEPS;
import static dev.nabla.program.kernels.SingleLanes.HALF;
import static dev.nabla.program.kernels.SingleLanes.SINGLES;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * With the Vector API. Blocks of both factors, which stay in the second-level cache together, are rounded into floats: those of A
 * as they lie, by rows or by columns, those of X in panels of two vectors of columns, of which the last is filled up with zeros.
 * Tiles of six rows are multiplied with a panel; in the last one the last row stands in for those that are missing.
 */
final class VectorSingles implements SingleMatrices {

    private static final int WIDTH = 2 * SINGLES.length();
    private static final int TILE_ROWS = 6;
    /** Of a panel, so many that it stays in the first-level cache with as many beside it. */
    private static final int TURNED_TERMS = 64;
    private static final long PANEL_STEP = 4L * WIDTH;
    /** As {@link ProductTiles#STEPS}. */
    private static final long STEPS_OF_SINGLES = 4L * ProductTiles.SIZES;

    private static final ThreadLocal<Blocks> BLOCKS = ThreadLocal.withInitial(Blocks::new);

    /** The addresses of floats outside of the heap. */
    private static final class Blocks {
        private final MemorySegment memory = Arena.ofAuto()
                .allocate(4L * ((HEIGHT + COLUMNS) * TERMS + (TURNED_TERMS + TILE_ROWS) * WIDTH), PANEL_STEP);
        private final long sums = memory.address();
        private final long turned = sums + TILE_ROWS * PANEL_STEP;
        private final long panels = turned + TURNED_TERMS * PANEL_STEP;
        private final long rows = panels + 4L * COLUMNS * TERMS;
    }

    @Override
    public void product(Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long xColumnStep,
            long z, long zStep, int rows, int inner, int columns) {
        Blocks blocks = BLOCKS.get();
        for (int k = 0; k == 0 || k < inner; k += TERMS) {
            int depth = Math.min(TERMS, inner - k);
            for (int j = 0; j < columns; j += COLUMNS) {
                int width = Math.min(COLUMNS, columns - j);
                long panels = x + k * xStep + j * xColumnStep;
                roundColumns(panels, xStep, xColumnStep, blocks, depth, width);
                float ofX = SingleLanes.largest(blocks.panels, Math.ceilDiv(width, WIDTH) * WIDTH * depth);
                for (int i = 0; i < rows; i += HEIGHT) {
                    int height = Math.min(HEIGHT, rows - i);
                    long block = a + i * rowStep + k * columnStep;
                    Start from = k == 0 ? start : Start.TARGET;
                    long target = z + i * zStep + j;
                    roundRows(block, rowStep, columnStep, blocks.rows, height, depth);
                    if (SingleMatrices.areInRange(SingleLanes.largest(blocks.rows, height * depth), ofX)) {
                        tiles(from, bias + i, blocks, columnStep == 1, target, zStep, height, depth, width);
                    } else {
                        ofDoubles(from, bias + i, block, rowStep, columnStep, panels, xStep, xColumnStep, target, zStep, height, depth,
                                width);
                    }
                }
            }
        }
    }

    private static void ofDoubles(Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long xColumnStep,
            long z, long zStep, int rows, int inner, int columns) {
        if (columns < LENGTH || inner == 0) {
            Sums.ofProducts(start, bias, a, rowStep, columnStep, x, xStep, xColumnStep, z, zStep, 1, rows, inner, columns);
        } else {
            PackedProducts.compute(start, bias << 3, a << 3, rowStep << 3, columnStep << 3, x << 3, xStep << 3, xColumnStep << 3, z << 3,
                    zStep << 3, rows, inner, columns);
        }
    }

    /** One behind the other, row by row where the elements of a row lie so, else column by column. */
    private static void roundRows(long a, long rowStep, long columnStep, long target, int rows, int depth) {
        boolean isByRows = columnStep == 1;
        int runs = isByRows ? rows : depth;
        int count = isByRows ? depth : rows;
        long step = isByRows ? rowStep : columnStep;
        if (step == count) {
            SingleLanes.round(a, target, runs * count);
            return;
        }
        for (int i = 0; i < runs; i++) {
            SingleLanes.round(a + i * step, target + 4L * i * count, count);
        }
    }

    /** Into panels, each with the columns of an inner index side by side. */
    private static void roundColumns(long x, long xStep, long xColumnStep, Blocks blocks, int depth, int width) {
        for (int c = 0; c < width; c += WIDTH) {
            int count = Math.min(WIDTH, width - c);
            long panel = blocks.panels + 4L * c * depth;
            if (xColumnStep != 1) {
                roundTransposed(x + c * xColumnStep, xColumnStep, panel, blocks.turned, depth, count);
            } else if (count == WIDTH) {
                roundPanel(x + c, xStep, panel, depth);
            } else {
                zero(panel, WIDTH * depth);
                for (int k = 0; k < depth; k++) {
                    SingleLanes.round(x + c + k * xStep, panel + k * PANEL_STEP, count);
                }
            }
        }
    }

    /** A panel of columns that lie one number behind the other, some terms at a time. */
    private static void roundTransposed(long x, long xColumnStep, long panel, long scratch, int depth, int count) {
        for (int k = 0; k < depth; k += TURNED_TERMS) {
            int terms = Math.min(TURNED_TERMS, depth - k);
            long place = panel + k * PANEL_STEP;
            boolean isOdd = Integer.numberOfTrailingZeros(WIDTH) % 2 == 1;
            long from = isOdd ? scratch : place;
            long to = isOdd ? place : scratch;
            for (int j = 0; j < count; j++) {
                SingleLanes.round(x + k + j * xColumnStep, from + 4L * j * terms, terms);
            }
            zero(from + 4L * count * terms, (WIDTH - count) * terms);
            // Each time the highest bit of a number's place becomes its lowest, in the end those of its column.
            for (int columns = WIDTH; columns > 1; columns /= 2) {
                SingleLanes.riffle(from, to, WIDTH / 2 * terms);
                long last = from;
                from = to;
                to = last;
            }
        }
    }

    private static void zero(long floats, int count) {
        for (int i = 0; i < count; i++) {
            ALL.set(JAVA_FLOAT_UNALIGNED, (floats & OFFSETS) + 4L * i, 0);
        }
    }

    /** A panel is as wide as four vectors of doubles. */
    private static void roundPanel(long x, long xStep, long panel, int depth) {
        for (int k = 0; k < depth; k++) {
            long row = ((x << 3) & OFFSETS) + k * ((xStep << 3) & STEPS);
            long target = (panel & OFFSETS) + k * PANEL_STEP;
            DoubleVector x0 = DoubleVector.fromMemorySegment(SPECIES, ALL, row, ORDER);
            DoubleVector x1 = DoubleVector.fromMemorySegment(SPECIES, ALL, row + 8L * LENGTH, ORDER);
            DoubleVector x2 = DoubleVector.fromMemorySegment(SPECIES, ALL, row + 16L * LENGTH, ORDER);
            DoubleVector x3 = DoubleVector.fromMemorySegment(SPECIES, ALL, row + 24L * LENGTH, ORDER);
            ((FloatVector) x0.convertShape(D2F, HALF, 0)).intoMemorySegment(ALL, target, ORDER);
            ((FloatVector) x1.convertShape(D2F, HALF, 0)).intoMemorySegment(ALL, target + 4L * LENGTH, ORDER);
            ((FloatVector) x2.convertShape(D2F, HALF, 0)).intoMemorySegment(ALL, target + 8L * LENGTH, ORDER);
            ((FloatVector) x3.convertShape(D2F, HALF, 0)).intoMemorySegment(ALL, target + 12L * LENGTH, ORDER);
        }
    }

    private static void tiles(Start start, long bias, Blocks blocks, boolean isByRows, long z, long zStep, int height,
            int depth, int width) {
        long rowStep = 4L * (isByRows ? depth : 1);
        long columnStep = 4L * (isByRows ? 1 : height);
        for (int c = 0; c < width; c += WIDTH) {
            for (int i = 0; i < height; i += TILE_ROWS) {
                int rows = Math.min(TILE_ROWS, height - i);
                int columns = Math.min(WIDTH, width - c);
                sixByTwo(blocks.rows + i * rowStep, rowStep, columnStep, rows, blocks.panels + 4L * c * depth, depth, blocks.sums);
                add(start, bias + i, blocks.sums, z + i * zStep + c, zStep, rows, columns);
            }
        }
    }

    private static void sixByTwo(long a, long rowStep, long columnStep, int rows, long panel, int depth, long sums) {
        long a0 = a & OFFSETS;
        long a1 = (a + Math.min(1, rows - 1) * rowStep) & OFFSETS;
        long a2 = (a + Math.min(2, rows - 1) * rowStep) & OFFSETS;
        long a3 = (a + Math.min(3, rows - 1) * rowStep) & OFFSETS;
        long a4 = (a + Math.min(4, rows - 1) * rowStep) & OFFSETS;
        long a5 = (a + Math.min(5, rows - 1) * rowStep) & OFFSETS;
        FloatVector s00 = FloatVector.broadcast(SINGLES, 0);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s40 = s00;
        FloatVector s41 = s00;
        FloatVector s50 = s00;
        FloatVector s51 = s00;
        for (int k = 0; k < depth; k++) {
            long column = k * (columnStep & STEPS_OF_SINGLES);
            long row = (panel & OFFSETS) + k * PANEL_STEP;
            FloatVector x0 = FloatVector.fromMemorySegment(SINGLES, ALL, row, ORDER);
            FloatVector x1 = FloatVector.fromMemorySegment(SINGLES, ALL, row + PANEL_STEP / 2, ORDER);
            FloatVector f0 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, a0 + column));
            s00 = f0.fma(x0, s00);
            s01 = f0.fma(x1, s01);
            FloatVector f1 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, a1 + column));
            s10 = f1.fma(x0, s10);
            s11 = f1.fma(x1, s11);
            FloatVector f2 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, a2 + column));
            s20 = f2.fma(x0, s20);
            s21 = f2.fma(x1, s21);
            FloatVector f3 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, a3 + column));
            s30 = f3.fma(x0, s30);
            s31 = f3.fma(x1, s31);
            FloatVector f4 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, a4 + column));
            s40 = f4.fma(x0, s40);
            s41 = f4.fma(x1, s41);
            FloatVector f5 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, a5 + column));
            s50 = f5.fma(x0, s50);
            s51 = f5.fma(x1, s51);
        }
        long second = sums + PANEL_STEP / 2;
        s00.intoMemorySegment(ALL, sums, ORDER);
        s01.intoMemorySegment(ALL, second, ORDER);
        s10.intoMemorySegment(ALL, sums + PANEL_STEP, ORDER);
        s11.intoMemorySegment(ALL, second + PANEL_STEP, ORDER);
        s20.intoMemorySegment(ALL, sums + 2 * PANEL_STEP, ORDER);
        s21.intoMemorySegment(ALL, second + 2 * PANEL_STEP, ORDER);
        s30.intoMemorySegment(ALL, sums + 3 * PANEL_STEP, ORDER);
        s31.intoMemorySegment(ALL, second + 3 * PANEL_STEP, ORDER);
        s40.intoMemorySegment(ALL, sums + 4 * PANEL_STEP, ORDER);
        s41.intoMemorySegment(ALL, second + 4 * PANEL_STEP, ORDER);
        s50.intoMemorySegment(ALL, sums + 5 * PANEL_STEP, ORDER);
        s51.intoMemorySegment(ALL, second + 5 * PANEL_STEP, ORDER);
    }

    private static void add(Start start, long bias, long sums, long z, long zStep, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            long row = z + i * zStep;
            long sumsOfRow = (sums & OFFSETS) + i * PANEL_STEP;
            DoubleVector first = DoubleVector.broadcast(SPECIES, start == Start.BIAS ? get(bias + i) : 0);
            int j = 0;
            for (; j <= columns - LENGTH; j += LENGTH) {
                long target = ((row << 3) & OFFSETS) + 8L * j;
                DoubleVector sum = (DoubleVector) FloatVector.fromMemorySegment(HALF, ALL, sumsOfRow + 4L * j, ORDER)
                        .convertShape(F2D, SPECIES, 0);
                sum.add(start == Start.TARGET ? DoubleVector.fromMemorySegment(SPECIES, ALL, target, ORDER) : first)
                        .intoMemorySegment(ALL, target, ORDER);
            }
            for (; j < columns; j++) {
                set(row + j, SingleMatrices.first(start, bias + i, row + j) + ALL.get(JAVA_FLOAT_UNALIGNED, sumsOfRow + 4L * j));
            }
        }
    }
}
