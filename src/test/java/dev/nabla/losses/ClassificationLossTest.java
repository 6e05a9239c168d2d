package dev.nabla.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Losses of classes, with the logits as parameters: a layer whose only input is 0 has its bias as output. */
class ClassificationLossTest {

    private static final List<Engine> ENGINES = List.of(new KernelEngine(), new Nd4jEngine());

    /** Against −Σ y (z − max − ln Σ exp(z − max)), and softmax(z) Σ y − y, for logits up to 1000 and 2 to 9 classes. */
    @Test
    void crossEntropyHoldsForLogitsOfAnySize() {
        for (int classes = 2; classes < 10; classes++) {
            for (double size : new double[] {1, 30, 1000}) {
                var random = new Random(classes);
                double[] z = random.doubles(classes, -size, size).toArray();
                z[random.nextInt(classes)] = size;
                double[] y = new double[classes];
                Arrays.fill(y, 0.1 / classes);
                y[random.nextInt(classes)] += 0.9;
                double most = Arrays.stream(z).max().orElseThrow();
                double sum = Arrays.stream(z).map(each -> Math.exp(each - most)).sum();
                double expected = -IntStream.range(0, classes).mapToDouble(c -> y[c] * (z[c] - most - Math.log(sum))).sum();
                for (Engine engine : ENGINES) {
                    LossProgram program = program(Loss.CROSS_ENTROPY, Activation.IDENTITY, z, y, engine);
                    assertThat(program.compute(new int[] {0}, 0, 1)).isCloseTo(expected, within(1e-14 * (1 + size)));
                    for (int c = 0; c < classes; c++) {
                        assertThat(program.gradient().getDouble(classes + c))
                                .isCloseTo(Math.exp(z[c] - most) / sum - y[c], within(1e-13));
                    }
                }
            }
        }
    }

    /** ln(1 + exp(∓z)) to its last digits also where p is as good as 0 or 1; the mean over outputs. */
    @Test
    void binaryCrossEntropyHoldsForLogitsOfAnySize() {
        double[] z = {1000, -1000, 1000, -1000, 40, -3, 0, 0.5};
        double[] y = {1, 0, 0, 1, 1, 0.25, 0.5, 1};
        for (Engine engine : ENGINES) {
            for (int i = 0; i < z.length; i++) {
                LossProgram one = program(Loss.BINARY_CROSS_ENTROPY, Activation.IDENTITY, new double[] {z[i]},
                        new double[] {y[i]}, engine);
                double expected = y[i] * softplus(-z[i]) + (1 - y[i]) * softplus(z[i]);
                assertThat(one.compute(new int[] {0}, 0, 1)).isCloseTo(expected, within(4e-16 * expected));
                assertThat(one.gradient().getDouble(1)).isCloseTo(1 / (1 + Math.exp(-z[i])) - y[i], within(1e-15));
            }
            LossProgram all = program(Loss.BINARY_CROSS_ENTROPY, Activation.IDENTITY, z, y, engine);
            assertThat(all.compute(new int[] {0}, 0, 1)).isCloseTo(IntStream.range(0, z.length)
                    .mapToDouble(i -> y[i] * softplus(-z[i]) + (1 - y[i]) * softplus(z[i])).sum() / z.length, within(1e-13));
        }
    }

    private static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    /** Of a network that ends in sigmoid the same as of its logits, not the logarithm of a rounded probability. */
    @Test
    void aNetworkThatEndsInSigmoidHasTheLossOfItsLogits() {
        double[] z = {-1000, 800, 0.25};
        double[] y = {1, 0, 0.5};
        LossProgram logits = program(Loss.BINARY_CROSS_ENTROPY, Activation.IDENTITY, z, y, new KernelEngine());
        LossProgram probabilities = program(Loss.BINARY_CROSS_ENTROPY, Activation.named("sigmoid").orElseThrow(), z, y,
                new KernelEngine());
        assertThat(probabilities.compute(new int[] {0}, 0, 1)).isEqualTo(logits.compute(new int[] {0}, 0, 1))
                .isGreaterThan(600);
        assertThat(probabilities.gradient().toDoubleVector()).containsExactly(logits.gradient().toDoubleVector());
    }

