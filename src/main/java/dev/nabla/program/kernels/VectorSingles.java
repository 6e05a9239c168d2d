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

import dev.nabla.program.kernels.FloatKernels.Kinds;
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
    /** So many floats of X, which the first-level cache holds with as many beside them, are multiplied where they are. */
    private static final int IN_PLACE = 4096;
    /** As {@link ProductTiles#STEPS}. */
    private static final long STEPS_OF_SINGLES = 4L * ProductTiles.SIZES;

    private static final ThreadLocal<Blocks> BLOCKS = ThreadLocal.withInitial(Blocks::new);

    /** The addresses of floats outside of the heap. */
    private static final class Blocks {
        private final MemorySegment memory = Arena.ofAuto()
                .allocate(4L * ((HEIGHT + COLUMNS) * TERMS + (TURNED_TERMS + TILE_ROWS) * WIDTH + 2 * (HEIGHT + TILE_ROWS)), PANEL_STEP);
        private final long sums = memory.address();
        private final long turned = sums + TILE_ROWS * PANEL_STEP;
        private final long panels = turned + TURNED_TERMS * PANEL_STEP;
        private final long rows = panels + 4L * COLUMNS * TERMS;
        /** What the sums of rows start from: what new memory has, and the biases, followed by more of the last one. */
        private final long zeros = rows + 4L * HEIGHT * TERMS;
        private final long biases = zeros + 4L * (HEIGHT + TILE_ROWS);
    }

    @Override
    public boolean product(Kinds kinds, Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep,
            long xColumnStep, long z, long zStep, int rows, int inner, int columns) {
        Blocks blocks = BLOCKS.get();
        boolean isComputed = true;
        for (int k = 0; k == 0 || k < inner; k += TERMS) {
            int depth = Math.min(TERMS, inner - k);
            for (int j = 0; j < columns; j += COLUMNS) {
                int width = Math.min(COLUMNS, columns - j);
                long columnsOfX = x + k * xStep + j * xColumnStep;
                boolean arePanels = kinds.x() == Numbers.FLOATS && xColumnStep == 1 && xStep == width && width % WIDTH == 0
                        && depth * width <= IN_PLACE;
                long panels = arePanels ? columnsOfX << 2 : blocks.panels;
                if (!arePanels) {
                    roundColumns(kinds.x(), columnsOfX, xStep, xColumnStep, blocks, depth, width);
                }
                float ofX = SingleLanes.largest(panels, Math.ceilDiv(width, WIDTH) * WIDTH * depth);
                for (int i = 0; i < rows; i += HEIGHT) {
                    int height = Math.min(HEIGHT, rows - i);
                    long block = a + i * rowStep + k * columnStep;
                    Start from = k == 0 ? start : Start.TARGET;
                    long target = z + i * zStep + j;
                    boolean areRows = kinds.a() == Numbers.FLOATS && columnStep == 1 && rowStep == depth;
                    long rowsOfA = areRows ? block << 2 : blocks.rows;
                    if (!areRows) {
                        roundRows(kinds.a(), block, rowStep, columnStep, blocks.rows, height, depth);
                    }
                    if (kinds.areInRange(SingleLanes.largest(rowsOfA, height * depth), ofX)) {
                        tiles(kinds.z(), from, bias + i, rowsOfA, columnStep == 1, panels, arePanels ? 4L * width : PANEL_STEP, blocks,
                                target, zStep, height, depth, width);
                    } else if (kinds.haveFloats()) {
                        isComputed = false;
                    } else {
                        ofDoubles(from, bias + i, block, rowStep, columnStep, columnsOfX, xStep, xColumnStep, target, zStep, height,
                                depth, width);
                    }
                }
            }
        }
        return isComputed;
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
    private static void roundRows(Numbers numbers, long a, long rowStep, long columnStep, long target, int rows, int depth) {
        boolean isByRows = columnStep == 1;
        int runs = isByRows ? rows : depth;
        int count = isByRows ? depth : rows;
        long step = isByRows ? rowStep : columnStep;
        if (step == count) {
            SingleLanes.round(numbers, a, target, runs * count);
            return;
        }
        for (int i = 0; i < runs; i++) {
            SingleLanes.round(numbers, a + i * step, target + 4L * i * count, count);
        }
    }

    /** Into panels, each with the columns of an inner index side by side. */
    private static void roundColumns(Numbers numbers, long x, long xStep, long xColumnStep, Blocks blocks, int depth, int width) {
        for (int c = 0; c < width; c += WIDTH) {
            int count = Math.min(WIDTH, width - c);
            long panel = blocks.panels + 4L * c * depth;
            if (xColumnStep != 1) {
                roundTransposed(numbers, x + c * xColumnStep, xColumnStep, panel, blocks.turned, depth, count);
            } else if (count == WIDTH && numbers == Numbers.FLOATS) {
                copyPanel(x + c, xStep, panel, depth);
            } else if (count == WIDTH) {
                roundPanel(x + c, xStep, panel, depth);
            } else {
                zero(panel, WIDTH * depth);
                for (int k = 0; k < depth; k++) {
                    SingleLanes.round(numbers, x + c + k * xStep, panel + k * PANEL_STEP, count);
                }
            }
        }
    }

    /** A panel of columns that lie one number behind the other, some terms at a time. */
    private static void roundTransposed(Numbers numbers, long x, long xColumnStep, long panel, long scratch, int depth, int count) {
        for (int k = 0; k < depth; k += TURNED_TERMS) {
            int terms = Math.min(TURNED_TERMS, depth - k);
            long place = panel + k * PANEL_STEP;
            boolean isOdd = Integer.numberOfTrailingZeros(WIDTH) % 2 == 1;
            long from = isOdd ? scratch : place;
            long to = isOdd ? place : scratch;
            boolean areRows = numbers == Numbers.FLOATS && count == WIDTH && terms % SINGLES.length() == 0;
            if (areRows) {
                for (int j = 0; j < WIDTH / 2; j++) {
                    long row = (x + k + j * xColumnStep) << 2;
                    SingleLanes.riffle(row, row + ((WIDTH / 2 * xColumnStep) << 2), to + 8L * j * terms, terms);
                }
                long last = from;
                from = to;
                to = last;
            } else {
                for (int j = 0; j < count; j++) {
                    SingleLanes.round(numbers, x + k + j * xColumnStep, from + 4L * j * terms, terms);
                }
                zero(from + 4L * count * terms, (WIDTH - count) * terms);
            }
            // Each time the highest bit of a number's place becomes its lowest, in the end those of its column.
            for (int columns = areRows ? WIDTH / 2 : WIDTH; columns > 1; columns /= 2) {
                SingleLanes.riffle(from, from + 2L * WIDTH * terms, to, WIDTH / 2 * terms);
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

    /** A panel is as wide as two vectors of doubles are long. */
    private static void copyPanel(long x, long xStep, long panel, int depth) {
        for (int k = 0; k < depth; k++) {
            long row = ((x << 2) & OFFSETS) + k * ((xStep << 2) & STEPS_OF_SINGLES);
            long target = (panel & OFFSETS) + k * PANEL_STEP;
            DoubleVector.fromMemorySegment(SPECIES, ALL, row, ORDER).intoMemorySegment(ALL, target, ORDER);
            DoubleVector.fromMemorySegment(SPECIES, ALL, row + PANEL_STEP / 2, ORDER)
                    .intoMemorySegment(ALL, target + PANEL_STEP / 2, ORDER);
        }
    }

    /** @param panelStep leads from one inner index of a panel to the next; panels in place lie side by side, others one behind the other */
    private static void tiles(Numbers numbers, Start start, long bias, long rowsOfA, boolean isByRows, long panels, long panelStep,
            Blocks blocks, long z, long zStep, int height, int depth, int width) {
        long rowStep = 4L * (isByRows ? depth : 1);
        long columnStep = 4L * (isByRows ? 1 : height);
        long first = numbers == Numbers.FLOATS && start == Start.BIAS ? blocks.biases : blocks.zeros;
        if (first == blocks.biases) {
            SingleLanes.round(bias, first, height);
            float last = ALL.get(JAVA_FLOAT_UNALIGNED, first + 4L * (height - 1));
            for (int i = height; i < height + TILE_ROWS; i++) {
                ALL.set(JAVA_FLOAT_UNALIGNED, first + 4L * i, last);
            }
        }
        for (int c = 0; c < width; c += WIDTH) {
            for (int i = 0; i < height; i += TILE_ROWS) {
                int rows = Math.min(TILE_ROWS, height - i);
                int columns = Math.min(WIDTH, width - c);
                long tile = z + i * zStep + c;
                long rowsOfTile = rowsOfA + i * rowStep;
                long panel = panels + 4L * c * (panelStep == PANEL_STEP ? depth : 1);
                if (numbers == Numbers.DOUBLES) {
                    sixByTwo(first + 4L * i, rowsOfTile, rowStep, columnStep, rows, panel, panelStep, depth, blocks.sums, PANEL_STEP);
                    add(start, bias + i, blocks.sums, tile, zStep, rows, columns);
                } else if (start != Start.TARGET && columns == WIDTH) {
                    sixByTwo(first + 4L * i, rowsOfTile, rowStep, columnStep, rows, panel, panelStep, depth, tile << 2,
                            zStep << 2);
                } else {
                    sixByTwo(first + 4L * i, rowsOfTile, rowStep, columnStep, rows, panel, panelStep, depth, blocks.sums, PANEL_STEP);
                    storeFloats(start, blocks.sums, tile, zStep, rows, columns);
                }
            }
        }
    }

    /**
     * Six rows, of which the last one also stands in for those that are missing, and two vectors of columns; all by addresses.
     *
     * @param first the floats that the sums of the rows start from
     */
    private static void sixByTwo(long first, long a, long rowStep, long columnStep, int rows, long panel, long panelStep, int depth,
            long z, long zStep) {
        int i1 = Math.min(1, rows - 1);
        int i2 = Math.min(2, rows - 1);
        int i3 = Math.min(3, rows - 1);
        int i4 = Math.min(4, rows - 1);
        int i5 = Math.min(5, rows - 1);
        long a0 = a & OFFSETS;
        long a1 = (a + i1 * rowStep) & OFFSETS;
        long a2 = (a + i2 * rowStep) & OFFSETS;
        long a3 = (a + i3 * rowStep) & OFFSETS;
        long a4 = (a + i4 * rowStep) & OFFSETS;
        long a5 = (a + i5 * rowStep) & OFFSETS;
        FloatVector s00 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, (first & OFFSETS)));
        FloatVector s01 = s00;
        FloatVector s10 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, (first & OFFSETS) + 4L));
        FloatVector s11 = s10;
        FloatVector s20 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, (first & OFFSETS) + 8L));
        FloatVector s21 = s20;
        FloatVector s30 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, (first & OFFSETS) + 12L));
        FloatVector s31 = s30;
        FloatVector s40 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, (first & OFFSETS) + 16L));
        FloatVector s41 = s40;
        FloatVector s50 = FloatVector.broadcast(SINGLES, ALL.get(JAVA_FLOAT_UNALIGNED, (first & OFFSETS) + 20L));
        FloatVector s51 = s50;
        for (int k = 0; k < depth; k++) {
            long column = k * (columnStep & STEPS_OF_SINGLES);
            long row = (panel & OFFSETS) + k * (panelStep & STEPS_OF_SINGLES);
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
        long z0 = z & OFFSETS;
        long z1 = (z + i1 * zStep) & OFFSETS;
        long z2 = (z + i2 * zStep) & OFFSETS;
        long z3 = (z + i3 * zStep) & OFFSETS;
        long z4 = (z + i4 * zStep) & OFFSETS;
        long z5 = (z + i5 * zStep) & OFFSETS;
        s00.intoMemorySegment(ALL, z0, ORDER);
        s01.intoMemorySegment(ALL, z0 + PANEL_STEP / 2, ORDER);
        s10.intoMemorySegment(ALL, z1, ORDER);
        s11.intoMemorySegment(ALL, z1 + PANEL_STEP / 2, ORDER);
        s20.intoMemorySegment(ALL, z2, ORDER);
        s21.intoMemorySegment(ALL, z2 + PANEL_STEP / 2, ORDER);
        s30.intoMemorySegment(ALL, z3, ORDER);
        s31.intoMemorySegment(ALL, z3 + PANEL_STEP / 2, ORDER);
        s40.intoMemorySegment(ALL, z4, ORDER);
        s41.intoMemorySegment(ALL, z4 + PANEL_STEP / 2, ORDER);
        s50.intoMemorySegment(ALL, z5, ORDER);
        s51.intoMemorySegment(ALL, z5 + PANEL_STEP / 2, ORDER);
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

    private static void storeFloats(Start start, long sums, long z, long zStep, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            long row = ((z + i * zStep) << 2) & OFFSETS;
            long sumsOfRow = (sums & OFFSETS) + i * PANEL_STEP;
            if (start != Start.TARGET) {
                SingleLanes.copy(sumsOfRow, row, columns);
                continue;
            }
            int j = 0;
            for (; j <= columns - SINGLES.length(); j += SINGLES.length()) {
                FloatVector.fromMemorySegment(SINGLES, ALL, sumsOfRow + 4L * j, ORDER)
                        .add(FloatVector.fromMemorySegment(SINGLES, ALL, row + 4L * j, ORDER))
                        .intoMemorySegment(ALL, row + 4L * j, ORDER);
            }
            for (; j < columns; j++) {
                ALL.set(JAVA_FLOAT_UNALIGNED, row + 4L * j,
                        ALL.get(JAVA_FLOAT_UNALIGNED, row + 4L * j) + ALL.get(JAVA_FLOAT_UNALIGNED, sumsOfRow + 4L * j));
            }
        }
    }
}
