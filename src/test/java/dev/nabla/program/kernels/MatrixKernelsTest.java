package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nabla.program.kernels.MatrixKernels.Start;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against loops over arrays, bit for bit; whatever is no element is NaN and has to stay so. */
class MatrixKernelsTest {

    /** More than enough for the JIT compiler to compile what runs in them. */
    private static final int ROUNDS = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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
    void addsOuterProductsInTheOrderOfTheSamples(MatrixKernels kernels) {
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
            assertThat(m.after(first -> kernels.sampleSums(first + m.x, m.xStep, first + m.z, m.columns, m.inner)))
                    .as("%s, seed %d", m, seed).isEqualTo(m.expectedSums());
        }
    }

    @Test
    void givesTheSameBitsInBlocks() {
        int rows = 131;
        int inner = 517;
        int columns = 37;
        double[] numbers = new SplittableRandom(1).doubles(rows * inner + inner * columns + 2 * rows * columns, -1, 1).toArray();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(JAVA_DOUBLE, numbers);
            long a = Doubles.first(memory);
            long x = (long) rows * inner;
            long z = x + (long) inner * columns;
            for (Start start : Start.values()) {
                MemorySegment.copy(memory, 8 * z, memory, 8 * (z + (long) rows * columns), 8L * rows * columns);
                new VectorMatrices().product(start, a + 3, a, 1, rows, a + x, columns, a + z, columns, rows, inner, columns);
                long other = z + (long) rows * columns;
                new PlainMatrices().product(start, a + 3, a, 1, rows, a + x, columns, a + other, columns, rows, inner, columns);
                assertThat(memory.asSlice(8 * z, 8L * rows * columns).toArray(JAVA_DOUBLE)).as("%s", start)
                        .isEqualTo(memory.asSlice(8 * other, 8L * rows * columns).toArray(JAVA_DOUBLE));
            }
        }
    }

    @Test
    void allocatesNothingOnceCompiled() {
        try (Arena arena = Arena.ofConfined()) {
            long first = Doubles.first(arena.allocate(JAVA_DOUBLE, 20_000));
            long least = Long.MAX_VALUE;
            for (int round = 0; least > 0 && round < ROUNDS; round++) {
                least = Math.min(least, allocated(first));
            }
            assertThat(least).as("bytes allocated").isZero();
        }
    }

    private static long allocated(long first) {
        MatrixKernels kernels = MatrixKernels.best();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < 300; call++) {
            Start start = call % 3 == 0 ? Start.ZERO : call % 3 == 1 ? Start.BIAS : Start.TARGET;
            for (int columns = 1; columns < 34; columns += 4) {
                for (int rows = 1; rows < 20; rows += 6) {
                    kernels.product(start, first, first + 100, 20, 1, first + 2_000, 40, first + 6_000, 40, rows, 20, columns);
                    kernels.product(start, first, first + 100, 20, 1, first + 2_000, 40, first + 6_000, 40, rows, 1 + rows % 4,
                            columns);
                    kernels.outerSum(first + 100, 20, first + 2_000, 40, first + 6_000, 40, rows, columns, 20, first + 9_000,
                            first + 10_000);
                    kernels.sampleSums(first + 100, 20, first + 6_000, rows, 20);
                }
            }
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void product(MatrixKernels kernels, long first, Matrices m, int row, int endRow, int column, int endColumn) {
        if (row < endRow && column < endColumn) {
            kernels.product(m.start, first + m.bias + row, first + m.a + row * m.rowStep, m.rowStep, m.columnStep,
                    first + m.x + column, m.xStep, first + m.z + row * m.zStep + column, m.zStep, endRow - row, m.inner,
                    endColumn - column);
        }
    }
}
