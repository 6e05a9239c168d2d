package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.program.Allocations;
import dev.nabla.program.kernels.MatrixKernels.Start;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against loops over arrays, bit for bit; whatever is no element is NaN and has to stay so. */
class MatrixKernelsTest {

    /** An array, as the walk through a list is an object where the compiler does not see through it. */
    private static final Start[] STARTS = Start.values();

    static Stream<MatrixKernels> kernels() {
        return Stream.of(new VectorMatrices(), new PlainMatrices());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void multipliesInTheOrderOfTheInnerIndex(MatrixKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            Matrices m = new Matrices(random).withRowsOfColumns(random);
            assertThat(m.after(first -> product(kernels, first, m, 0, m.rows, 0, m.columns))).as("%s, seed %d", m, seed)
                    .isEqualTo(m.expectedProduct());
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void multipliesTheSameInParts(MatrixKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            Matrices m = new Matrices(random).withRowsOfColumns(random);
            int row = random.nextInt(m.rows + 1);
            int column = random.nextInt(m.columns + 1);
            assertThat(m.after(first -> {
                product(kernels, first, m, 0, row, 0, column);
                product(kernels, first, m, 0, row, column, m.columns);
                product(kernels, first, m, row, m.rows, 0, m.columns);
            })).as("%s at %d, %d, seed %d", m, row, column, seed).isEqualTo(m.expectedProduct());
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void addsOuterProductsInTheirOrder(MatrixKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            Matrices m = new Matrices(random).withRowsOfSamples(random);
            if (m.rowStep >= m.inner && m.columnStep == 1) {
                boolean withSums = random.nextBoolean();
                assertThat(m.after(first -> kernels.outerSum(first + m.a, m.rowStep, first + m.x, m.xStep, first + m.z, m.zStep,
                        m.rows, m.columns, m.inner, withSums ? first + m.sums : 0, first + m.scratch)))
                        .as("%s, sums %s, seed %d", m, withSums, seed).isEqualTo(m.expectedOuterSum(withSums));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void addsSamplesInTheirOrder(MatrixKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            Matrices m = new Matrices(random).withRowsOfSamples(random);
            assertThat(m.after(first -> kernels.sampleSums(first + m.x, m.xStep, first + m.z, m.columns, m.inner, first + m.scratch)))
                    .as("%s, seed %d", m, seed).isEqualTo(m.expectedSums());
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void addsProductsOfRunsInTheirOrder(MatrixKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            Matrices m = new Matrices(random).withRowsOfSamples(random);
            if (m.rowStep >= m.inner && m.columnStep == 1) {
                assertThat(m.after(first -> Doubles.set(first + m.z, kernels.dot(first + m.a, first + m.x, m.inner))))
                        .as("%s, seed %d", m, seed).isEqualTo(m.expectedDot());
            }
        }
    }

    /** −0 in every sum of which there are samples. */
    @ParameterizedTest
    @MethodSource("kernels")
    void productsThatUnderflowAreZerosOfTheSameSign(MatrixKernels kernels) {
        double[] negative = new double[130];
        Arrays.fill(negative, -1e-200);
        double[] positive = new double[130];
        Arrays.fill(positive, 1e-200);
        try (Arena arena = Arena.ofConfined()) {
            long x = Doubles.first(arena.allocateFrom(JAVA_DOUBLE, negative));
            long y = Doubles.first(arena.allocateFrom(JAVA_DOUBLE, positive));
            for (int count = 0; count < negative.length; count++) {
                assertThat(kernels.dot(x, y, count)).as("of %d", count).isEqualTo(count < 4 ? 0.0 : -0.0);
            }
        }
    }

    /** Larger than a block in every dimension, or by one off what a tile or a block takes. */
    @Test
    void givesTheSameBitsInBlocks() {
        int[] sizes = {1, 3, 5, 6, 7, 9, 32, 33, 65, 96, 97, 128, 191, 255, 256, 257, 517};
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            int rows = sizes[random.nextInt(sizes.length)];
            int largest = i < 8 ? 3 : sizes.length;
            int inner = sizes[sizes.length - 1 - random.nextInt(largest)];
            int columns = sizes[sizes.length - 1 - random.nextInt(largest)];
            boolean isTransposed = random.nextBoolean();
            Start start = Start.values()[random.nextInt(3)];
            double[] a = random.doubles((long) rows * inner, -1, 1).toArray();
            double[] x = random.doubles((long) inner * columns, -1, 1).toArray();
            double[] z = random.doubles((long) rows * columns, -1, 1).toArray();
            double[] bias = random.doubles(rows, -1, 1).toArray();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment result = arena.allocateFrom(JAVA_DOUBLE, z);
                new VectorMatrices().product(start, Doubles.first(arena.allocateFrom(JAVA_DOUBLE, bias)),
                        Doubles.first(arena.allocateFrom(JAVA_DOUBLE, a)), isTransposed ? 1 : inner, isTransposed ? rows : 1,
                        Doubles.first(arena.allocateFrom(JAVA_DOUBLE, x)), columns, Doubles.first(result), columns, rows, inner,
                        columns);
                for (int e = 0; e < z.length; e++) {
                    int row = e / columns;
                    double sum = switch (start) {
                        case ZERO -> 0;
                        case BIAS -> bias[row];
                        case TARGET -> z[e];
                    };
                    for (int k = 0; k < inner; k++) {
                        sum = Math.fma(a[isTransposed ? k * rows + row : row * inner + k], x[k * columns + e % columns], sum);
                    }
                    z[e] = sum;
                }
                assertThat(result.toArray(JAVA_DOUBLE)).as("%s %d x %d x %d, transposed %s, seed %d", start, rows, inner, columns,
                        isTransposed, seed).isEqualTo(z);
            }
        }
    }

    @Test
    void addsTheSameOuterProductsInBlocks() {
        int[] sizes = {4, 6, 9, 48, 64, 65, 97, 128, 129, 257, 300};
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            int rows = sizes[random.nextInt(sizes.length)];
            int samples = sizes[random.nextInt(sizes.length)];
            int columns = i == 0 ? 600 : sizes[random.nextInt(sizes.length)];
            double[] u = random.doubles((long) rows * samples, -1, 1).toArray();
            double[] v = random.doubles((long) columns * samples, -1, 1).toArray();
            double[] expected = new double[rows * columns];
            for (int e = 0; e < expected.length; e++) {
                int ofU = e / columns * samples;
                int ofV = e % columns * samples;
                expected[e] = Matrices.sumOfProducts(rows, columns, samples, s -> u[ofU + s], s -> v[ofV + s]);
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment result = arena.allocate(JAVA_DOUBLE, expected.length);
                new VectorMatrices().outerSum(Doubles.first(arena.allocateFrom(JAVA_DOUBLE, u)), samples,
                        Doubles.first(arena.allocateFrom(JAVA_DOUBLE, v)), samples, Doubles.first(result), columns, rows, columns,
                        samples, 0, Doubles.first(arena.allocate(JAVA_DOUBLE, MatrixKernels.scratch(samples))));
                assertThat(result.toArray(JAVA_DOUBLE)).as("%d x %d of %d samples, seed %d", rows, columns, samples, seed)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void allocatesNothingOnceCompiled() {
        MatrixKernels kernels = MatrixKernels.best();
        try (Arena arena = Arena.ofConfined()) {
            long first = Doubles.first(arena.allocate(JAVA_DOUBLE, 20_000));
            Allocations.assertNone(100, "products and sums of all kinds", () -> ofAllKinds(kernels, first));
        }
    }

    private static void ofAllKinds(MatrixKernels kernels, long first) {
        for (Start start : STARTS) {
            for (int columns = 1; columns < 34; columns += 4) {
                for (int rows = 1; rows < 20; rows += 6) {
                    kernels.product(start, first, first + 100, 20, 1, first + 2_000, 40, first + 6_000, 40, rows, 20, columns);
                    kernels.product(start, first, first + 100, 20, 1, first + 2_000, 40, first + 6_000, 40, rows, 1 + rows % 4,
                            columns);
                    kernels.outerSum(first + 100, 20, first + 2_000, 40, first + 6_000, 40, rows, columns, 20, first + 9_000,
                            first + 10_000);
                    kernels.outerSum(first + 100, 70, first + 2_000, 70, first + 6_000, 40, rows, columns, 70, first + 9_000,
                            first + 10_000);
                    kernels.sampleSums(first + 100, 20, first + 6_000, rows, 20, first + 10_000);
                    kernels.sampleSums(first + 100, 70, first + 6_000, rows, 70, first + 10_000);
                }
            }
            kernels.product(start, first, first + 100, 1, 130, first + 2_800, 70, first + 6_000, 70, 130, 20, 70);
            kernels.outerSum(first + 100, 20, first + 2_800, 20, first + 6_000, 70, 130, 70, 20, 0, first + 16_000);
        }
    }

    private static void product(MatrixKernels kernels, long first, Matrices m, int row, int endRow, int column, int endColumn) {
        if (row < endRow && column < endColumn) {
            kernels.product(m.start, first + m.bias + row, first + m.a + row * m.rowStep, m.rowStep, m.columnStep,
                    first + m.x + column, m.xStep, first + m.z + row * m.zStep + column, m.zStep, endRow - row, m.inner,
                    endColumn - column);
        }
    }
}
