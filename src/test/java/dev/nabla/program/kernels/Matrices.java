package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.nabla.program.kernels.MatrixKernels.Start;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Matrices of random sizes and steps, in a memory whose every other number is NaN, and what they come to. */
final class Matrices {

    private static final int PART = 12_000;
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 20, 24, 25, 31, 33, 47, 63, 64, 71, 100};

    final Start start;
    final int rows;
    final int inner;
    final int columns;
    final int a = 5;
    final int x = PART + 1;
    final int z = 2 * PART + 3;
    final int bias = 3 * PART + 2;
    final int sums = 3 * PART + 150;
    final int scratch = 3 * PART + 300;
    final int rowStep;
    final int columnStep;
    final int xStep;
    final int zStep;
    /** Products of the smallest underflow, to zeros of either sign. */
    private final double largest;
    private final double[] memory = new double[3 * PART + 2_000];

    Matrices(SplittableRandom random) {
        largest = random.nextInt(4) == 0 ? 1e-200 : 1;
        start = Start.values()[random.nextInt(3)];
        rows = SIZES[random.nextInt(SIZES.length)];
        inner = random.nextInt(6) == 0 ? 0 : SIZES[random.nextInt(SIZES.length)];
        columns = SIZES[random.nextInt(SIZES.length)];
        boolean transposed = random.nextBoolean();
        rowStep = transposed ? 1 : inner + random.nextInt(20);
        columnStep = transposed ? rows + random.nextInt(20) : 1;
        xStep = Math.max(columns, inner) + random.nextInt(20);
        zStep = columns + random.nextInt(20);
        Arrays.fill(memory, Double.NaN);
        for (int i = 0; i < rows; i++) {
            memory[bias + i] = random.nextDouble(-largest, largest);
            for (int k = 0; k < inner; k++) {
                memory[a + i * rowStep + k * columnStep] = random.nextDouble(-largest, largest);
            }
            for (int c = 0; c < columns; c++) {
                memory[z + i * zStep + c] = random.nextDouble(-largest, largest);
            }
        }
    }

    /** With X as a product has it: a row for each inner index. */
    Matrices withRowsOfColumns(SplittableRandom random) {
        return fillX(random, inner, columns);
    }

    /** With X as an outer sum has it: a row for each column of the result. */
    Matrices withRowsOfSamples(SplittableRandom random) {
        return fillX(random, columns, inner);
    }

    private Matrices fillX(SplittableRandom random, int height, int width) {
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                memory[x + i * xStep + j] = random.nextDouble(-largest, largest);
            }
        }
        return this;
    }

    /** The memory after {@code call}, but the scratch area. */
    double[] after(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(JAVA_DOUBLE, memory);
            call.on(Doubles.first(segment));
            segment.asSlice(8L * scratch, 8 * MatrixKernels.scratch(inner)).fill((byte) 0);
            return segment.toArray(JAVA_DOUBLE);
        }
    }

    double[] expectedProduct() {
        double[] result = after(first -> { });
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < columns; c++) {
                double sum = switch (start) {
                    case ZERO -> 0;
                    case BIAS -> memory[bias + i];
                    case TARGET -> memory[z + i * zStep + c];
                };
                for (int k = 0; k < inner; k++) {
                    sum = Math.fma(memory[a + i * rowStep + k * columnStep], memory[x + k * xStep + c], sum);
                }
                result[z + i * zStep + c] = sum;
            }
        }
        return result;
    }

    /** @param withSums whether those of the rows are wanted too */
    double[] expectedOuterSum(boolean withSums) {
        double[] result = after(first -> { });
        for (int i = 0; i < rows; i++) {
            int u = a + i * rowStep;
            result[sums + i] = withSums ? sum(inner, inner >= SumsOfSamples.LEAST, s -> memory[u + s]) : result[sums + i];
            for (int j = 0; j < columns; j++) {
                int v = x + j * xStep;
                result[z + i * zStep + j] = sumOfProducts(rows, columns, inner, s -> memory[u + s], s -> memory[v + s]);
            }
        }
        return result;
    }

    double[] expectedSums() {
        double[] result = after(first -> { });
        for (int j = 0; j < columns; j++) {
            int row = x + j * xStep;
            result[z + j] = sum(inner, inner >= SumsOfSamples.LEAST, s -> memory[row + s]);
        }
        return result;
    }

    /** With the product of the first rows of A and X in the first place of Z. */
    double[] expectedDot() {
        double[] result = after(first -> { });
        result[z] = inner >= SumsOfSamples.LEAST ? sum(inner, true, s -> memory[a + s], s -> memory[x + s]) : inFour();
        return result;
    }

    private double inFour() {
        double[] sums = new double[4];
        for (int s = 0; s < inner; s++) {
            int of = s < (inner & -4) ? s % 4 : 0;
            sums[of] = Math.fma(memory[a + s], memory[x + s], sums[of]);
        }
        return (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }

    /** An entry of an outer sum of so many rows and columns. */
    static double sumOfProducts(int rows, int columns, int samples, IntToDoubleFunction u, IntToDoubleFunction v) {
        boolean inEight = samples >= SumsOfSamples.LEAST && (rows < 4 || columns < 8);
        return sum(samples, inEight, u, v);
    }

    private static double sum(int samples, boolean inEight, IntToDoubleFunction terms) {
        return sum(samples, inEight, terms, _ -> 1);
    }

    private static double sum(int samples, boolean inEight, IntToDoubleFunction u, IntToDoubleFunction v) {
        var sums = new double[inEight ? 8 : 1];
        for (int s = 0; s < samples; s++) {
            sums[s % sums.length] = Math.fma(u.applyAsDouble(s), v.applyAsDouble(s), sums[s % sums.length]);
        }
        return inEight ? ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7])) : sums[0];
    }

    @Override
    public String toString() {
        return "%s %d x %d x %d, steps %d %d %d %d".formatted(start, rows, inner, columns, rowStep, columnStep, xStep, zStep);
    }

    interface Call {
        /** @param first the place that offsets are from */
        void on(long first);
    }
}
