package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.ScalarFunction;
import dev.nabla.program.Allocations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionKernelsTest {

    private static final double[] SPECIAL = {0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};

    private final FunctionKernels vectors = new VectorFunctions();
    private final FunctionKernels plain = new PlainFunctions();

    @ParameterizedTest
    @EnumSource
    void agreesWithTheFunctionAtZerosInfinitiesAndNaN(ScalarFunction function) {
        for (double x : SPECIAL) {
            double[] arguments = new double[64];
            Arrays.fill(arguments, x);
            assertThat(apply(vectors, function, arguments)).as("%s(%s)", function.text(), x)
                    .containsOnly(valueOrLimit(function, x));
        }
    }

    private static double valueOrLimit(ScalarFunction function, double x) {
        return switch (function) {
            case GELU -> x == Double.NEGATIVE_INFINITY ? -0.0 : function.value(x);
            case SWISH -> x == Double.NEGATIVE_INFINITY ? -0.0 : x == 0 ? 0.0 : function.value(x);
            default -> function.value(x);
        };
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoAgreesWithTheFunctionAtZerosInfinitiesAndNaN(FunctionOfTwo function) {
        double[] numbers = DoubleStream.concat(DoubleStream.of(SPECIAL), DoubleStream.of(1, -1, Double.MIN_VALUE, -Double.MAX_VALUE))
                .toArray();
        for (double x : numbers) {
            for (double y : numbers) {
                if (DoubleStream.of(SPECIAL).anyMatch(special -> Double.compare(special, x) == 0 || Double.compare(special, y) == 0)) {
                    double[] values = apply(vectors, function, filled(x), filled(y));
                    assertThat(values).as("%s(%s, %s)", function, x, y).containsOnly(function.value(x, y));
                }
            }
        }
    }

    private static double[] filled(double x) {
        double[] arguments = new double[64];
        Arrays.fill(arguments, x);
        return arguments;
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoGivesTheSameBitsWithAndWithoutVectors(FunctionOfTwo function) {
        long seed = System.nanoTime();
        double[] x = arguments(seed, 100_003);
        double[] y = arguments(seed + 1, 100_003);
        for (int i = 0; i < x.length; i += 3) {
            y[i] = x[i] * (1 + i % 7 * 0.1);
        }
        double[] withVectors = apply(vectors, function, x, y);
        double[] without = apply(plain, function, x, y);
        int i = Arrays.mismatch(withVectors, without);
        assertThat(i).as(() -> "%s(%s, %s) = %s and %s, seed %d".formatted(
                function, x[i], y[i], withVectors[i], without[i], seed)).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoMayWriteWhereItReadsAndTouchesNothingElse(FunctionOfTwo function) {
        double[] arguments = arguments(10, 60);
        double[] expected = apply(plain, function, Arrays.copyOfRange(arguments, 3, 24), Arrays.copyOfRange(arguments, 30, 51));
        for (int target : new int[] {3, 30}) {
            double[] memory = arguments.clone();
            System.arraycopy(expected, 0, memory, target, 21);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment segment = arena.allocateFrom(JAVA_DOUBLE, arguments);
                long first = Doubles.first(segment);
                vectors.of(function).apply(first + 3, first + 30, first + target, 21);
                assertThat(segment.toArray(JAVA_DOUBLE)).isEqualTo(memory);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameBitsWithAndWithoutVectors(ScalarFunction function) {
        long seed = new SplittableRandom().nextLong();
        double[] arguments = arguments(seed, 100_000);
        double[] withVectors = apply(vectors, function, arguments);
        double[] without = apply(plain, function, arguments);
        int i = Arrays.mismatch(withVectors, without);
        assertThat(i).as(() -> "%s(%s) = %s and %s, seed %d".formatted(
                function.text(), arguments[i], withVectors[i], without[i], seed)).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void aPairGivesTheBitsOfItsFunctionsWithAndWithoutVectors(FunctionPair pair) {
        long seed = System.nanoTime();
        double[] arguments = arguments(seed, 100_003);
        double[] negated = Arrays.stream(arguments).map(x -> -x).toArray();
        double[][] expected = switch (pair) {
            case TANH_AND_SLOPE -> new double[][] {apply(plain, ScalarFunction.TANH, arguments),
                Arrays.stream(arguments).map(Exponential::tanhSlope).toArray()};
            case SIGMOIDS -> new double[][] {
                apply(plain, ScalarFunction.SIGMOID, arguments), apply(plain, ScalarFunction.SIGMOID, negated)};
        };
        for (FunctionKernels kernels : List.of(vectors, plain)) {
            assertThat(Arrays.deepEquals(apply(kernels, pair, arguments), expected)).as("%s, seed %d", pair, seed).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameBitsWhereverTheArgumentStandsAndTouchesNothingElse(ScalarFunction function) {
        double[] arguments = arguments(7, 40);
        double[] expected = apply(plain, function, arguments);
        for (int offset = 0; offset < 9; offset++) {
            for (int count = 0; count + offset <= arguments.length; count += 1 + offset) {
                double[] memory = arguments.clone();
                System.arraycopy(expected, offset, memory, offset, count);
                assertThat(apply(vectors, function, arguments, offset, count)).as("%s %d %d", function, offset, count)
                        .isEqualTo(memory);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheSourceAloneWhereTheTargetIsAnother(ScalarFunction function) {
        double[] arguments = arguments(8, 21);
        double[] memory = new double[64];
        System.arraycopy(arguments, 0, memory, 3, 21);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(JAVA_DOUBLE, memory);
            long first = Doubles.first(segment);
            vectors.of(function).apply(first + 3, first + 30, 21);
            System.arraycopy(apply(plain, function, arguments), 0, memory, 30, 21);
            assertThat(segment.toArray(JAVA_DOUBLE)).isEqualTo(memory);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allocatesNothingOnceCompiled(ScalarFunction function) {
        FunctionKernels.OfOne kernel = FunctionKernels.best().of(function);
        assertAllocatesNothing(x -> kernel.apply(x, x, 67));
    }

    @ParameterizedTest
    @EnumSource
    void aPairAllocatesNothingOnceCompiled(FunctionPair pair) {
        FunctionKernels.OfPair kernel = FunctionKernels.best().of(pair);
        assertAllocatesNothing(x -> kernel.apply(x, x + 67, x + 134, 67));
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoAllocatesNothingOnceCompiled(FunctionOfTwo function) {
        FunctionKernels.OfTwo kernel = FunctionKernels.best().of(function);
        assertAllocatesNothing(x -> kernel.apply(x, x + 67, x + 134, 67));
    }

    /** @param call of kernels on three runs of 67 from a place on */
    private static void assertAllocatesNothing(LongConsumer call) {
        double[] arguments = new SplittableRandom(9).doubles(3 * 67, -3, 3).toArray();
        try (Arena arena = Arena.ofConfined()) {
            long first = Doubles.first(arena.allocateFrom(JAVA_DOUBLE, arguments));
            Allocations.assertNone(2_000, "a call", () -> call.accept(first));
        }
    }

    private static double[] arguments(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] arguments = new double[count];
        for (int i = 0; i < count; i++) {
            arguments[i] = switch (random.nextInt(5)) {
                case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
                case 1 -> Double.longBitsToDouble(random.nextLong());
                case 2 -> random.nextDouble(-760, 760);
                case 3 -> random.nextInt(-100_000, 100_000) * (Math.PI / 2);
                default -> Math.scalb(random.nextDouble(-2, 2), random.nextInt(-30, 10));
            };
        }
        return arguments;
    }

    /** What becomes of the arguments by each function of the pair. */
    static double[][] apply(FunctionKernels kernels, FunctionPair pair, double[] arguments) {
        int n = arguments.length;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(JAVA_DOUBLE, 3L * n);
            MemorySegment.copy(arguments, 0, memory, JAVA_DOUBLE, 0, n);
            long first = Doubles.first(memory);
            kernels.of(pair).apply(first, first + n, first + 2L * n, n);
            double[] all = memory.toArray(JAVA_DOUBLE);
            return new double[][] {Arrays.copyOfRange(all, n, 2 * n), Arrays.copyOfRange(all, 2 * n, 3 * n)};
        }
    }

    static double[] apply(FunctionKernels kernels, FunctionOfTwo function, double[] x, double[] y) {
        int n = x.length;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(JAVA_DOUBLE, 3L * n);
            MemorySegment.copy(x, 0, memory, JAVA_DOUBLE, 0, n);
            MemorySegment.copy(y, 0, memory, JAVA_DOUBLE, (long) n * Double.BYTES, n);
            long first = Doubles.first(memory);
            kernels.of(function).apply(first, first + n, first + 2L * n, n);
            return memory.asSlice(2L * n * Double.BYTES).toArray(JAVA_DOUBLE);
        }
    }

    private static double[] apply(FunctionKernels kernels, ScalarFunction function, double[] arguments) {
        return apply(kernels, function, arguments, 0, arguments.length);
    }

    private static double[] apply(FunctionKernels kernels, ScalarFunction function, double[] arguments, int offset,
            int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(JAVA_DOUBLE, arguments);
            long place = Doubles.first(memory) + offset;
            kernels.of(function).apply(place, place, count);
            return memory.toArray(JAVA_DOUBLE);
        }
    }
}
