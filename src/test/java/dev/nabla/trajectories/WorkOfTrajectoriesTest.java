package dev.nabla.trajectories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.trajectories.Method.DormandPrince;
import dev.nabla.trajectories.Method.ImplicitMidpoint;
import dev.nabla.trajectories.Method.Iteration;
import dev.nabla.trajectories.Method.StoermerVerlet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    /** For a state of 1000 entries that is most of it. */
    @Test
    void whatTheAdaptiveMethodDoesItselfIsPaidForAndTold() {
        Expression state = Arithmetic.perSampleSymbol("inputs", Shape.of(1000));
        var waves = Integration.of(new DynamicalSystem((Symbol) state, Arithmetic.apply(ScalarFunction.SIN, state),
                Optional.empty(), 0, Map.of()), new KernelEngine());
        double[] start = new double[1000];
        Arrays.fill(start, 1);
        assertThatThrownBy(() -> Work.within(20 * LIMIT, () ->
                waves.follow(new double[][] {start}, new DormandPrince(1e-6), new TimeGrid(1e7, 1, 1))))
                .isInstanceOf(WorkLimitException.class).satisfies(e -> {
                    var numbers = Pattern.compile("than the 0.1 seconds .*; after (\\d+) evaluations of the field "
                            + "it was at time (\\S+) of 1.0E7").matcher(e.getMessage());
                    assertThat(numbers.find()).as(e.getMessage()).isTrue();
                    assertThat(Integer.parseInt(numbers.group(1))).isBetween(1000, 5000);
                    assertThat(Double.parseDouble(numbers.group(2))).isBetween(100.0, 1e6);
                });
    }

    @Test
    void statesThatAreRecordedArePaidFor() {
        assertThatThrownBy(() -> Work.within(20 * LIMIT, () -> PlanarSystem.of("[p, -q]")
                .follow(new double[][] {{1, 0}}, new DormandPrince(1e-6), new TimeGrid(1e-7, 1_000_000, 1))))
                .isInstanceOf(WorkLimitException.class);
    }
}
