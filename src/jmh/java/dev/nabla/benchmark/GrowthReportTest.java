package dev.nabla.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowthReportTest {

    @Test
    void fitsTheExponentsOfPowersBehindWhatDoesNotGrow() {
        for (double exponent : new double[] {0, 1, 1.5, 3}) {
            double[] times = IntStream.rangeClosed(0, Growing.DOUBLINGS).mapToDouble(i -> Math.pow(2, exponent * i)).toArray();
            times[0] = 7;
            times[1] = 7;
            assertThat(GrowthReport.exponent(times).getSlope()).isCloseTo(exponent, within(1e-12));
        }
    }
}