    @Test
    void aNetworkAndTargetsThatAreNoProbabilitiesAreRefused() {
        assertThat(Loss.CROSS_ENTROPY.problemWith(network(1, Activation.IDENTITY))).get().asString()
                .contains("binary-cross-entropy");
        assertThat(Loss.CROSS_ENTROPY.problemWith(network(2, Activation.named("sigmoid").orElseThrow()))).get().asString()
                .contains("identity");
        assertThat(Loss.CROSS_ENTROPY.problemWith(network(2, Activation.IDENTITY))).isEmpty();
        assertThat(Loss.BINARY_CROSS_ENTROPY.problemWith(network(1, Activation.IDENTITY))).isEmpty();
        assertThat(Loss.CROSS_ENTROPY.problemWith(targets(2, 1, 0, 0.5, 0.5, 0.3, 0.3))).get().asString().contains("row 2", "0.6");
        assertThat(Loss.CROSS_ENTROPY.problemWith(targets(2, 1, 0, 2, -1))).get().asString().contains("row 1", "2.0");
        assertThat(Loss.CROSS_ENTROPY.problemWith(targets(3, 1.0 / 3, 1.0 / 3, 1.0 / 3, 0.333333, 0.333333, 0.333333))).isEmpty();
        assertThat(Loss.BINARY_CROSS_ENTROPY.problemWith(targets(2, 0.3, 0.3, 1, 1))).isEmpty();
        assertThat(Loss.BINARY_CROSS_ENTROPY.problemWith(targets(1, 0, 1, -0.1))).get().asString().contains("row 2", "-0.1");
    }

    /** A sigmoid of a probability is between 0.5 and 0.73. */
    @Test
    void probabilitiesThatAreNoSigmoidAndNoSoftmaxAreRefused() {
        for (String activation : List.of("1 / (1 + exp(-3 * x))", "(1 + tanh(x)) / 2", "1 - sigmoid(x)", "normcdf(x)")) {
            assertThat(Loss.BINARY_CROSS_ENTROPY.problemWith(network(2, Activation.of(activation)))).as(activation).get().asString()
                    .contains("applies sigmoid to the outputs, and these are between 0 and 1 already");
        }
        for (String activation : List.of("exp(x) / sum(exp(x))", "1 / (1 + exp(-x))", "x^2 / (1 + x^2)")) {
            assertThat(Loss.CROSS_ENTROPY.problemWith(network(3, Activation.of(activation)))).as(activation).get().asString()
                    .contains("applies softmax to the outputs");
        }
        assertThat(Loss.BINARY_CROSS_ENTROPY.problemWith(network(2, Activation.of("sigmoid(2 * x)")))).isEmpty();
        assertThat(Loss.CROSS_ENTROPY.problemWith(network(3, Activation.of("exp(x - logsumexp(x))")))).isEmpty();
        assertThat(Loss.BINARY_CROSS_ENTROPY.problemWith(network(2, Activation.TANH))).isEmpty();
    }

    private static Samples targets(int columns, double... targets) {
        return new Samples(List.of("x"), NetworkDefinition.numbered("y", columns), new double[targets.length / columns], targets);
    }

    private static Network network(int outputs, Activation activation) {
        return Network.of(new NetworkDefinition(Optional.empty(), List.of("x"), NetworkDefinition.numbered("y", outputs),
                List.of(DenseLayer.of(outputs, activation))));
    }

    private static LossProgram program(Loss loss, Activation activation, double[] z, double[] y, Engine engine) {
        Network network = network(z.length, activation);
        Samples samples = targets(z.length, y);
        var program = new LossProgram(network, loss.parts(network, samples, Map.of()).getFirst(), engine);
        double[] parameters = Arrays.copyOf(new double[z.length], 2 * z.length);
        System.arraycopy(z, 0, parameters, z.length, z.length);
        program.parameters().assign(Nd4j.createFromArray(parameters));
        return program;
    }
}
