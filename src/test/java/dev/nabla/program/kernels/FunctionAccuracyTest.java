package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.ScalarFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every function against 30 and more digits, over the whole range of doubles. */
class FunctionAccuracyTest {

    private static final double[] EDGES = {
        0.0, Double.MIN_VALUE, 0x1p-1060, Double.MIN_NORMAL, 0x1p-54, 0x1p-28, 1e-5, 0.17, 0.35, 0.5, 0.6, 0.9, 1,
        Math.PI / 4, Math.PI / 2, Math.PI, 2, 6, 18.7, 19.1, 22, 37, 38.4, 38.6, 40, 44, 707, 708.4, 709.7, 709.78,
        710.47, 744.9, 745.2, 750, 760, 1e4, 102_943, 102_944, 1e6, 6381956970095103.0 * 0x1p797, 1e300,
        Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN
    };
    /** Where the kernels were found to err most, in a search of 12 million arguments for each function. */
    private static final double[] HARD = {
        0.24800659714581891, -8.2973938658262654, 0.34419783951350252, -0.71155119741134465, 0.35458931640118024,
        -3.4463889720381147, -42.579202741222879, -12.186973074025182, 1.282163031611572,
        -0.78558847497499662, 16.441221862019887, -10.200781118142203, 0.93975468899477832
    };

    /** Whose difference and the smaller of them are rounded to an infinity together. */
    private static final double[] OVERFLOWING = {Double.MAX_VALUE, 8.669000176190837E307};

    @ParameterizedTest
    @EnumSource
    void staysWithinTwoUlpOfTheTrueValue(ScalarFunction function) {
        long seed = System.nanoTime();
        double[] arguments = arguments(new SplittableRandom(seed));
        double[] values = apply(FunctionKernels.best(), function, arguments);
        double worst = 0;
        String where = "";
        for (int i = 0; i < arguments.length; i++) {
            double error = ExactFunctions.errorInUlp(function, arguments[i], values[i]);
            if (!(error <= worst)) {
                worst = error;
                where = "%s(%s) = %s errs by %s ulp".formatted(function.text(), arguments[i], values[i], error);
            }
        }
        assertThat(worst).as("%s; seed %d", where, seed).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void functionsOfTwoStayAsNearAsIsSaid(FunctionOfTwo function) {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        double bound = switch (function) {
            case ATAN2 -> 2;
            case LOGADDEXP, XLOGY -> 3;
        };
        double[][] pairs = Stream.concat(Stream.of(OVERFLOWING), DoubleStream.of(arguments(random))
                .mapToObj(x -> new double[] {x, partner(random, x)})).toArray(double[][]::new);
        for (int swapped = 0; swapped <= 1; swapped++) {
            int first = swapped;
            double[] x = Stream.of(pairs).mapToDouble(pair -> pair[first]).toArray();
            double[] y = Stream.of(pairs).mapToDouble(pair -> pair[1 - first]).toArray();
            double[] values = FunctionKernelsTest.apply(FunctionKernels.best(), function, x, y);
            for (int i = 0; i < x.length; i++) {
                assertThat(ExactFunctions.errorInUlp(function, x[i], y[i], values[i]))
                        .as("%s(%s, %s) = %s, seed %d", function, x[i], y[i], values[i], seed).isLessThanOrEqualTo(bound);
            }
        }
    }

    /** Any number, or one of the size of x. */
    private static double partner(SplittableRandom random, double x) {
        return switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> x * random.nextDouble(-2, 2);
            case 2 -> x + random.nextDouble(-40, 40);
            default -> draw(random, random.nextInt(6));
        };
    }

    @Test
    void theSlopeOfTanhStaysWithinThreeUlpAsLongAsItIsANormalNumber() {
        long seed = System.nanoTime();
        double[] arguments = arguments(new SplittableRandom(seed));
        double[] slopes = FunctionKernelsTest.apply(FunctionKernels.best(), FunctionPair.TANH_AND_SLOPE, arguments)[1];
        for (int i = 0; i < arguments.length; i++) {
            double x = arguments[i];
            if (Math.abs(x) > 354.8) {
                assertThat(slopes[i]).as("%s, seed %d", x, seed).isBetween(0.0, 3e-308);
            } else if (!Double.isNaN(x)) {
                assertThat(ExactFunctions.slopeErrorInUlp(x, slopes[i])).as("%s, seed %d", x, seed)
                        .isLessThanOrEqualTo(3);
            }
        }
    }

    private static double[] arguments(SplittableRandom random) {
        DoubleStream edges = DoubleStream.of(EDGES).flatMap(x -> DoubleStream.of(x, -x, Math.nextUp(x), -Math.nextDown(x)));
        DoubleStream regular = IntStream.rangeClosed(-400, 400).mapToDouble(i -> i / 64.0);
        DoubleStream drawn = IntStream.range(0, 1200).mapToDouble(i -> draw(random, i));
        return DoubleStream.concat(DoubleStream.concat(edges, DoubleStream.of(HARD)), DoubleStream.concat(regular, drawn))
                .filter(x -> !(Double.isInfinite(x) && x < 0)).toArray();
    }

    private static double draw(SplittableRandom random, int i) {
        return switch (i % 6) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextDouble(-1, 1);
            case 2 -> random.nextDouble(-10, 10);
            case 3 -> random.nextDouble(-760, 760);
            case 4 -> random.nextInt(-100_000, 100_000) * (Math.PI / 2);
            default -> Math.scalb(random.nextDouble(-2, 2), random.nextInt(-60, 20));
        };
    }

    private static double[] apply(FunctionKernels kernels, ScalarFunction function, double[] arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(JAVA_DOUBLE, arguments);
            long first = Doubles.first(memory);
            kernels.of(function).apply(first, first, arguments.length);
            return memory.toArray(JAVA_DOUBLE);
        }
    }
}
