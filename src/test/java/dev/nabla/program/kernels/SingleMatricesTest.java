package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.program.Allocations;
import dev.nabla.program.kernels.MatrixKernels.Start;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against loops over arrays, bit for bit; what is no element has to stay as it is. */
class SingleMatricesTest {

    private static final int[] SIZES = {0, 1, 2, 5, 6, 7, 8, 15, 16, 17, 31, 32, 33, 40, 63, 64, 65, 97, 257, 300};

    static Stream<MatrixKernels> kernels() {
        return Stream.of(new VectorSingles(), new PlainSingles());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void multipliesFloatsAndAddsTheSumsOf256AsDoubles(MatrixKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 150; i++) {
            Case c = new Case(random);
            assertThat(c.after(first -> kernels.product(c.start, first + c.bias, first, c.rowStep, c.columnStep, first + c.x,
                    c.xStep, first + c.z, c.zStep, c.rows, c.inner, c.columns))).as("%s, seed %d", c, seed)
                    .isEqualTo(c.expected(c.start, c.rowStep, c.columnStep, c.xStep, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sumsOuterProductsTheSameWay(MatrixKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 150; i++) {
            Case c = new Case(random);
            long scratch = MatrixKernels.scratch(c.inner);
            try (Arena arena = Arena.ofConfined()) {
                long place = Doubles.first(arena.allocate(JAVA_DOUBLE, scratch));
                assertThat(c.after(first -> kernels.outerSum(first, c.inner, first + c.x, c.inner, first + c.z, c.zStep, c.rows,
                        c.columns, c.inner, 0, place))).as("%s, seed %d", c, seed)
                        .isEqualTo(c.expected(Start.ZERO, c.inner, 1, 1, c.inner));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void numbersOutsideOfTheRangeOfFloatsAreMultipliedAsDoubles(MatrixKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            Case c = new Case(random);
            int ofA = (random.nextBoolean() ? 1 : -1) * random.nextInt(210, 450);
            int ofX = random.nextInt(-450, 450);
            double[] exact = c.product();
            double[] found = c.scaled(ofA, ofX).after(first -> kernels.product(Start.ZERO, 0, first, c.rowStep, c.columnStep,
                    first + c.x, c.xStep, first + c.z, c.zStep, c.rows, c.inner, c.columns));
            for (int e = 0; e < c.rows * c.columns; e++) {
                assertThat(Math.scalb(found[c.z + e / c.columns * c.zStep + e % c.columns], -ofA - ofX))
                        .as("%s, A by 2^%d, X by 2^%d, seed %d", c, ofA, ofX, seed).isCloseTo(exact[e], within(c.inner * 0x1p-50));
            }
        }
    }

    /** As where a sample is padding. */
    @ParameterizedTest
    @MethodSource("kernels")
    void aVastColumnLeavesTheOthersTheirDigits(MatrixKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            Case c = new Case(random);
            double[] exact = c.product();
            for (int k = 0; c.columns > 0 && k < c.inner; k++) {
                c.memory[c.x + k * c.xStep + c.columns - 1] *= 1e150;
            }
            double[] found = c.after(first -> kernels.product(Start.ZERO, 0, first, c.rowStep, c.columnStep, first + c.x, c.xStep,
                    first + c.z, c.zStep, c.rows, c.inner, c.columns));
            for (int e = 0; e < c.rows * c.columns; e++) {
                if (e % c.columns < c.columns - 1) {
                    assertThat(found[c.z + e / c.columns * c.zStep + e % c.columns]).as("%s, seed %d", c, seed)
                            .isCloseTo(exact[e], within(c.inner * 0x1p-22));
                }
            }
        }
    }

    @Test
    void resultsAreExactNextToTheLargestNumbersOfTheirFactors() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            Case c = new Case(random);
            Arrays.setAll(c.memory, _ -> random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-140, 140)));
            double[] exact = c.product();
            double largest = c.largest();
            List<double[]> found = kernels().map(kernels -> c.after(first -> kernels.product(Start.ZERO, 0, first, c.rowStep,
                    c.columnStep, first + c.x, c.xStep, first + c.z, c.zStep, c.rows, c.inner, c.columns))).toList();
            assertThat(found.getFirst()).as("%s, seed %d", c, seed).isEqualTo(found.getLast());
            for (int e = 0; e < c.rows * c.columns; e++) {
                assertThat(found.getFirst()[c.z + e / c.columns * c.zStep + e % c.columns]).as("%s, seed %d", c, seed)
                        .isCloseTo(exact[e], within(c.inner * 0x1p-22 * largest));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void rowsAreSummedBesideOuterProductsAsDoubles(MatrixKernels kernels) {
        SplittableRandom random = new SplittableRandom(1);
        for (int samples : new int[] {20, 70}) {
            int z = 8 * samples;
            try (Arena arena = Arena.ofConfined()) {
                long first = Doubles.first(arena.allocateFrom(JAVA_DOUBLE, random.doubles(z + 15 + 5, -1, 1).toArray()));
                long scratch = Doubles.first(arena.allocate(JAVA_DOUBLE, MatrixKernels.scratch(samples)));
                kernels.outerSum(first, samples, first + 5L * samples, samples, first + z, 3, 5, 3, samples, first + z + 15, scratch);
                List<Double> found = LongStream.range(0, 5).mapToObj(i -> Doubles.get(first + z + 15 + i)).toList();
                new PlainMatrices().sampleSums(first, samples, first + z, 5, samples, scratch);
                assertThat(found).isEqualTo(LongStream.range(0, 5).mapToObj(i -> Doubles.get(first + z + i)).toList());
            }
        }
    }

    @Test
    void nothingIsAllocated() {
        MatrixKernels kernels = kernels().findFirst().orElseThrow();
        try (Arena arena = Arena.ofConfined()) {
            long first = Doubles.first(arena.allocate(JAVA_DOUBLE, 3 * 77 * 77));
            Allocations.assertNone(100, "a product of 71 x 70 x 77",
                    () -> kernels.product(Start.ZERO, 0, first, 70, 1, first + 77 * 77, 77, first + 2 * 77 * 77, 77, 71, 70, 77));
            Allocations.assertNone(100, "a sum of 71 x 70 over 77 samples",
                    () -> kernels.outerSum(first, 77, first + 77 * 77, 77, first + 2 * 77 * 77, 70, 71, 70, 77, 0, 0));
        }
    }

    /** A at 0, then X, Z and the bias. */
    private static final class Case {

        final Start start;
        final int rows;
        final int inner;
        final int columns;
        final int rowStep;
        final int columnStep;
        final int xStep;
        final int zStep;
        final int x;
        final int z;
        final int bias;
        private final double[] memory;

        Case(SplittableRandom random) {
            start = Start.values()[random.nextInt(3)];
            rows = SIZES[random.nextInt(SIZES.length)];
            inner = SIZES[random.nextInt(SIZES.length)];
            columns = SIZES[random.nextInt(SIZES.length)];
            boolean transposed = random.nextBoolean();
            rowStep = transposed ? 1 : inner + random.nextInt(20);
            columnStep = transposed ? rows + random.nextInt(20) : 1;
            xStep = columns + random.nextInt(20);
            zStep = columns + random.nextInt(20);
            x = Math.max(rows * rowStep, inner * columnStep) + 3;
            z = x + inner * xStep + 3;
            bias = z + rows * zStep + 3;
            memory = new double[bias + rows + 3];
            Arrays.setAll(memory, _ -> random.nextDouble(-1, 1));
        }

        Case scaled(int ofA, int ofX) {
            System.arraycopy(scaled(memory, ofA, ofX), 0, memory, 0, memory.length);
            return this;
        }

        /** With powers of two in A, in X, and in all else, which has both. */
        double[] scaled(double[] numbers, int ofA, int ofX) {
            double[] scaled = numbers.clone();
            Arrays.setAll(scaled, i -> Math.scalb(numbers[i], i < x ? ofA : i < z ? ofX : ofA + ofX));
            return scaled;
        }

        double[] product() {
            double[] product = new double[rows * columns];
            for (int k = 0; k < inner; k++) {
                for (int e = 0; e < product.length; e++) {
                    product[e] += memory[e / columns * rowStep + k * columnStep] * memory[x + k * xStep + e % columns];
                }
            }
            return product;
        }

        /** The largest magnitude of A by that of X. */
        double largest() {
            return Arrays.stream(memory, 0, x).map(Math::abs).max().orElse(0)
                    * Arrays.stream(memory, x, z).map(Math::abs).max().orElse(0);
        }

        double[] after(LongConsumer call) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment segment = arena.allocateFrom(JAVA_DOUBLE, memory);
                call.accept(Doubles.first(segment));
                return segment.toArray(JAVA_DOUBLE);
            }
        }

        double[] expected(Start from, int ofRow, int ofColumn, int ofXRow, int ofXColumn) {
            double[] result = memory.clone();
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double sum = switch (from) {
                        case ZERO -> 0;
                        case BIAS -> memory[bias + i];
                        case TARGET -> memory[z + i * zStep + j];
                    };
                    float ofFloats = 0;
                    for (int k = 0; k < inner; k++) {
                        double a = memory[i * ofRow + k * ofColumn];
                        double b = memory[x + k * ofXRow + j * ofXColumn];
                        ofFloats = Math.fma((float) a, (float) b, ofFloats);
                        if (k % 256 == 255 || k == inner - 1) {
                            sum += ofFloats;
                            ofFloats = 0;
                        }
                    }
                    result[z + i * zStep + j] = sum;
                }
            }
            return result;
        }

        @Override
        public String toString() {
            return "%s %d x %d x %d, steps %d %d %d %d".formatted(start, rows, inner, columns, rowStep, columnStep, xStep, zStep);
        }
    }
}
