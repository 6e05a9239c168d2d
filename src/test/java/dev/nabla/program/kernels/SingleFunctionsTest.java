package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.ScalarFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the functions of doubles. */
class SingleFunctionsTest {

    private static final double[] SPECIAL = {0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, Double.MIN_VALUE,
        -1e-300, 1e-45, -1e-40, 1e-31, 1e300, -1e39, 39.999999999, 40, -40, 40.00000001, -700, 88.8, 1, -1};
    private static final SingleFunctions VECTORS = new VectorSingleFunctions();
    private static final SingleFunctions PLAIN = new PlainSingleFunctions();

    static Stream<SingleFunctions> kernels() {
        return Stream.of(VECTORS, PLAIN);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void haveTheDigitsOfFloats(SingleFunctions kernels) {
        long seed = new SplittableRandom().nextLong();
        for (FunctionPair pair : FunctionPair.values()) {
            double[] arguments = arguments(20_000, seed);
            List<List<Double>> results = apply(kernels.of(pair), arguments);
            for (int i = 0; i < arguments.length; i++) {
                double rounded = Math.abs(arguments[i]) < SingleExponential.TINY ? arguments[i] : (float) arguments[i];
                assertClose(results.getFirst().get(i), pair.first(), rounded, seed);
                assertClose(results.getLast().get(i), pair.second(), rounded, seed);
            }
        }
    }

    private static void assertClose(double result, DoubleUnaryOperator function, double x, long seed) {
        double expected = function.applyAsDouble(x);
        assertThat(Math.abs(result - expected)).as("%s at %s, seed %d", expected, x, seed).isLessThanOrEqualTo(0x4p-24 * Math.abs(expected));
    }

    @Test
    void areTheSameWithVectorsAndInPlainJavaWhereverAnArgumentStands() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (FunctionPair pair : FunctionPair.values()) {
            for (int count : new int[] {0, 1, 3, 7, 8, 15, 16, 17, 100, 511, 512, 513, 1100}) {
                double[] arguments = arguments(count, seed + count);
                IntStream.range(0, count).filter(_ -> random.nextInt(20) == 0).forEach(i -> arguments[i] = SPECIAL[i % SPECIAL.length]);
                List<List<Double>> results = apply(VECTORS.of(pair), arguments);
                assertThat(results).as("%d of %s, seed %d", count, pair, seed).isEqualTo(apply(PLAIN.of(pair), arguments));
                assertThat(inPlace(VECTORS.first(pair), arguments)).as("%d of %s, seed %d", count, pair, seed).isEqualTo(results.getFirst())
                        .isEqualTo(inPlace(PLAIN.first(pair), arguments));
                int from = count / 3;
                double[] rest = Arrays.copyOfRange(arguments, from, count);
                assertThat(apply(VECTORS.of(pair), rest)).as("%d of %s, seed %d", count, pair, seed).isEqualTo(
                        results.stream().map(values -> values.subList(from, count)).toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void areThoseOfDoublesWhereFloatsHaveNoRoom(SingleFunctions kernels) {
        double[] large = {40.0001, -41, 44.5, 90, -90, 355.5, -1e3, 1e39, Double.MAX_VALUE, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY};
        for (FunctionPair pair : FunctionPair.values()) {
            assertThat(apply(kernels.of(pair), large)).isEqualTo(apply(new PlainFunctions().of(pair), large));
        }
        double[] tiny = {0.0, -0.0, Double.MIN_VALUE, -1e-300, 1e-45};
        assertThat(apply(kernels.of(FunctionPair.TANH_AND_SLOPE), tiny)).isEqualTo(List.of(DoubleStream.of(tiny).boxed().toList(), List.of(1.0, 1.0, 1.0, 1.0, 1.0)));
        assertThat(apply(kernels.of(FunctionPair.SIGMOIDS), new double[] {Double.NaN, -0.0}))
                .isEqualTo(List.of(List.of(Double.NaN, 0.5), List.of(Double.NaN, 0.5)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"TANH", "SIGMOID"})
    void othersAreThoseOfDoubles(ScalarFunction function) {
        double[] arguments = arguments(100, 1);
        assertThat(inPlace(VECTORS.of(function), arguments)).isEqualTo(inPlace(new VectorFunctions().of(function), arguments))
                .isEqualTo(inPlace(PLAIN.of(function), arguments));
    }

    private static double[] arguments(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(count).map(size -> random.nextDouble(-1, 1) * Math.pow(10, 12 * size - 10))
                .map(x -> Math.clamp(x, -SingleExponential.LARGE, SingleExponential.LARGE)).toArray();
    }

    /** Both results, behind and before which nothing is written. */
    private static List<List<Double>> apply(FunctionKernels.OfPair kernel, double[] arguments) {
        int count = arguments.length;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(JAVA_DOUBLE, 3L * count + 4).fill((byte) 7);
            double untouched = memory.getAtIndex(JAVA_DOUBLE, 0);
            long first = Doubles.first(memory);
            for (int i = 0; i < count; i++) {
                Doubles.set(first + 1 + i, arguments[i]);
            }
            kernel.apply(first + 1, first + count + 2, first + 2L * count + 3, count);
            for (long place : new long[] {first, first + count + 1, first + 2L * count + 2, first + 3L * count + 3}) {
                assertThat(Doubles.get(place)).isEqualTo(untouched);
            }
            return List.of(doubles(first + count + 2, count), doubles(first + 2L * count + 3, count));
        }
    }

    private static List<Double> inPlace(FunctionKernels.OfOne kernel, double[] arguments) {
        int count = arguments.length;
        try (Arena arena = Arena.ofConfined()) {
            long first = Doubles.first(arena.allocate(JAVA_DOUBLE, count + 1));
            for (int i = 0; i < count; i++) {
                Doubles.set(first + i, arguments[i]);
            }
            kernel.apply(first, first, count);
            return doubles(first, count);
        }
    }

    private static List<Double> doubles(long first, int count) {
        return IntStream.range(0, count).mapToObj(i -> Doubles.get(first + i)).toList();
    }
}
