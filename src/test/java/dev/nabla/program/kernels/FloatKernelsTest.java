package dev.nabla.program.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Bytes;
import dev.nabla.program.Allocations;
import dev.nabla.program.kernels.FloatKernels.Kinds;
import dev.nabla.program.kernels.MatrixKernels.Start;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Floats in memory, whose every other byte has to stay as it is. */
@Isolated("What C2 makes of a kernel depends on what else it compiles meanwhile.")
class FloatKernelsTest {

    private static final int DOUBLES = 60_000;
    private static final int X = 20_000;
    private static final int Z = 40_000;
    private static final int BIAS = 59_000;
    private static final int[] SIZES = {1, 2, 5, 7, 8, 15, 16, 17, 31, 32, 33, 40, 64, 65, 97, 128};
    private static final FloatKernels VECTORS = new VectorFloats();
    private static final FloatKernels PLAIN = new PlainFloats();

    static Stream<FloatKernels> kernels() {
        return Stream.of(VECTORS, PLAIN);
    }

    private interface Call {
        /** @param first the place of the first double, or float, of a memory */
        boolean on(FloatKernels kernels, long first, long firstFloat);
    }

    /** The bytes after a call, and what it said of the range. */
    private record After(boolean isInRange, List<Byte> bytes) {
        static After of(FloatKernels kernels, MemorySegment memory, Call call) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment copy = arena.allocate(memory.byteSize(), 64).copyFrom(memory);
                long first = Doubles.first(copy);
                boolean isInRange = call.on(kernels, first, Numbers.FLOATS.placeOf(first));
                return new After(isInRange, isInRange ? bytesOf(copy) : List.of());
            }
        }
    }

    private static List<Byte> bytesOf(MemorySegment memory) {
        return Bytes.asList(memory.toArray(ValueLayout.JAVA_BYTE));
    }

    /** Doubles in A and the bias, in X and Z what kinds say; each as large as {@code scale} at most. */
    private static MemorySegment memory(Arena arena, SplittableRandom random, Kinds kinds, double ofA, double ofX) {
        MemorySegment memory = arena.allocate(8L * DOUBLES, 64);
        for (int i = 0; i < DOUBLES; i++) {
            memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextDouble(-1, 1) * (i < X ? ofA : i < Z ? ofX : 1));
        }
        if (kinds.a() == Numbers.FLOATS) {
            fill(memory, random, 0, ofA);
        }
        if (kinds.x() == Numbers.FLOATS) {
            fill(memory, random, X, ofX);
        }
        if (kinds.z() == Numbers.FLOATS) {
            fill(memory, random, Z, 1);
        }
        return memory;
    }

    private static void fill(MemorySegment memory, SplittableRandom random, int place, double scale) {
        for (int i = 0; i < 2 * (X - 1000); i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, 2L * place + i, (float) (random.nextDouble(-1, 1) * scale));
        }
    }

    private static double scale(SplittableRandom random) {
        return random.nextInt(3) > 0 ? 1 : Math.pow(2, random.nextInt(-220, 220));
    }

    private static int size(SplittableRandom random) {
        return SIZES[random.nextInt(SIZES.length)];
    }

    private static Kinds kinds(SplittableRandom random) {
        Numbers[] numbers = Numbers.values();
        return new Kinds(numbers[random.nextInt(2)], numbers[random.nextInt(2)], numbers[random.nextInt(2)]);
    }

    private static long place(Numbers numbers, long first, int offset) {
        return numbers.placeOf(first + offset);
    }

    @Test
    void productsAreTheSameWithVectorsAndInPlainJava() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int inRange = 0;
        for (int round = 0; round < 300; round++) {
            Kinds kinds = kinds(random);
            Start start = Start.values()[random.nextInt(3)];
            int rows = size(random);
            int inner = random.nextInt(8) == 0 ? 300 / 5 * 5 : size(random);
            int columns = inner == 300 ? 40 : size(random);
            rows = inner == 300 ? Math.min(rows, 40) : rows;
            boolean isOuter = random.nextBoolean();
            boolean transposed = random.nextBoolean();
            long rowStep = transposed && !isOuter ? 1 : inner;
            long columnStep = transposed && !isOuter ? rows : 1;
            long xStep = isOuter ? 1 : columns;
            long xColumnStep = isOuter ? inner : 1;
            int height = rows;
            Call call = (kernels, first, _) -> kernels.product(kinds, start, first + BIAS, place(kinds.a(), first, 0), rowStep,
                    columnStep, place(kinds.x(), first, X), xStep, xColumnStep, place(kinds.z(), first, Z), columns + 3, height,
                    inner, columns);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = memory(arena, random, kinds, scale(random), scale(random));
                After expected = After.of(PLAIN, memory, call);
                inRange += expected.isInRange ? 1 : 0;
                assertThat(After.of(VECTORS, memory, call)).as("%s %s %d x %d x %d, steps %d %d %d %d, seed %d", kinds, start, rows,
                        inner, columns, rowStep, columnStep, xStep, xColumnStep, seed).isEqualTo(expected);
            }
        }
        assertThat(inRange).as("seed %d", seed).isBetween(100, 299);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void productsInRangeAreThoseOfDoublesToTheDigitsOfFloats(FloatKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 60; round++) {
            Kinds kinds = kinds(random);
            boolean hasBias = random.nextBoolean();
            int rows = size(random);
            int inner = size(random);
            int columns = size(random);
            double ofA = scale(random);
            double ofX = scale(random);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = memory(arena, random, kinds, ofA, ofX);
                long first = Doubles.first(memory);
                if (!kernels.product(kinds, hasBias ? Start.BIAS : Start.ZERO, first + BIAS, place(kinds.a(), first, 0), inner, 1,
                        place(kinds.x(), first, X), columns, 1, place(kinds.z(), first, Z), columns, rows, inner, columns)) {
                    assertThat(Math.max(Math.abs(Math.log(ofA)), Math.abs(Math.log(ofX)))).as("seed %d", seed).isGreaterThan(30);
                    continue;
                }
                for (int e = 0; e < rows * columns; e++) {
                    double expected = hasBias ? Doubles.get(first + BIAS + e / columns) : 0;
                    double bias = Math.abs(expected);
                    for (int k = 0; k < inner; k++) {
                        expected += kinds.a().get(place(kinds.a(), first, 0) + e / columns * inner + k)
                                * kinds.x().get(place(kinds.x(), first, X) + (long) k * columns + e % columns);
                    }
                    assertThat(Math.abs(kinds.z().get(place(kinds.z(), first, Z) + e) - expected)).as("%s, seed %d", kinds, seed)
                            .isLessThanOrEqualTo((inner + 2) * 0x1p-22 * (inner * ofA * ofX + bias));
                }
            }
        }
    }

    @Test
    void narrowProductsAreThoseOfDoublesRoundedOnceOrOfFloatsWidened() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 150; round++) {
            boolean isOfFewTerms = random.nextBoolean();
            Kinds kinds = new Kinds(Numbers.DOUBLES, Numbers.values()[isOfFewTerms ? 0 : 1], Numbers.values()[isOfFewTerms ? 1 : 0]);
            int rows = size(random);
            int inner = isOfFewTerms ? random.nextInt(1, FloatKernels.FEW_TERMS + 1) : size(random);
            int columns = size(random);
            boolean hasBias = random.nextBoolean();
            boolean transposed = random.nextBoolean();
            long rowStep = transposed ? 1 : inner;
            long columnStep = transposed ? rows : 1;
            double ofA = scale(random);
            Call call = (kernels, first, _) -> {
                long bias = hasBias ? first + BIAS : 0;
                if (isOfFewTerms) {
                    return kernels.ofFewTerms(bias, first, rowStep, columnStep, first + X, place(Numbers.FLOATS, first, Z), rows,
                            inner, columns);
                }
                kernels.widened(bias, first, rowStep, columnStep, place(Numbers.FLOATS, first, X), first + Z, rows, inner, columns);
                return true;
            };
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = memory(arena, random, kinds, ofA, 1);
                After expected = After.of(PLAIN, memory, call);
                assertThat(After.of(VECTORS, memory, call)).as("%s %d x %d x %d, seed %d", kinds, rows, inner, columns, seed)
                        .isEqualTo(expected);
                long first = Doubles.first(memory);
                if (!call.on(VECTORS, first, 0)) {
                    assertThat(Math.abs(Math.log(ofA))).as("seed %d", seed).isGreaterThan(60);
                    continue;
                }
                for (int e = 0; e < rows * columns; e++) {
                    double sum = hasBias ? Doubles.get(first + BIAS + e / columns) : 0;
                    for (int k = 0; k < inner; k++) {
                        sum = Math.fma(Doubles.get(first + e / columns * rowStep + k * columnStep),
                                kinds.x().get(place(kinds.x(), first, X) + (long) k * columns + e % columns), sum);
                    }
                    assertThat(kinds.z().get(place(kinds.z(), first, Z) + e)).as("%s, seed %d", kinds, seed)
                            .isEqualTo(isOfFewTerms ? (float) sum : sum);
                }
            }
        }
    }

    @Test
    void sumsOverSamplesAreThoseOfDoublesToWhichFloatsAreWidened() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        MatrixKernels ofDoubles = new PlainMatrices();
        for (int round = 0; round < 150; round++) {
            int rows = size(random);
            int columns = random.nextInt(4) == 0 ? random.nextInt(1, 32) : random.nextInt(1, 4);
            int samples = size(random);
            int length = samples + random.nextInt(3);
            boolean transposed = random.nextBoolean();
            long rowStep = transposed ? 1 : columns;
            long columnStep = transposed ? rows : 1;
            boolean withSums = random.nextBoolean();
            int results = rows * columns;
            Call outer = (kernels, first, floats) -> {
                kernels.widenedOuterSum(floats, length, first + X, length, first + Z, rowStep, columnStep, rows, columns, samples,
                        withSums ? first + Z + results : 0, first + BIAS);
                return true;
            };
            Call sums = (kernels, first, floats) -> {
                kernels.sampleSums(floats, length, first + Z, rows, samples, first + BIAS);
                return true;
            };
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = memory(arena, random, new Kinds(Numbers.FLOATS, Numbers.DOUBLES, Numbers.DOUBLES), 1, 1);
                String of = "%d x %d of %d samples, seed %d".formatted(rows, columns, samples, seed);
                int all = results + (withSums ? rows : 0);
                List<Byte> ofOuter = resultsOf(VECTORS, memory, outer, all);
                assertThat(ofOuter).as(of).isEqualTo(resultsOf(PLAIN, memory, outer, all));
                List<Byte> ofSums = resultsOf(VECTORS, memory, sums, rows);
                assertThat(ofSums).as(of).isEqualTo(resultsOf(PLAIN, memory, sums, rows));
                if (withSums) {
                    assertThat(ofOuter.subList(8 * (Z + results), 8 * (Z + all))).as(of).isEqualTo(ofSums.subList(8 * Z, 8 * (Z + rows)));
                }
                long first = Doubles.first(memory);
                long widened = Doubles.first(arena.allocate(8L * X, 64));
                for (int i = 0; i < rows * length; i++) {
                    Doubles.set(widened + i, PlainFloats.get(Numbers.FLOATS.placeOf(first) + i));
                }
                boolean areSameBits = SumsOfSamples.areOfOuterProducts(rows, columns, samples);
                outer.on(VECTORS, first, Numbers.FLOATS.placeOf(first));
                long expected = first + Z + X / 2;
                ofDoubles.outerSum(widened, length, first + X, length, expected, columns, rows, columns, samples, 0, first + BIAS);
                for (int i = 0; i < rows * columns; i++) {
                    assertThat(Doubles.get(first + Z + i / columns * rowStep + i % columns * columnStep)).as(of)
                            .isCloseTo(Doubles.get(expected + i), within(areSameBits ? 0 : 1e-13 * samples));
                }
                sums.on(VECTORS, first, Numbers.FLOATS.placeOf(first));
                ofDoubles.sampleSums(widened, length, expected, rows, samples, first + BIAS);
                for (int i = 0; i < rows; i++) {
                    assertThat(Doubles.get(first + Z + i)).as(of)
                            .isCloseTo(Doubles.get(expected + i), within(SumsOfSamples.are(samples) ? 0 : 1e-13 * samples));
                }
            }
        }
    }

    /** The bytes after a call whose results are so many doubles at Z, and which may write to scratch. */
    private static List<Byte> resultsOf(FloatKernels kernels, MemorySegment memory, Call call, int results) {
        List<Byte> bytes = After.of(kernels, memory, call).bytes;
        assertThat(bytes.subList(8 * (Z + results), 8 * BIAS)).as("behind the results").isEqualTo(
                bytesOf(memory).subList(8 * (Z + results), 8 * BIAS));
        return bytes.subList(0, 8 * BIAS);
    }

    @Test
    void runsAreTheSameWithVectorsAndInPlainJava() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        Kinds kinds = new Kinds(Numbers.FLOATS, Numbers.FLOATS, Numbers.FLOATS);
        for (int count : new int[] {1, 7, 8, 15, 16, 17, 100, 511, 512, 513, 1100, 4096}) {
            for (double scale : new double[] {1, 100, 0, 1e-33, 1e30, 1e-20}) {
                List<Call> calls = new ArrayList<>(List.of(
                        (kernels, _, floats) -> kernels.product(floats, floats + 2L * X, floats + 2L * Z, count),
                        (kernels, _, floats) -> kernels.add(floats, floats + 2L * X, count)));
                for (FunctionPair pair : FunctionPair.values()) {
                    calls.add((kernels, _, floats) -> kernels.of(pair).apply(floats, floats + 2L * X, floats + 2L * Z, count));
                    calls.add((kernels, _, floats) -> kernels.first(pair).apply(floats, floats, count));
                }
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment memory = memory(arena, random, kinds, scale, 1);
                    for (int i = 0; i < calls.size(); i++) {
                        assertThat(After.of(VECTORS, memory, calls.get(i)))
                                .as("call %d of %d numbers up to %s, seed %d", i, count, scale, seed)
                                .isEqualTo(After.of(PLAIN, memory, calls.get(i)));
                    }
                }
            }
        }
    }

    @Test
    void stepsOfAdamAreTheSameWithVectorsAndInPlainJava() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int inRange = 0;
        for (int round = 0; round < 200; round++) {
            int count = random.nextInt(1, 100);
            double c = Math.pow(2, random.nextInt(-30, 30));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = memory(arena, random, new Kinds(Numbers.FLOATS, Numbers.DOUBLES, Numbers.DOUBLES), 1, 1);
                long first = Doubles.first(memory);
                for (int i = 0; i < count; i++) {
                    Doubles.set(first + X + i, anySize(random, -25, random.nextInt(20) == 0 ? 45 : 25) / c);
                    PlainFloats.set(2 * first + i, (float) anySize(random, -44, 25));
                    PlainFloats.set(2 * first + 1000 + i, (float) Math.abs(anySize(random, -44, 25)));
                }
                Call call = (kernels, doubles, floats) -> kernels.adam(doubles + Z, c, doubles + X, floats, floats + 1000, count, 0.9,
                        0.999, 0.01, 1e-9);
                After expected = After.of(PLAIN, memory, call);
                inRange += expected.isInRange ? 1 : 0;
                assertThat(After.of(VECTORS, memory, call)).as("%d numbers, seed %d", count, seed).isEqualTo(expected);
            }
        }
        assertThat(inRange).as("seed %d", seed).isBetween(20, 199);
    }

    private static double anySize(SplittableRandom random, int least, int most) {
        return random.nextInt(9) == 0 ? 0 : random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(least, most));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void functionsHaveTheDigitsOfFloats(FloatKernels kernels) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int count = 20_000;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(12L * count, 64);
            long floats = Numbers.FLOATS.placeOf(Doubles.first(memory));
            for (FunctionPair pair : FunctionPair.values()) {
                for (int i = 0; i < count; i++) {
                    PlainFloats.set(floats + i, (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-44, 3))));
                }
                kernels.of(pair).apply(floats, floats + count, floats + 2L * count, count);
                for (int i = 0; i < count; i++) {
                    float x = PlainFloats.get(floats + i);
                    assertClose(PlainFloats.get(floats + count + i), pair.first().applyAsDouble(x), x, seed);
                    assertClose(PlainFloats.get(floats + 2L * count + i), pair.second().applyAsDouble(x), x, seed);
                }
            }
        }
    }

    private static void assertClose(float result, double expected, double x, long seed) {
        assertThat(Math.abs(result - expected)).as("%s at %s, seed %d", expected, x, seed)
                .isLessThanOrEqualTo(0x4p-24 * Math.abs(expected) + Float.MIN_VALUE);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void whatLeavesTheRangeIsSaid(FloatKernels kernels) {
        try (Arena arena = Arena.ofConfined()) {
            long first = Doubles.first(arena.allocate(8L * 3 * 40, 64));
            long x = Numbers.FLOATS.placeOf(first);
            long y = x + 80;
            long z = y + 80;
            float[][] leaving = {{1e-20f, 1e-20f}, {1e20f, 1e20f}, {Float.NaN, 1}, {Float.POSITIVE_INFINITY, 0}, {1e-30f, 1e-3f}};
            float[][] staying = {{0, 1}, {0, 0}, {1e-10f, 1e-15f}, {1e15f, 1e15f}, {-0f, 1e-40f}};
            IntStream.range(0, 80).forEach(i -> PlainFloats.set(x + i, 0));
            for (float[] pair : leaving) {
                assertThat(isInRange(kernels, x, y, z, pair)).as(Arrays.toString(pair)).isFalse();
            }
            for (float[] pair : staying) {
                assertThat(isInRange(kernels, x, y, z, pair)).as(Arrays.toString(pair)).isTrue();
            }
            for (float[] arguments : new float[][] {{60, 60}, {-60, 55}, {Float.NaN, 1}}) {
                PlainFloats.set(x, arguments[0]);
                PlainFloats.set(x + 1, arguments[1]);
                assertThat(kernels.of(FunctionPair.TANH_AND_SLOPE).apply(x, y, z, 2)).as(Arrays.toString(arguments)).isFalse();
                PlainFloats.set(x + 1, 30);
                assertThat(kernels.of(FunctionPair.TANH_AND_SLOPE).apply(x, y, z, 2)).as(Arrays.toString(arguments))
                        .isEqualTo(!Float.isNaN(arguments[0]));
            }
            for (double number : new double[] {1e-31, 1e39, Double.NaN, 1e-300}) {
                Doubles.set(first, number);
                Doubles.set(first + 1, 1);
                assertThat(kernels.ofFewTerms(0, first + 1, 1, 1, first, z, 1, 1, 1)).as("%s", number).isFalse();
            }
            for (double number : new double[] {0, -0.0, 1e-30, 1e38}) {
                Doubles.set(first, number);
                assertThat(kernels.ofFewTerms(0, first + 1, 1, 1, first, z, 1, 1, 1)).as("%s", number).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sumsSayWhetherTheyAreInRange(FloatKernels kernels) {
        try (Arena arena = Arena.ofConfined()) {
            long x = Numbers.FLOATS.placeOf(Doubles.first(arena.allocate(8L * 100, 64)));
            long z = x + 20;
            for (float[] pair : new float[][] {{1, 2}, {0, 0}, {-0f, 0}, {1e-30f, 0}, {0, 1e38f}, {1e38f, 1e38f}, {1, 1e-40f}}) {
                assertThat(isSumInRange(kernels, x, z, pair)).as(Arrays.toString(pair)).isTrue();
                assertThat(PlainFloats.get(z + 13)).as(Arrays.toString(pair)).isEqualTo(pair[0] + pair[1]);
            }
            for (float[] pair : new float[][] {{3e38f, 3e38f}, {1, -1}, {1e-31f, 0}, {0, 1e-31f}, {Float.NaN, 0}, {1, Float.NaN},
                    {Float.POSITIVE_INFINITY, 1}}) {
                assertThat(isSumInRange(kernels, x, z, pair)).as(Arrays.toString(pair)).isFalse();
            }
        }
    }

    /** One pair among zeros, in a vector and behind the last. */
    private static boolean isSumInRange(FloatKernels kernels, long x, long z, float[] pair) {
        boolean[] isInRange = new boolean[2];
        for (int last = 0; last < 2; last++) {
            int place = last == 0 ? 13 : 18;
            for (int i = 0; i < 19; i++) {
                PlainFloats.set(x + i, i == place ? pair[0] : 0);
                PlainFloats.set(z + i, i == place ? pair[1] : 0);
            }
            isInRange[last] = kernels.add(x, z, 19);
            PlainFloats.set(z + 13, PlainFloats.get(z + place));
        }
        assertThat(isInRange[1]).isEqualTo(isInRange[0]);
        return isInRange[0];
    }

    private static boolean isInRange(FloatKernels kernels, long x, long y, long z, float[] pair) {
        for (int i = 0; i < 20; i++) {
            PlainFloats.set(x + i, i == 13 ? pair[0] : 0);
            PlainFloats.set(y + i, pair[1]);
        }
        return kernels.product(x, y, z, 20);
    }

    @Test
    void nothingIsAllocated() {
        try (Arena arena = Arena.ofConfined()) {
            long first = Doubles.first(arena.allocate(8L * 30_000, 64));
            long floats = Numbers.FLOATS.placeOf(first);
            for (int i = 0; i < 20_000; i++) {
                PlainFloats.set(floats + i, 1);
            }
            Kinds forward = new Kinds(Numbers.DOUBLES, Numbers.FLOATS, Numbers.FLOATS);
            Kinds backward = new Kinds(Numbers.FLOATS, Numbers.FLOATS, Numbers.DOUBLES);
            FloatKernels.OfPair pair = VECTORS.of(FunctionPair.TANH_AND_SLOPE);
            Allocations.assertNone(100, "a product", () -> VECTORS.product(forward, Start.BIAS, first + 25_000, first + 20_000, 64, 1,
                    floats, 72, 1, floats + 10_000, 72, 64, 64, 72));
            Allocations.assertNone(100, "an outer sum", () -> VECTORS.outerSum(backward, floats, 72, floats + 8_000, 72, first + 20_000,
                    64, 64, 64, 70));
            Allocations.assertNone(100, "a narrow product", () -> VECTORS.ofFewTerms(0, first + 20_000, 2, 1, first + 21_000, floats, 64,
                    2, 72));
            Allocations.assertNone(100, "a wide one", () -> VECTORS.widened(0, first + 20_000, 64, 1, floats, first + 25_000, 1, 64, 72));
            Allocations.assertNone(100, "sums over samples", () -> {
                VECTORS.widenedOuterSum(floats, 72, first + 20_000, 72, first + 25_000, 2, 1, 63, 2, 71, first + 25_500, first + 26_000);
                VECTORS.sampleSums(floats, 72, first + 25_000, 63, 71, first + 26_000);
            });
            Allocations.assertNone(100, "products of two", () -> VECTORS.product(floats, floats + 4000, floats + 8000, 4000));
            Allocations.assertNone(100, "sums of two", () -> VECTORS.add(floats, floats + 12_000, 4000));
            Allocations.assertNone(100, "a function and its slope", () -> pair.apply(floats, floats + 4000, floats + 8000, 4000));
        }
    }
}
