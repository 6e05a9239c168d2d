package dev.nabla.trajectories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.trajectories.Method.DormandPrince;
import dev.nabla.trajectories.Method.ImplicitMidpoint;
import dev.nabla.trajectories.Method.Iteration;
import dev.nabla.trajectories.Method.StoermerVerlet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every evaluation of a field is paid for, whichever method needs it. */
class WorkOfTrajectoriesTest {

    private static final long LIMIT = 5_000_000;

    static Stream<Method> methods() {
        return Stream.of(new ImplicitMidpoint(), new StoermerVerlet(), new DormandPrince(1e-9), new Iteration());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aTrajectoryEndsWhereTheWorkIsDone(Method method) {
        Integration oscillator = PlanarSystem.of("[p, -q]");
        double[][] starts = {{1, 0}};
        Work.within(LIMIT, () -> assertThat(oscillator.follow(starts, method, new TimeGrid(0.1, 10, 1))).hasSize(1));
        assertThatThrownBy(() -> Work.within(LIMIT, () ->
                oscillator.follow(starts, method, new TimeGrid(0.1, 10_000_000, 10_000_000))))
                .isInstanceOf(WorkLimitException.class);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theStartsOfARequestShareTheWork(Method method) {
        Integration oscillator = PlanarSystem.of("[p, -q]");
        List<double[][]> twice = List.of(new double[3000][2], new double[3000][2]);
        var grid = new TimeGrid(0.1, 100, 100);
        assertThatThrownBy(() -> Work.within(LIMIT, () -> {
            for (int request = 0; request < 100; request++) {
                twice.forEach(starts -> oscillator.follow(starts, method, grid));
            }
        })).isInstanceOf(WorkLimitException.class);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aStepOfTenThousandMillionsEnds(Method method) {
        Integration oscillator = PlanarSystem.of("[p, -1.5*sin(q)]");
        assertThatThrownBy(() -> Work.within(100 * LIMIT, () ->
                oscillator.follow(new double[][] {{1, 0}}, method, new TimeGrid(1e10, 1_000_000, 1_000_000))))
                .isInstanceOfAny(WorkLimitException.class, FailedTrajectoryException.class);
    }
}
