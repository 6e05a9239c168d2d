package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Axis;
import dev.nabla.datasets.Grid;
import dev.nabla.datasets.Samples;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossProgram;
import dev.nabla.network.Architectures;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.architectures.Hamiltonian;
import dev.nabla.network.layers.Activation;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Hamiltonian networks learn a field through second derivatives. */
class HamiltonianLossTest {

    private static final double STEP = 1e-5;

    private final Samples pendulum = pendulum();

    /** For the batch sizes at which other implementations have been seen to differ. */
    @Test
    void theGradientIsThatOfTheReportedLoss() {
        Network network = Architectures.network(new Hamiltonian(6, 2, Activation.TANH), 2);
        double[] initial = GlorotUniform.parameters(network.parameters(), 2);
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            for (int batch : new int[] {1, 2, 5, 32}) {
                var program = new LossProgram(network, Loss.HAMILTONIAN.parts(network, pendulum, Map.of()).getFirst(),
                        engine);
                loss(program, initial, batch);
                double[] gradient = program.gradient().toDoubleVector();
                for (int i = 0; i < initial.length; i++) {
                    double[] moved = initial.clone();
                    moved[i] += STEP;
                    double above = loss(program, moved, batch);
                    moved[i] -= 2 * STEP;
                    double below = loss(program, moved, batch);
                    assertThat(gradient[i]).as("%s, batch %d, parameter %d", engine.name(), batch, i)
                            .isCloseTo((above - below) / (2 * STEP), within(1e-7));
                }
            }
        }
    }

    @Test
    void learnsThePendulum() {
        Network network = Architectures.network(new Hamiltonian(16, 2, Activation.TANH), 2);
        var settings = new TrainingSettings(Loss.HAMILTONIAN, 1000, 32, true, 1, new AdamSettings(0.003, 0.9, 0.999, 1e-8));
        TrainingResult result = new Trainer(network, pendulum, settings, new KernelEngine())
                .train(GlorotUniform.parameters(network.parameters(), 1), TrainingProgress.IGNORED);
        assertThat(result.loss()).isLessThan(0.01);
    }

    private static double loss(LossProgram program, double[] parameters, int batch) {
        program.parameters().assign(Nd4j.createFromArray(parameters));
        return program.compute(IntStream.range(0, batch).toArray(), 0, batch);
    }

    /** 441 points of (q, p) with q̇ = p and ṗ = −sin q. */
    private static Samples pendulum() {
        var axes = new LinkedHashMap<String, Axis>();
        axes.put("q", new Axis(-2, 2, 0.2));
        axes.put("p", new Axis(-2, 2, 0.2));
        var velocities = new LinkedHashMap<String, String>();
        velocities.put("dq", "p");
        velocities.put("dp", "-sin(q)");
        return Grid.of(axes, velocities, new KernelEngine());
    }
}
