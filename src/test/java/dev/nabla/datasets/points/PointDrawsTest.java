package dev.nabla.datasets.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.program.engine.KernelEngine;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PointDrawsTest {

    private static final List<String> XY = List.of("x", "y");

    private static PointSample sample(SamplingMethod method, int points, Optional<String> where) {
        var ranges = new LinkedHashMap<String, Range>();
        ranges.put("x", new Range(-2, 6));
        ranges.put("y", new Range(0, 1));
        return new PointSample(points, method, ranges, where, OptionalInt.empty(), Optional.empty());
    }

    private static double[] drawn(PointSample sample, long seed, int term, int round) {
        Samples samples = new PointDraws(sample, XY, seed, term, new KernelEngine()).draw(round);
        assertThat(samples.size()).isEqualTo(sample.points());
        assertThat(samples.inputNames()).isEqualTo(XY);
        return samples.inputs();
    }

    @ParameterizedTest
    @EnumSource
    void pointsAreAFunctionOfSeedTermAndRoundAlone(SamplingMethod method) {
        PointSample sample = sample(method, 100, Optional.of("y - x"));
        var draws = new PointDraws(sample, XY, 7, 2, new KernelEngine());
        draws.draw(4);
        assertThat(draws.draw(3).inputs()).containsExactly(drawn(sample, 7, 2, 3));
        Set<Integer> different = new HashSet<>();
        for (long seed : new long[] {7, 8}) {
            for (int term : new int[] {2, 3}) {
                for (int round : new int[] {3, 4}) {
                    different.add(Arrays.hashCode(drawn(sample, seed, term, round)));
                }
            }
        }
        assertThat(different).hasSize(8);
    }

    /** The work of a first point is not that of all of them. */
    @ParameterizedTest
    @EnumSource
    void aRegionIsLookedAtWithoutDrawingThePoints(SamplingMethod method) {
        var draws = new PointDraws(sample(method, 1_000_000, Optional.of("0.005 - y")), XY, 7, 2, new KernelEngine());
        assertThatCode(() -> Work.within(10_000_000, draws::requireRegion)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Work.within(10_000_000, () -> draws.draw(0))).isInstanceOf(WorkLimitException.class);
        var empty = new PointDraws(sample(method, 1_000_000, Optional.of("y - 2")), XY, 7, 2, new KernelEngine());
        assertThatThrownBy(empty::requireRegion).isInstanceOf(EmptyRegionException.class)
                .hasMessage("no point of 10000 lies in it");
    }

    @ParameterizedTest
    @EnumSource
    void pointsLieInTheirRangesAndWhereTheEquationIsPositive(SamplingMethod method) {
        double[] all = drawn(sample(method, 3000, Optional.empty()), 1, 0, 0);
        assertThat(IntStream.range(0, 3000)).allSatisfy(i -> {
            assertThat(all[2 * i]).isBetween(-2.0, 6.0);
            assertThat(all[2 * i + 1]).isBetween(0.0, 1.0);
        });
        assertThat(Arrays.stream(all).sum() / 3000).isBetween(2.3, 2.7);
        double[] some = drawn(sample(method, 3000, Optional.of("1 - (x - 2)^2 - y^2")), 1, 0, 0);
        assertThat(IntStream.range(0, 3000)).allSatisfy(i ->
                assertThat(Math.pow(some[2 * i] - 2, 2) + Math.pow(some[2 * i + 1], 2)).isLessThan(1));
        // No point where the equation has no value.
        double[] positive = drawn(sample(method, 500, Optional.of("log(x) + 100")), 1, 0, 0);
        assertThat(IntStream.range(0, 500)).allSatisfy(i -> assertThat(positive[2 * i]).isPositive());
    }

    @Test
    void whatDoesNotVaryIsExact() {
        PointSample sample = new PointSample(50, SamplingMethod.SOBOL, new LinkedHashMap<>(Map.of("x", new Range(0.1, 0.1))),
                Optional.empty(), OptionalInt.empty(), Optional.empty());
        assertThat(new PointDraws(sample, List.of("x"), 1, 0, new KernelEngine()).draw(0).inputs()).containsOnly(0.1);
    }

    @Test
    void aLatinHypercubeHasOnePointInEverySlice() {
        double[] points = drawn(sample(SamplingMethod.LATIN_HYPERCUBE, 64, Optional.empty()), 5, 0, 0);
        assertThat(IntStream.range(0, 64).map(i -> (int) ((points[2 * i] + 2) / 8 * 64)).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 64).boxed().toList());
        assertThat(IntStream.range(0, 64).map(i -> (int) (points[2 * i + 1] * 64)).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 64).boxed().toList());
    }

    /** The first 2⁶ points of Sobol's sequence in two dimensions are a (0, 6, 2)-net, whatever bits are flipped. */
    @Test
    void sobolPointsAreANet() {
        double[] points = drawn(sample(SamplingMethod.SOBOL, 64, Optional.empty()), 5, 0, 0);
        for (int bits = 0; bits <= 6; bits++) {
            int columns = 1 << bits;
            int rows = 1 << 6 - bits;
            assertThat(IntStream.range(0, 64).map(i -> {
                int column = (int) ((points[2 * i] + 2) / 8 * columns);
                int row = (int) (points[2 * i + 1] * rows);
                return column * rows + row;
            }).distinct().count()).as("%d by %d boxes", columns, rows).isEqualTo(64);
        }
    }

    @Test
    void aRegionThatIsEmptyOrAsGoodAsEmptyIsRefused() {
        assertThatThrownBy(() -> drawn(sample(SamplingMethod.UNIFORM, 10, Optional.of("-1 - x^2")), 1, 0, 0))
                .isInstanceOf(EmptyRegionException.class).hasMessage("no point of 10000 lies in it");
        assertThatThrownBy(() -> drawn(sample(SamplingMethod.SOBOL, 2000, Optional.of("1e-5 - y")), 1, 0, 0))
                .isInstanceOf(EmptyRegionException.class).hasMessageContaining("lie");
    }
}
