package dev.nabla.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.GSympNet;
import dev.nabla.network.architectures.GeneralizedHamiltonian;
import dev.nabla.network.architectures.Hamiltonian;
import dev.nabla.network.architectures.Integrator;
import dev.nabla.network.architectures.LaSympNet;
import dev.nabla.network.architectures.ResNet;
import dev.nabla.network.architectures.VolumePreserving;
import dev.nabla.network.layers.Activation;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchitectureViolationsTest {

    private static final Activation TANH = Activation.TANH;

    @Test
    void phaseSpaceHasAnEvenDimension() {
        for (Architecture architecture : List.of(new Hamiltonian(3, 1, TANH), new LaSympNet(1, 1, TANH),
                new GSympNet(1, 3, TANH),
                new GeneralizedHamiltonian(3, 1, TANH, 1, 0.1, Integrator.STOERMER_VERLET, 0))) {
            assertThat(violations(3, architecture)).containsExactly(Problem.of("/inputs",
                    "must be an even number, positions and then as many momenta, was 3"));
        }
    }

    @Test
    void everythingWrongWithAHamiltonianIsReported() {
        assertThat(violations(3, new Hamiltonian(0, 0, TANH))).containsExactly(
                Problem.of("/inputs", "must be an even number, positions and then as many momenta, was 3"),
                Problem.of("/architecture/width", "must be between 1 and 4096, was 0"),
                Problem.of("/architecture/hiddenLayers", "must be between 1 and 1000, was 0"));
        assertThat(violations(2, new Hamiltonian(4097, 1001, TANH))).containsExactly(
                Problem.of("/architecture/width", "must be between 1 and 4096, was 4097"),
                Problem.of("/architecture/hiddenLayers", "must be between 1 and 1000, was 1001"));
    }

    @Test
    void numbersOfLayersAreBounded() {
        assertThat(violations(2, new ResNet(0, TANH))).containsExactly(
                Problem.of("/architecture/blocks", "must be between 1 and 1000, was 0"));
        assertThat(violations(2, new LaSympNet(1_000_000, 21, TANH))).containsExactly(
                Problem.of("/architecture/layers", "must be between 1 and 1000, was 1000000"),
                Problem.of("/architecture/sublayers", "must be between 1 and 20, was 21"));
        assertThat(violations(2, new LaSympNet(1000, 20, TANH))).containsExactly(
                Problem.of("/architecture", "must have at most 2000 triangular blocks, had 20020"));
        assertThat(violations(2, new GSympNet(-1, 0, TANH))).containsExactly(
                Problem.of("/architecture/layers", "must be between 1 and 1000, was -1"),
                Problem.of("/architecture/width", "must be between 1 and 4096, was 0"));
        assertThat(violations(2, new VolumePreserving(1_000_000, TANH))).containsExactly(
                Problem.of("/architecture/blocks", "must be between 1 and 1000, was 1000000"));
    }

    @Test
    void trianglesNeedTwoInputsAndAreBounded() {
        assertThat(violations(1, new VolumePreserving(1, TANH))).containsExactly(
                Problem.of("/inputs", "must be at least 2, was 1"));
        assertThat(violations(4096, new VolumePreserving(1000, TANH))).containsExactly(Problem.of("/architecture",
                "must have at most 10000 entries in its triangular matrices, had 16773120000"));
    }

    @Test
    void integrationsAreBounded() {
        assertThat(violations(4, new GeneralizedHamiltonian(4, 1, TANH, 1_000_000, Double.NaN,
                Integrator.STOERMER_VERLET, 0))).containsExactly(
                        Problem.of("/architecture/steps", "must be between 1 and 1000, was 1000000"),
                        Problem.of("/architecture/stepSize", "must be above 0, was NaN"));
        assertThat(violations(4, new GeneralizedHamiltonian(4, 1000, TANH, 1000, 0.1, Integrator.STOERMER_VERLET, 0)))
                .containsExactly(Problem.of("/architecture/steps",
                        "must go through at most 2000 hidden layers, went through 3000000"));
    }

    @Test
    void parametersOfTheSystemLeavePositionsAndAsManyMomenta() {
        for (int inputs : new int[] {3, 4, 2, 1}) {
            int k = inputs == 4 ? 1 : 2;
            assertThat(violations(inputs, new GeneralizedHamiltonian(4, 1, TANH, 1, 0.1, Integrator.STOERMER_VERLET, k)))
                    .containsExactly(Problem.of("/inputs", "must be positions, as many momenta and " + k
                            + " parameters of the system, was " + inputs));
        }
        assertThat(violations(4, new GeneralizedHamiltonian(4, 1, TANH, 1, 0.1, Integrator.STOERMER_VERLET, -2)))
                .containsExactly(Problem.of("/architecture/systemParameters", "must be between 0 and 4096, was -2"));
    }

    @Test
    void parametersAreBounded() {
        assertThat(violations(2, new Hamiltonian(4096, 10, TANH))).containsExactly(Problem.of("/architecture",
                "must have at most 20000000 parameters, had 151048192"));
    }

    @Test
    void outputsAreThoseOfTheArchitecture() {
        assertThat(violations(List.of("q", "p"), List.of("a"), new GSympNet(1, 3, TANH))).containsExactly(
                Problem.of("/outputs", "must name the 2 outputs of the architecture, named 1"));
    }

    private static List<Problem> violations(int inputs, Architecture architecture) {
        return violations(NetworkDefinition.numbered("x", inputs),
                NetworkDefinition.numbered("y", Math.max(0, architecture.outputDimension(inputs))), architecture);
    }

    private static List<Problem> violations(List<String> inputs, List<String> outputs, Architecture architecture) {
        return catchThrowableOfType(InvalidException.class,
                () -> NetworkDefinition.of(Optional.empty(), inputs, outputs, architecture)).problems();
    }
}
