package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossPart;
import dev.nabla.losses.Objective;
import dev.nabla.network.Architectures;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.GeneralizedHamiltonian;
import dev.nabla.optimizers.Box;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.GaussNewtonSettings.Space;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sum of squares is the loss, and its slope half the gradient, as trainings by gradients have them. */
class LeastSquaresTest {

    private static final Network EQUATIONS = Network.of(DocumentReader.trusted("""
            {"inputs": ["x"], "architecture": {"type": "equations",
             "parts": {"N": {"inputs": 1, "layers": [{"units": 5}, {"units": 1, "activation": "identity"}]}},
             "coefficients": {"a": {"initial": 0.5, "min": 0.4}, "b": {"initial": [1, -1], "min": -2, "max": 1.5},
                              "c": {"initial": 3}},
             "outputs": {"u": "a * N(x) + b[1] * x + b[2] + 0.1 * c * x^2", "v": "c * x - N(x)"}}}""", NetworkDocument.class)
            .definition());

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    static Stream<Architecture> architectures() {
        return Architectures.all().stream();
    }

    private Samples samples(List<String> inputs, List<String> targets, int rows) {
        return new Samples(inputs, targets, random.doubles((long) rows * inputs.size(), -0.5, 0.5).toArray(),
                random.doubles((long) rows * targets.size(), 0.1, 1).toArray());
    }

    private static TrainingSettings settings(Objective loss, List<String> freeze) {
        return new TrainingSettings(loss, 1, Integer.MAX_VALUE, false, 1, GaussNewtonSettings.DEFAULT, OptionalDouble.empty(),
                OptionalDouble.empty(), Optional.empty(), List.of(), freeze, Map.of(), Precision.DOUBLE);
    }

    private static Objective terms(String terms) {
        return DocumentReader.trusted("{\"terms\": " + terms + "}", EquationLoss.class);
    }

    private void assertSame(Network network, Samples samples, Objective loss, List<String> freeze, boolean isRoot) {
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            TrainingSettings settings = settings(loss, freeze);
            List<LossPart> parts = loss.parts(network, samples, Map.of());
            var step = new TrainingStep(network, parts, settings, engine);
            double[] initial = Arrays.stream(GlorotUniform.parameters(network.parameters(), 1))
                    .map(parameter -> parameter + random.nextDouble(0.01, 0.1)).toArray();
            var box = new Box(step.trained().bounds());
            double[] point = box.nearest(initial);
            new FlatVector(step.parameters()).set(point);
            step.startEpoch(0);
            double value = step.compute(0);
            double[] gradient = new double[initial.length];
            new FlatVector(step.gradient()).copyTo(gradient);
            box.forEachLeaving(point, Arrays.stream(gradient).map(g -> -g).toArray(), entry -> gradient[entry] = 0);
            for (Space space : Space.values()) {
                var squares = new LeastSquares(network, step.parts(), step.trained(), space, engine,
                        new Cancellation(TrainingProgress.IGNORED));
                double[] slope = new double[initial.length];
                double sum = squares.linearize(point, slope);
                String what = "%s, %s, seed %d".formatted(engine.name(), space, seed);
                assertThat(squares.at(point)).as(what).isEqualTo(sum);
                assertThat(isRoot ? Math.sqrt(sum) : sum).as(what).isCloseTo(value, within(1e-12 * value));
                double factor = isRoot ? 1 / value : 2;
                double size = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
                for (int i = 0; i < slope.length; i++) {
                    assertThat(factor * slope[i]).as("%s, entry %d", what, i).isCloseTo(gradient[i], within(1e-11 * size));
                }
                double[] terms = squares.terms(step.termCount());
                double[] expected = new double[step.termCount()];
                step.addTermsTo(expected);
                assertThat(terms).as(what).containsExactly(expected, within(1e-12 * value));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void ofEveryArchitecture(Architecture architecture) {
        Network network = Architectures.network(architecture, architecture instanceof GeneralizedHamiltonian ? 4 : 2);
        NetworkDefinition definition = network.definition();
        assertSame(network, samples(definition.inputs(), definition.outputs(), 37), Loss.MSE, List.of(), false);
        assertSame(network, samples(definition.inputs(), definition.outputs(), 5), Loss.RELATIVE_L2, List.of(), true);
        if (network.field().isPresent()) {
            assertSame(network, samples(definition.inputs(), Loss.HAMILTONIAN.targetNames(network), 7), Loss.HAMILTONIAN, List.of(),
                    true);
        }
    }

    @Test
    void ofTermsWithWeightsAndBoundsAndWhatIsFrozen() {
        Objective loss = terms("""
                [{"equation": "outputs - targets", "weight": 3, "sampleWeight": "1 + x^2"},
                 {"equation": "[D(outputs.u, x), outputs.v, 2]", "weight": 0.1},
                 {"equation": "c - 2.5", "weight": 0.2},
                 {"equation": "D(outputs.u, x, x) + u", "sampleWeight": "abs(x)",
                  "sample": {"points": 1100, "method": "sobol", "ranges": {"x": [-1, 1]}}}]""");
        Samples samples = samples(List.of("x"), List.of("u", "v"), 11);
        assertSame(EQUATIONS, samples, loss, List.of(), false);
        assertSame(EQUATIONS, samples, loss, List.of("N.L1.W", "c"), false);
    }
}
