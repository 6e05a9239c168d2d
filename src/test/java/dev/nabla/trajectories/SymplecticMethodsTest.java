package dev.nabla.trajectories;

import static dev.nabla.trajectories.PlanarSystem.end;
import static dev.nabla.trajectories.PlanarSystem.follow;
import static dev.nabla.trajectories.PlanarSystem.hamiltonian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.trajectories.Method.DormandPrince;
import dev.nabla.trajectories.Method.ImplicitMidpoint;
import dev.nabla.trajectories.Method.StoermerVerlet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymplecticMethodsTest {

    private static final String OSCILLATOR = "((q^2 + p^2)/2)";
    private static final String PENDULUM = "(p^2/2 - cos(q))";
    private static final String NOT_SEPARABLE = "((q^2 + 1)*(p^2 + 1)/2)";
    private static final Method MIDPOINT = new ImplicitMidpoint();
    private static final Method VERLET = new StoermerVerlet();

    @Test
    void theImplicitMidpointRuleKeepsTheEnergyOfTheOscillator() {
        double[] energies = follow(hamiltonian(OSCILLATOR), MIDPOINT, new TimeGrid(0.1, 10_000, 100), 0.6, 0.8)
                .energies().orElseThrow();
        assertThat(energies).hasSize(101);
        for (double energy : energies) {
            assertThat(energy).isCloseTo(0.5, within(1e-12));
        }
    }

    /** It is the Cayley transform: a rotation by 2 atan(h/2). */
    @Test
    void theImplicitMidpointRuleTurnsTheOscillatorByItsAngle() {
        double angle = 1000 * 2 * Math.atan(0.05);
        assertThat(end(hamiltonian(OSCILLATOR), MIDPOINT, new TimeGrid(0.1, 1000, 1000), 1, 0))
                .containsExactly(new double[] {Math.cos(angle), -Math.sin(angle)}, within(1e-12));
    }

    @Test
    void stoermerVerletOfASeparableHamiltonianIsTheExplicitScheme() {
        double q = 1;
        double p = 0.5;
        for (int k = 0; k < 1000; k++) {
            double half = p - 0.05 * Math.sin(q);
            q += 0.1 * half;
            p = half - 0.05 * Math.sin(q);
        }
        assertThat(end(hamiltonian(PENDULUM), VERLET, new TimeGrid(0.1, 1000, 1000), 1, 0.5))
                .containsExactly(new double[] {q, p}, within(1e-11));
    }

    @ParameterizedTest
    @ValueSource(strings = {PENDULUM, NOT_SEPARABLE})
    void bothAreOfOrderTwo(String energy) {
        for (Method method : new Method[] {MIDPOINT, VERLET}) {
            double coarse = error(energy, method, 100);
            double fine = error(energy, method, 200);
            assertThat(Math.log(coarse / fine) / Math.log(2)).as("%s, %s", method, energy).isCloseTo(2, within(0.1));
        }
    }

    private static double error(String energy, Method method, int steps) {
        double[] reference = end(hamiltonian(energy), new DormandPrince(1e-13), new TimeGrid(2, 1, 1), 0.7, 0.3);
        double[] reached = end(hamiltonian(energy), method, new TimeGrid(2.0 / steps, steps, steps), 0.7, 0.3);
        return Math.hypot(reached[0] - reference[0], reached[1] - reference[1]);
    }

    /** Both are symmetric, so the way back in time is the same way. */
    @ParameterizedTest
    @ValueSource(strings = {PENDULUM, NOT_SEPARABLE})
    void withTheMomentumTurnedRoundTheyGoBackToTheStart(String energy) {
        for (Method method : new Method[] {MIDPOINT, VERLET}) {
            var grid = new TimeGrid(0.05, 200, 200);
            double[] there = end(hamiltonian(energy), method, grid, 0.7, 0.3);
            assertThat(end(hamiltonian(energy), method, grid, there[0], -there[1])).as("%s, %s", method, energy)
                    .containsExactly(new double[] {0.7, -0.3}, within(1e-11));
        }
    }

    /** Of H = λ q p both equations are linear; with hλ/2 = 5 only Newton's method solves them. */
    @Test
    void stoermerVerletSolvesStiffEquationsOfEitherHalf() {
        double[][] states = follow(hamiltonian("(100*q*p)"), VERLET, new TimeGrid(0.1, 10, 10), 0.1, 3).states();
        double factor = Math.pow((1 + 5) / (1 - 5.0), 10);
        assertThat(states[1]).containsExactly(new double[] {0.1 * factor, 3 / factor}, within(1e-12));
    }

    @Test
    void theEnergyErrorDoesNotGrow() {
        for (Method method : new Method[] {MIDPOINT, VERLET}) {
            double[] energies = follow(hamiltonian(NOT_SEPARABLE), method, new TimeGrid(0.05, 20_000, 10), 0.7, 0.3)
                    .energies().orElseThrow();
            for (double energy : energies) {
                assertThat(energy).as("%s", method).isCloseTo(energies[0], within(2e-3));
            }
        }
    }
}
