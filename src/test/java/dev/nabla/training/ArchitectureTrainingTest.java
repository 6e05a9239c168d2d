package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.network.Architecture;
import dev.nabla.network.Architectures;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.program.Engine;
import dev.nabla.program.KernelEngine;
import dev.nabla.program.Nd4jEngine;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/** What the engines compute of the gradient of every architecture, against central differences of the loss. */
class ArchitectureTrainingTest {

    private static final double STEP = 1e-5;
    private static final int SAMPLES = 7;

    @ParameterizedTest
    @MethodSource("dev.nabla.network.Architectures#all")
    void gradientIsThatOfTheReportedBatchLoss(Architecture architecture) {
        Network network = Architectures.network(architecture, 4);
        for (Engine engine : new Engine[] {new KernelEngine(), new Nd4jEngine()}) {
            var step = new LossProgram(network, Loss.MSE.parts(network, samples(network), Map.of()).getFirst(),
                    engine);
            double[] parameters = GlorotUniform.parameters(network.parameters(), 5);
            loss(step, parameters);
            double[] gradient = step.gradient().toDoubleVector();
            for (int i = 0; i < parameters.length; i++) {
                double[] moved = parameters.clone();
                moved[i] += STEP;
                double above = loss(step, moved);
                moved[i] -= 2 * STEP;
                double below = loss(step, moved);
                assertThat(gradient[i]).as("%s, parameter %d", engine, i)
                        .isCloseTo((above - below) / (2 * STEP), within(1e-7));
            }
        }
    }

    private static double loss(LossProgram step, double[] parameters) {
        step.parameters().assign(Nd4j.createFromArray(parameters));
        return step.compute(IntStream.range(0, SAMPLES).toArray(), 0, SAMPLES);
    }

    private static Samples samples(Network network) {
        var random = new SplittableRandom(3);
        NetworkDefinition definition = network.definition();
        return new Samples(definition.inputs(), definition.outputs(),
                random.doubles((long) definition.inputDimension() * SAMPLES, -1, 1).toArray(),
                random.doubles((long) definition.outputDimension() * SAMPLES, -1, 1).toArray());
    }
}
