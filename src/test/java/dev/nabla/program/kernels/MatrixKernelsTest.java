package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            assertThat(m.after(memory -> product(kernels, memory, m, 0, m.rows, 0, m.columns))).as("%s, seed %d", m, seed)
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
            assertThat(m.after(memory -> {
                product(kernels, memory, m, 0, row, 0, column);
                product(kernels, memory, m, 0, row, column, m.columns);
                product(kernels, memory, m, row, m.rows, 0, m.columns);
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
                assertThat(m.after(memory -> kernels.outerSum(memory, m.a, m.rowStep, m.x, m.xStep, m.z, m.zStep, m.rows,
                        m.columns, m.inner, 0, m.scratch))).as("%s, seed %d", m, seed).isEqualTo(m.expectedOuterSum());
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
            assertThat(m.after(memory -> kernels.sampleSums(memory, m.x, m.xStep, m.z, m.columns, m.inner)))
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
            long x = (long) rows * inner;
            long z = x + (long) inner * columns;
            for (Start start : Start.values()) {
                MemorySegment.copy(memory, 8 * z, memory, 8 * (z + (long) rows * columns), 8L * rows * columns);
                new VectorMatrices().product(memory, start, 3, 0, 1, rows, x, columns, z, columns, rows, inner, columns);
                long other = z + (long) rows * columns;
                new PlainMatrices().product(memory, start, 3, 0, 1, rows, x, columns, other, columns, rows, inner, columns);
                assertThat(memory.asSlice(8 * z, 8L * rows * columns).toArray(JAVA_DOUBLE)).as("%s", start)
                        .isEqualTo(memory.asSlice(8 * other, 8L * rows * columns).toArray(JAVA_DOUBLE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void refusesMatricesThatReachOutOfTheMemory(MatrixKernels kernels) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(JAVA_DOUBLE, 400);
            for (int[] offsets : new int[][] {{-1, 0, 300}, {0, -1, 300}, {0, 0, -1}, {345, 0, 0}, {0, 345, 0}, {0, 0, 345}}) {
                for (int columns : new int[] {7, 8}) {
                    assertThatThrownBy(() -> kernels.product(memory, Start.TARGET, 0, offsets[0], 8, 1, offsets[1], 8,
                            offsets[2], 8, 8, 8, columns)).isInstanceOf(IndexOutOfBoundsException.class);
                }
            }
        }
    }

    @Test
    void allocatesNothingOnceCompiled() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(JAVA_DOUBLE, 20_000);
            MemorySegment shared = MemorySegment.ofAddress(memory.address()).reinterpret(memory.byteSize());
            long least = Long.MAX_VALUE;
            for (int round = 0; least > 0 && round < ROUNDS; round++) {
                least = Math.min(least, allocated(shared));
            }
            assertThat(least).as("bytes allocated").isZero();
        }
    }

    private static long allocated(MemorySegment memory) {
        MatrixKernels kernels = MatrixKernels.best();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < 300; call++) {
            Start start = call % 3 == 0 ? Start.ZERO : call % 3 == 1 ? Start.BIAS : Start.TARGET;
            for (int columns = 1; columns < 34; columns += 4) {
                for (int rows = 1; rows < 20; rows += 6) {
                    kernels.product(memory, start, 0, 100, 20, 1, 2_000, 40, 6_000, 40, rows, 20, columns);
                    kernels.outerSum(memory, 100, 20, 2_000, 40, 6_000, 40, rows, columns, 20, 9_000, 10_000);
                    kernels.sampleSums(memory, 100, 20, 6_000, rows, 20);
                }
            }
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void product(MatrixKernels kernels, MemorySegment memory, Matrices m, int row, int endRow, int column,
            int endColumn) {
        if (row < endRow && column < endColumn) {
            kernels.product(memory, m.start, m.bias + row, m.a + row * m.rowStep, m.rowStep, m.columnStep, m.x + column,
                    m.xStep, m.z + row * m.zStep + column, m.zStep, endRow - row, m.inner, endColumn - column);
        }
    }
}
