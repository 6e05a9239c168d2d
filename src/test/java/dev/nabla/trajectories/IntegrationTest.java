package dev.nabla.trajectories;

import static dev.nabla.trajectories.PlanarSystem.end;
import static dev.nabla.trajectories.PlanarSystem.follow;
import static dev.nabla.trajectories.PlanarSystem.hamiltonian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Work;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.program.Program;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.trajectories.FailedTrajectoryException.Failure;
import dev.nabla.trajectories.Method.DormandPrince;
import dev.nabla.trajectories.Method.ImplicitMidpoint;
import dev.nabla.trajectories.Method.Iteration;
import dev.nabla.trajectories.Method.StoermerVerlet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrationTest {

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-9, 1e-12})
    void dormandPrinceKeepsItsTolerance(double tolerance) {
        var grid = new TimeGrid(0.01, 2000, 7);
        Trajectory trajectory = follow(hamiltonian("((q^2 + p^2)/2)"), new DormandPrince(tolerance), grid, 1, 0);
        double[] times = grid.times();
        assertThat(trajectory.states()).hasNumberOfRows(286);
        for (int k = 0; k < times.length; k++) {
            assertThat(trajectory.states()[k]).as("time %s", times[k]).containsExactly(
                    new double[] {Math.cos(times[k]), -Math.sin(times[k])}, within(20 * tolerance));
        }
    }

    /** The least step is a part of the whole time, so the unit of time does not matter. */
    @Test
    void fastOscillationsAreFollowedForShortTimes() {
        var grid = new TimeGrid(1e-8, 100, 50);
        double[][] states = follow(PlanarSystem.of("[1e9*p, -1e9*q]"), new DormandPrince(1e-10), grid, 1, 0).states();
        assertThat(states[1]).containsExactly(new double[] {Math.cos(500), -Math.sin(500)}, within(1e-6));
        assertThat(states[2]).containsExactly(new double[] {Math.cos(1000), -Math.sin(1000)}, within(1e-6));
    }

    /** For dq/dt = −λ q the rule multiplies by (1 − hλ/2)/(1 + hλ/2), however stiff; no fixed point iteration can. */
    @Test
    void stiffEquationsAreSolvedByNewtonsMethod() {
        double factor = (1 - 50) / (1 + 50.0);
        assertThat(end(PlanarSystem.of("[-1000*q, -1000*p + 1000*q]"), new ImplicitMidpoint(),
                new TimeGrid(0.1, 20, 20), 1, 0)[0]).isCloseTo(Math.pow(factor, 20), within(1e-13));
    }

    /** The field at the solution multiplies its rounding by λ: it may not be taken, nor may the iteration go on. */
    @ParameterizedTest
    @ValueSource(doubles = {1e5, 1e9, 1e20})
    void theRoundingOfStiffStepsDoesNotGrowWithTheirStiffness(double rate) {
        Integration decay = PlanarSystem.of("[-%1$s*q, -%1$s*p]".formatted(rate));
        double factor = (1 - 0.05 * rate) / (1 + 0.05 * rate);
        assertThat(end(decay, new ImplicitMidpoint(), new TimeGrid(0.1, 20, 20), 1, 0)[0])
                .isCloseTo(Math.pow(factor, 20), within(1e-13));
    }

    /** With x = (z + z′)/2 the equation of a step of dq/dt = −λ q³ is a cubic one with a single real solution. */
    @Test
    void stiffNonlinearEquationsAreSolvedToTheLastDigits() {
        double[][] states = follow(PlanarSystem.of("[-1e4*q^3, 0*p]"), new ImplicitMidpoint(), new TimeGrid(0.1, 5, 1),
                1, 0).states();
        for (int k = 1; k < states.length; k++) {
            double before = states[k - 1][0];
            double middle = (before + states[k][0]) / 2;
            assertThat(states[k][0]).isCloseTo(before - 1e3 * Math.pow(middle, 3), within(1e-12));
        }
    }

    @Test
    void aMapIsIterated() {
        double[][] states = follow(PlanarSystem.of("[1 - 1.4*q^2 + p, 0.3*q]"), new Iteration(), new TimeGrid(1, 20, 2),
                0.1, 0.2).states();
        double q = 0.1;
        double p = 0.2;
        for (int k = 1; k <= 20; k++) {
            double next = 1 - 1.4 * q * q + p;
            p = 0.3 * q;
            q = next;
            if (k % 2 == 0) {
                assertThat(states[k / 2]).containsExactly(new double[] {q, p}, within(1e-9));
            }
        }
    }

    @Test
    void theStartAndEveryKthStepAreRecorded() {
        assertThat(new TimeGrid(0.5, 7, 3).times()).containsExactly(0, 1.5, 3);
        double[][] all = follow(PlanarSystem.of("[2*q, p + 1]"), new Iteration(), new TimeGrid(1, 7, 1), 1, 0).states();
        double[][] some = follow(PlanarSystem.of("[2*q, p + 1]"), new Iteration(), new TimeGrid(1, 7, 3), 1, 0).states();
        assertThat(all[7]).containsExactly(128, 7);
        assertThat(some).isDeepEqualTo(new double[][] {all[0], all[3], all[6]});
    }

    @Test
    void aTrajectoryDoesNotDependOnTheOtherStarts() {
        Integration pendulum = hamiltonian("(p^2/2 - cos(q))");
        var random = new Random(1);
        double[][] starts = random.doubles(1100).mapToObj(q -> new double[] {3 * q, 5 * q * q}).toArray(double[][]::new);
        var grid = new TimeGrid(0.2, 20, 10);
        for (Method method : List.of(new ImplicitMidpoint(), new StoermerVerlet(), new DormandPrince(1e-8))) {
            List<Trajectory> together = pendulum.follow(starts, method, grid);
            for (int s = 0; s < starts.length; s += 100) {
                Trajectory alone = follow(pendulum, method, grid, starts[s][0], starts[s][1]);
                assertThat(together.get(s).states()).as("%s, start %d", method, s).isDeepEqualTo(alone.states());
            }
        }
    }

    @Test
    void batchesMayBeFull() {
        DynamicalSystem system = PlanarSystem.system("[q + 1, p]");
        int batch = Program.compile(List.of(system.law()), system.symbols()).largestBatch();
        List<Trajectory> trajectories = Integration.of(system, new KernelEngine()).follow(new double[2 * batch][2],
                new Iteration(), new TimeGrid(1, 3, 3));
        assertThat(trajectories).hasSize(2 * batch).allSatisfy(
                trajectory -> assertThat(trajectory.states()[1]).containsExactly(3, 0));
    }

    @Test
    void theEnergyIsThatOfTheRecordedStates() {
        Trajectory trajectory = follow(hamiltonian("(p^2/2 - cos(q))"), new StoermerVerlet(), new TimeGrid(0.5, 10, 2), 1,
                0.2);
        double[] energies = trajectory.energies().orElseThrow();
        assertThat(energies).hasSize(6);
        for (int k = 0; k < energies.length; k++) {
            double[] state = trajectory.states()[k];
            assertThat(energies[k]).isCloseTo(state[1] * state[1] / 2 - Math.cos(state[0]), within(1e-14));
        }
    }

    /** dq/dt = q² from 2 is infinite at 1/2, and a step from 100 has no solution at all. */
    @Test
    void whatGetsNowhereIsNamedByStartAndTime() {
        Integration square = PlanarSystem.of("[q^2, p]");
        double[][] starts = {{0.01, 0}, {2, 0}};
        assertFailure(square, starts, new DormandPrince(1e-9), new TimeGrid(0.1, 10, 1), 0.5);
        assertFailure(square, new double[][] {{0.01, 0}, {100, 0}}, new ImplicitMidpoint(), new TimeGrid(0.1, 10, 1), 0.1);
        assertFailure(square, starts, new Iteration(), new TimeGrid(1, 20, 1), 10);
    }

    /** dq/dt = q², and 1100 starts, so that they are in two batches; a failure is what it is for its start alone. */
    @ParameterizedTest
    @MethodSource("methods")
    void allStartsThatFailAreNamedAsTheyAreAlone(Method method) {
        Integration square = PlanarSystem.of("[q^2, p]");
        double[][] starts = Collections.nCopies(1100, new double[] {0.01, 0}).toArray(double[][]::new);
        Map<Integer, Double> bad = Map.of(3, 2.0, 4, 50.0, 700, 2.0, 1050, 3.0);
        bad.forEach((start, q) -> starts[start] = new double[] {q, 0});
        var grid = new TimeGrid(0.1, 20, 1);
        assertThatExceptionOfType(FailedTrajectoryException.class).isThrownBy(() -> square.follow(starts, method, grid))
                .satisfies(e -> assertThat(e.failures()).extracting(Failure::start).containsExactly(3, 4, 700, 1050))
                .satisfies(e -> e.failures().forEach(failure -> assertThatExceptionOfType(FailedTrajectoryException.class)
                        .isThrownBy(() -> square.follow(new double[][] {starts[failure.start()]}, method, grid))
                        .satisfies(alone -> assertThat(alone.failures())
                                .containsExactly(new Failure(0, failure.time(), failure.reason())))));
    }

    static List<Method> methods() {
        return List.of(new ImplicitMidpoint(), new StoermerVerlet(), new DormandPrince(1e-9), new Iteration());
    }

    @Test
    void anAdaptiveIntegrationStopsAtTheMostEvaluations() {
        DynamicalSystem oscillator = PlanarSystem.system("[p, -q]");
        var field = new StateFunction(Program.compile(List.of(oscillator.law()), oscillator.symbols()), oscillator, 1,
                new KernelEngine());
        var start = new States(new double[][] {{1, 0}}, 0, 1, 2);
        new AdaptiveIntegration(field, new DormandPrince(1e-9), new TimeGrid(1, 1000, 1000), 500, start).run();
        assertThat(start.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.reason())
                    .isEqualTo("more than 500 evaluations of the field would be needed to come to time 1000.0");
            assertThat(failure.time()).isBetween(1.0, 1000.0);
        });
    }

    @Test
    void theMoreWorkAFieldIsTheFewerEvaluationsAreReasonable() {
        assertThat(PlanarSystem.of("[p, -q]").maxEvaluations(1)).isEqualTo(50_000_000);
        Network wide = Network.of(new NetworkDefinition(Optional.empty(), List.of("q", "p"), List.of("f", "g"),
                IntStream.of(512, 512, 2).mapToObj(units -> DenseLayer.of(units, Activation.TANH)).toList()));
        var system = new DynamicalSystem(wide.inputs(), wide.outputs(), Optional.empty(), 0,
                wide.parameters().split(new double[wide.parameters().size()]));
        assertThat(Integration.of(system, new KernelEngine()).maxEvaluations(1)).isBetween(1_000_000L, 10_000_000L);
    }

    /** By the cost model; the time is that of one evaluation per step of all that advance side by side. */
    @Test
    void asManyEvaluationsOfManyStartsAreReasonableAsTakeAMinute() {
        Network wide = Network.of(new NetworkDefinition(Optional.empty(), List.of("q", "p"), List.of("f", "g"),
                IntStream.of(512, 512, 2).mapToObj(units -> DenseLayer.of(units, Activation.TANH)).toList()));
        var system = new DynamicalSystem(wide.inputs(), wide.outputs(), Optional.empty(), 0,
                wide.parameters().split(new double[wide.parameters().size()]));
        Program law = Program.compile(List.of(system.law()), system.symbols());
        Integration integration = Integration.of(system, new KernelEngine());
        for (int starts : new int[] {1, 100, 1024}) {
            double batches = integration.maxEvaluations(starts) / (double) starts;
            assertThat(batches * law.predictedNanos(starts)).isCloseTo(60e9, within(0.01e9));
        }
        assertThat(integration.maxEvaluations(100_000)).isEqualTo(integration.maxEvaluations(1024));
    }

    /** Of some 40 million the first start has 40; had it all of them, the second would be the first that fails. */
    @Test
    void theEvaluationsOfAnAdaptiveIntegrationAreSharedByItsStarts() {
        double[][] starts = Collections.nCopies(1_000_000, new double[] {1, 0}).toArray(double[][]::new);
        starts[1] = new double[] {Double.POSITIVE_INFINITY, 0};
        assertThatExceptionOfType(FailedTrajectoryException.class).isThrownBy(() -> Work.within(10_000_000, () ->
                PlanarSystem.of("[p, -q]").follow(starts, new DormandPrince(1e-9), new TimeGrid(1, 1000, 1000))))
                .satisfies(e -> assertThat(e.failures().getFirst()).satisfies(first -> {
                    assertThat(first.start()).isZero();
                    assertThat(first.reason())
                            .matches("more than [34]\\d evaluations .* would be needed to come to time 1000.0");
                }));
    }

    @Test
    void aFieldThatIsNotFiniteIsNamedByItsTimeAndAnEnergyAsWell() {
        assertThatExceptionOfType(FailedTrajectoryException.class).isThrownBy(() -> follow(
                PlanarSystem.of("[1, log(1 - q)]"), new DormandPrince(0.1), new TimeGrid(10, 1, 1), 0, 0))
                .satisfies(e -> assertThat(e.failures()).singleElement().satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo("the field is not finite any more");
                    assertThat(failure.time()).isBetween(1.0, 10.0);
                }));
        Integration countdown = Integration.of(PlanarSystem.system("[q - 1, p]", Optional.of("log(q)")), new KernelEngine());
        assertThatExceptionOfType(FailedTrajectoryException.class).isThrownBy(() -> countdown.follow(
                new double[][] {{100, 0}, {10, 0}, {5, 0}}, new Iteration(), new TimeGrid(0.5, 20, 3)))
                .satisfies(e -> assertThat(e.failures()).containsExactly(new Failure(1, 6, "the energy is not finite"),
                        new Failure(2, 3, "the energy is not finite")));
    }

    @Test
    void stepsAndTheirNumbersArePositive() {
        assertThat(new TimeGrid(Double.MIN_VALUE, 1, 1).size()).isEqualTo(2);
        for (Runnable refused : List.<Runnable>of(() -> new TimeGrid(0, 1, 1), () -> new TimeGrid(Double.NaN, 1, 1),
                () -> new TimeGrid(1, 0, 1), () -> new TimeGrid(1, 1, 0))) {
            assertThatIllegalArgumentException().isThrownBy(refused::run);
        }
    }

    private static void assertFailure(Integration integration, double[][] starts, Method method, TimeGrid grid,
            double time) {
        assertThatExceptionOfType(FailedTrajectoryException.class)
                .isThrownBy(() -> integration.follow(starts, method, grid))
                .satisfies(e -> assertThat(e.failures()).singleElement().satisfies(failure -> {
                    assertThat(failure.start()).isEqualTo(1);
                    assertThat(failure.time()).isCloseTo(time, within(1e-3));
                }));
    }
}
