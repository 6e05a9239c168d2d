package dev.nabla.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Sums and products against those of decimal numbers, which do not round. */
class ExactTest {

    private static final double[] NUMBERS = {0, 1, -1, 2, 3, 0.1, -0.3, 49, 0x1p53, 0x1p-53, 0x1p53 + 2, 1e16, 1e100,
        -1e-100, 1e300, 0x1.fffffffffffffp1023};

    @Test
    void aSumIsMergedWhereItDoesNotRound() {
        int exact = 0;
        for (double a : numbers()) {
            for (double b : numbers()) {
                boolean isExact = Double.isFinite(a + b)
                        && new BigDecimal(a).add(new BigDecimal(b)).compareTo(new BigDecimal(a + b)) == 0;
                assertThat(Exact.sum(a, b).stream().boxed().toList()).as("%s + %s", a, b)
                        .isEqualTo(isExact ? List.of(a + b) : List.of());
                exact += isExact ? 1 : 0;
            }
        }
        assertThat(exact).isGreaterThan(1000);
    }

    @Test
    void aProductIsMergedWhereItDoesNotRound() {
        int exact = 0;
        for (double a : numbers()) {
            for (double b : numbers()) {
                boolean isExact = Double.isFinite(a * b)
                        && new BigDecimal(a).multiply(new BigDecimal(b)).compareTo(new BigDecimal(a * b)) == 0;
                assertThat(Exact.product(a, b).stream().boxed().toList()).as("%s * %s", a, b)
                        .isEqualTo(isExact ? List.of(a * b) : List.of());
                exact += isExact ? 1 : 0;
            }
        }
        assertThat(exact).isGreaterThan(1000);
    }

    @Test
    void aProductIsMergedFrom2ToThePowerOfMinus900On() {
        assertThat(Exact.product(0x1p-450, 0x1p-450)).hasValue(0x1p-900);
        assertThat(Exact.product(0x1p-450, 0x1p-451)).isEmpty();
        assertThat(Exact.product(-1, Double.MIN_VALUE)).hasValue(-Double.MIN_VALUE);
        assertThat(Exact.product(Double.MIN_VALUE, 1)).hasValue(Double.MIN_VALUE);
    }

    @Test
    void theReciprocalOfAPowerOfTwoIsExact() {
        assertThat(Exact.reciprocal(-4)).hasValue(-0.25);
        assertThat(Exact.reciprocal(0x1p1022)).hasValue(0x1p-1022);
        assertThat(Exact.reciprocal(0x1p-1022)).hasValue(0x1p1022);
        for (double a : new double[] {3, 0.75, 0, 0x1p1023, 0x1p-1023, 0x1.8p-1022}) {
            assertThat(Exact.reciprocal(a)).as("%s", a).isEmpty();
        }
    }

    /** Those above and, from a fixed seed, some of few digits and some of many. */
    private static List<Double> numbers() {
        var random = new Random(1);
        return DoubleStream.concat(Arrays.stream(NUMBERS), DoubleStream.concat(
                random.ints(30, -1000, 1000).mapToDouble(i -> i / 64.0), random.doubles(30, -10, 10))).boxed().toList();
    }
}
