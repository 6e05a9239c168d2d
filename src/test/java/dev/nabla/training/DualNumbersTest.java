package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossPart;
import dev.nabla.losses.LossProgram;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.Objective;
import dev.nabla.network.Architectures;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.Lagrangian;
import dev.nabla.network.layers.Activation;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.FieldDerivativeStructure;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.analysis.differentiation.GradientField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/** Losses and gradients of every architecture against formulas written by hand in dual numbers, which make no error. */
class DualNumbersTest {

    private static final double TOLERANCE = 1e-12;
    private static final long SEED = 41;
    private static final int SAMPLES = 32;
    private static final int[] ALL = IntStream.range(0, SAMPLES).toArray();
    private static final int[] BATCHES = {1, 2, 5, SAMPLES};

    /** What is compared with targets, and how. */
    enum WrittenLoss {

        MSE(Loss.MSE),
        RELATIVE_L2(Loss.RELATIVE_L2),
        HAMILTONIAN(Loss.HAMILTONIAN),
        FIELD(weighted("field - targets")),
        SECOND_DERIVATIVE(weighted("D(y1, x1, x1) + y1 - t1")),
        MIXED_DERIVATIVE(weighted("D(y1, x1, x2) * y2 - t1"));

        private static final double WEIGHT = 0.7;

        private final Objective objective;

        WrittenLoss(Objective objective) {
            this.objective = objective;
        }

        private static EquationLoss weighted(String equation) {
            return new EquationLoss(List.of(new LossTerm(equation, Optional.empty(), WEIGHT)));
        }

        boolean isOf(Network network) {
            return switch (this) {
                case MSE, RELATIVE_L2 -> true;
                case HAMILTONIAN, FIELD -> network.field().isPresent();
                case SECOND_DERIVATIVE, MIXED_DERIVATIVE -> network.definition().architecture() instanceof Chain;
            };
        }

        int targets(NetworkDefinition definition) {
            return switch (this) {
                case MSE, RELATIVE_L2 -> definition.outputDimension();
                case HAMILTONIAN, FIELD -> definition.stateDimension();
                case SECOND_DERIVATIVE, MIXED_DERIVATIVE -> 1;
            };
        }

        List<Gradient> predicted(NetworkByHand<Gradient> network, List<Gradient> x) {
            return switch (this) {
                case MSE, RELATIVE_L2 -> network.outputs(x);
                case HAMILTONIAN, FIELD -> network.field(x);
                case SECOND_DERIVATIVE -> {
                    FieldDerivativeStructure<Gradient> y1 = network.expansion(x, 2).get(0);
                    yield List.of(NetworkByHand.derivative(y1, 0, 0).add(y1.getValue()));
                }
                case MIXED_DERIVATIVE -> {
                    List<FieldDerivativeStructure<Gradient>> y = network.expansion(x, 2);
                    yield List.of(NetworkByHand.derivative(y.get(0), 0, 1).multiply(y.get(1).getValue()));
                }
            };
        }

        Gradient ofSums(Gradient squaredErrors, double squaredTargets, int batch, int outputs) {
            return switch (this) {
                case MSE -> squaredErrors.divide((double) batch * outputs);
                case RELATIVE_L2, HAMILTONIAN -> squaredErrors.divide(squaredTargets).sqrt();
                case FIELD, SECOND_DERIVATIVE, MIXED_DERIVATIVE -> squaredErrors.multiply(WEIGHT).divide(batch);
            };
        }
    }

    record Case(WrittenLoss loss, int inputs, Architecture architecture) {

        Network network() {
            return Architectures.network(architecture, inputs);
        }
    }

    static Stream<Case> cases() {
        var deep = new Lagrangian(3, 2, Activation.named("sigmoid").orElseThrow());
        return Stream.concat(Architectures.all().stream(), Stream.of(deep))
                .flatMap(architecture -> IntStream.of(2, 4).map(n -> n + architecture.systemParameters()).boxed()
                        .flatMap(inputs -> Arrays.stream(WrittenLoss.values())
                                .map(loss -> new Case(loss, inputs, architecture))))
                .filter(example -> example.loss.isOf(example.network()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossAndGradientAreThoseOfTheFormulasByHand(Case example) {
        Network network = example.network();
        var random = new SplittableRandom(SEED);
        Samples samples = samples(example, random);
        double[] parameters = random.doubles(network.parameters().size(), -1, 1).toArray();
        LossPart part = example.loss.objective.parts(network, samples, Map.of()).getFirst();
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            var program = new LossProgram(network, part, engine);
            program.parameters().assign(Nd4j.createFromArray(parameters));
            for (int batch : BATCHES) {
                String title = "%s, engine %s, batch %d, seed %d".formatted(example, engine.name(), batch, SEED);
                Gradient expected = byHand(example, parameters, samples, batch);
                double loss = program.compute(ALL, SAMPLES - batch, SAMPLES);
                assertClose(title + ", loss", new double[] {loss}, expected.getValue());
                assertClose(title + ", gradient", program.gradient().toDoubleVector(), expected.getGradient());
            }
        }
    }

    @Test
    void everyArchitectureIsAmongTheCases() {
        assertThat(cases().<Class<?>>map(example -> example.architecture.getClass()).distinct())
                .containsExactlyInAnyOrder(Architecture.class.getPermittedSubclasses());
    }

    private static void assertClose(String title, double[] actual, double... expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).as(title).isPositive().isFinite();
        assertThat(actual).as(title).containsExactly(expected, within(TOLERANCE * largest));
    }

    /** The loss of the last samples with its derivatives by the parameters. */
    private static Gradient byHand(Case example, double[] parameters, Samples samples, int batch) {
        int count = parameters.length;
        var network = new NetworkByHand<>(example.architecture, IntStream.range(0, count)
                .mapToObj(i -> Gradient.variable(count, i, parameters[i])).toList());
        int outputs = samples.targetDimension();
        Gradient squaredErrors = GradientField.getField(count).getZero();
        double squaredTargets = 0;
        for (int s = SAMPLES - batch; s < SAMPLES; s++) {
            List<Gradient> predicted = example.loss.predicted(network, row(samples.inputs(), example.inputs, s)
                    .mapToObj(input -> Gradient.constant(count, input)).toList());
            double[] targets = row(samples.targets(), outputs, s).toArray();
            assertThat(predicted).hasSize(outputs);
            for (int i = 0; i < outputs; i++) {
                squaredErrors = squaredErrors.add(predicted.get(i).subtract(targets[i]).square());
                squaredTargets += targets[i] * targets[i];
            }
        }
        return example.loss.ofSums(squaredErrors, squaredTargets, batch, outputs);
    }

    private static DoubleStream row(double[] table, int columns, int row) {
        return Arrays.stream(table, row * columns, (row + 1) * columns);
    }

    private static Samples samples(Case example, SplittableRandom random) {
        NetworkDefinition definition = example.network().definition();
        int targets = example.loss.targets(definition);
        return new Samples(definition.inputs(), NetworkDefinition.numbered("t", targets),
                random.doubles((long) example.inputs * SAMPLES, -1, 1).toArray(),
                random.doubles((long) targets * SAMPLES, -1, 1).toArray());
    }
}
