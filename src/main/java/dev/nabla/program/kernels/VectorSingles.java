package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API. Blocks of both factors, which stay in the second-level cache together, are rounded into floats that lie as
 * they are read: those of A in tiles of six rows, of which the last is filled up with its last row, those of X in panels of two vectors
 * of columns, of which the last is filled up with zeros.
 */
final class VectorSingles implements SingleMatrices {

    private static final VectorSpecies<Float> SINGLES = FloatVector.SPECIES_PREFERRED;
    /** As many floats as there are doubles in a vector. */
    private static final VectorSpecies<Float> HALF =
            VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
    private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_PREFERRED;
    private static final int WIDTH = 2 * SINGLES.length();
    private static final int TILE_ROWS = 6;

    private static final ThreadLocal<Blocks> BLOCKS = ThreadLocal.withInitial(Blocks::new);

    private static final class Blocks {
        final float[] a = new float[HEIGHT * TERMS];
        final float[] x = new float[COLUMNS * TERMS];
        final float[] sums = new float[TILE_ROWS * WIDTH];
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
                roundColumns(panels, xStep, xColumnStep, 1, blocks.x, depth, width);
                float ofX = largest(blocks.x, Math.ceilDiv(width, WIDTH) * WIDTH * depth);
                for (int i = 0; i < rows; i += HEIGHT) {
                    int height = Math.min(HEIGHT, rows - i);
                    long block = a + i * rowStep + k * columnStep;
                    Start from = k == 0 ? start : Start.TARGET;
                    long target = z + i * zStep + j;
                    roundRows(block, rowStep, columnStep, 1, blocks.a, height, depth);
                    float ofA = largest(blocks.a, Math.ceilDiv(height, TILE_ROWS) * TILE_ROWS * depth);
                    if (SingleMatrices.isInRange(ofA, ofX)) {
                        tiles(from, bias + i, blocks, 0, target, zStep, height, depth, width);
                    } else {
                        int exponentOfA = SingleMatrices.exponent(block, rowStep, height, columnStep, depth);
                        int exponentOfX = SingleMatrices.exponent(panels, xStep, depth, xColumnStep, width);
                        roundRows(block, rowStep, columnStep, Math.scalb(1.0, exponentOfA), blocks.a, height, depth);
                        roundColumns(panels, xStep, xColumnStep, Math.scalb(1.0, exponentOfX), blocks.x, depth, width);
                        tiles(from, bias + i, blocks, -exponentOfA - exponentOfX, target, zStep, height, depth, width);
                        roundColumns(panels, xStep, xColumnStep, 1, blocks.x, depth, width);
                    }
                }
            }
        }
    }

    /** The largest magnitude; what is infinite or NaN is larger than any. */
    private static float largest(float[] numbers, int count) {
        IntVector most = IntVector.zero(BITS);
        int i = 0;
        for (; i <= count - SINGLES.length(); i += SINGLES.length()) {
            most = most.max(FloatVector.fromArray(SINGLES, numbers, i).reinterpretAsInts().and(Integer.MAX_VALUE));
        }
        int largest = most.reduceLanes(MAX);
        for (; i < count; i++) {
            largest = Math.max(largest, Float.floatToRawIntBits(numbers[i]) & Integer.MAX_VALUE);
        }
        // Magnitudes are ordered as their bits are.
        return Float.intBitsToFloat(largest);
    }

    /** Into tiles, each with the rows of an inner index side by side. */
    private static void roundRows(long a, long rowStep, long columnStep, double scale, float[] tiles, int rows, int depth) {
        for (int i = 0; i < rows; i += TILE_ROWS) {
            roundTile(a + i * rowStep, rowStep, columnStep, scale, tiles, i * depth, rows - i, depth);
        }
    }

    private static void roundTile(long a, long rowStep, long columnStep, double scale, float[] tiles, int tile, int rows, int depth) {
        long a0 = Doubles.start(a);
        long a1 = Doubles.start(a + Math.min(1, rows - 1) * rowStep);
        long a2 = Doubles.start(a + Math.min(2, rows - 1) * rowStep);
        long a3 = Doubles.start(a + Math.min(3, rows - 1) * rowStep);
        long a4 = Doubles.start(a + Math.min(4, rows - 1) * rowStep);
        long a5 = Doubles.start(a + Math.min(5, rows - 1) * rowStep);
        for (int k = 0; k < depth; k++) {
            long column = k * columnStep;
            int place = tile + k * TILE_ROWS;
            tiles[place] = (float) (get(a0 + column) * scale);
            tiles[place + 1] = (float) (get(a1 + column) * scale);
            tiles[place + 2] = (float) (get(a2 + column) * scale);
            tiles[place + 3] = (float) (get(a3 + column) * scale);
            tiles[place + 4] = (float) (get(a4 + column) * scale);
            tiles[place + 5] = (float) (get(a5 + column) * scale);
        }
    }

    /** Into panels, each with the columns of an inner index side by side. */
    private static void roundColumns(long x, long xStep, long xColumnStep, double scale, float[] panels, int depth, int width) {
        for (int c = 0; c < width; c += WIDTH) {
            int count = Math.min(WIDTH, width - c);
            int panel = c * depth;
            if (count < WIDTH) {
                Arrays.fill(panels, panel, panel + WIDTH * depth, 0);
            }
            if (xColumnStep == 1) {
                for (int k = 0; k < depth; k++) {
                    round(x + c + k * xStep, scale, panels, panel + k * WIDTH, count);
                }
            } else {
                for (int j = 0; j < count; j++) {
                    scatter(x + (c + j) * xColumnStep, xStep, scale, panels, panel + j, depth);
                }
            }
        }
    }

    private static void scatter(long source, long step, double scale, float[] target, int first, int count) {
        for (int k = 0; k < count; k++) {
            target[first + k * WIDTH] = (float) (get(source + k * step) * scale);
        }
    }

    private static void round(long source, double scale, float[] target, int first, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector rounded = (FloatVector) DoubleVector.fromMemorySegment(SPECIES, ALL, (source + i) << 3, ORDER)
                    .mul(scale).convertShape(D2F, HALF, 0);
            rounded.intoArray(target, first + i);
        }
        for (; i < count; i++) {
            target[first + i] = (float) (get(source + i) * scale);
        }
    }

    /** @param exponent of the power of two by which sums are multiplied */
    private static void tiles(Start start, long bias, Blocks blocks, int exponent, long z, long zStep, int height, int depth,
            int width) {
        for (int c = 0; c < width; c += WIDTH) {
            for (int i = 0; i < height; i += TILE_ROWS) {
                sixByTwo(blocks.a, i * depth, blocks.x, c * depth, depth, blocks.sums);
                int rows = Math.min(TILE_ROWS, height - i);
                int columns = Math.min(WIDTH, width - c);
                if (exponent == 0) {
                    add(start, bias + i, blocks.sums, z + i * zStep + c, zStep, rows, columns);
                } else {
                    addScaled(start, bias + i, blocks.sums, exponent, z + i * zStep + c, zStep, rows, columns);
                }
            }
        }
    }

    private static void sixByTwo(float[] a, int tile, float[] x, int panel, int depth, float[] sums) {
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
            FloatVector x0 = FloatVector.fromArray(SINGLES, x, panel + k * WIDTH);
            FloatVector x1 = FloatVector.fromArray(SINGLES, x, panel + k * WIDTH + SINGLES.length());
            FloatVector f0 = FloatVector.broadcast(SINGLES, a[tile + k * TILE_ROWS]);
            s00 = f0.fma(x0, s00);
            s01 = f0.fma(x1, s01);
            FloatVector f1 = FloatVector.broadcast(SINGLES, a[tile + k * TILE_ROWS + 1]);
            s10 = f1.fma(x0, s10);
            s11 = f1.fma(x1, s11);
            FloatVector f2 = FloatVector.broadcast(SINGLES, a[tile + k * TILE_ROWS + 2]);
            s20 = f2.fma(x0, s20);
            s21 = f2.fma(x1, s21);
            FloatVector f3 = FloatVector.broadcast(SINGLES, a[tile + k * TILE_ROWS + 3]);
            s30 = f3.fma(x0, s30);
            s31 = f3.fma(x1, s31);
            FloatVector f4 = FloatVector.broadcast(SINGLES, a[tile + k * TILE_ROWS + 4]);
            s40 = f4.fma(x0, s40);
            s41 = f4.fma(x1, s41);
            FloatVector f5 = FloatVector.broadcast(SINGLES, a[tile + k * TILE_ROWS + 5]);
            s50 = f5.fma(x0, s50);
            s51 = f5.fma(x1, s51);
        }
        int length = SINGLES.length();
        s00.intoArray(sums, 0);
        s01.intoArray(sums, length);
        s10.intoArray(sums, WIDTH);
        s11.intoArray(sums, WIDTH + length);
        s20.intoArray(sums, 2 * WIDTH);
        s21.intoArray(sums, 2 * WIDTH + length);
        s30.intoArray(sums, 3 * WIDTH);
        s31.intoArray(sums, 3 * WIDTH + length);
        s40.intoArray(sums, 4 * WIDTH);
        s41.intoArray(sums, 4 * WIDTH + length);
        s50.intoArray(sums, 5 * WIDTH);
        s51.intoArray(sums, 5 * WIDTH + length);
    }

    private static void add(Start start, long bias, float[] sums, long z, long zStep, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            long row = z + i * zStep;
            int j = 0;
            for (; j <= columns - LENGTH; j += LENGTH) {
                DoubleVector sum = (DoubleVector) FloatVector.fromArray(HALF, sums, i * WIDTH + j).convertShape(F2D, SPECIES, 0);
                DoubleVector first = start == Start.TARGET ? DoubleVector.fromMemorySegment(SPECIES, ALL, (row + j) << 3, ORDER)
                        : DoubleVector.broadcast(SPECIES, start == Start.BIAS ? get(bias + i) : 0);
                first.add(sum).intoMemorySegment(ALL, (row + j) << 3, ORDER);
            }
            for (; j < columns; j++) {
                set(row + j, SingleMatrices.first(start, bias + i, row + j) + sums[i * WIDTH + j]);
            }
        }
    }

    private static void addScaled(Start start, long bias, float[] sums, int exponent, long z, long zStep, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                long target = z + i * zStep + j;
                set(target, SingleMatrices.first(start, bias + i, target) + Math.scalb((double) sums[i * WIDTH + j], exponent));
            }
        }
    }
}
