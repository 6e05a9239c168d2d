package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.losses.Loss;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.network.layers.PathPattern;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.Bound;
import dev.nabla.optimizers.BoundedVariables;
import dev.nabla.optimizers.FullBatchSettings;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.optimizers.MomentumSettings;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.optimizers.Range;
import dev.nabla.optimizers.SelfScaledBroydenSettings;
import dev.nabla.problems.Problem;
import dev.nabla.program.Engine;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a training leaves as it is, at which rate it moves the others, and between which bounds. */
class TrainedParametersTest {

    private static final List<Engine> ENGINES = List.of(new KernelEngine(), new Nd4jEngine());
    private static final String MODEL = """
            {"inputs": ["x"], "architecture": {"type": "equations",
             "parts": {"N": {"inputs": 1, "layers": [{"units": 5}, {"units": 1, "activation": "identity"}]}},
             "coefficients": {"a": {"initial": 0.5}, "k": {"initial": [0.1, -0.0, 3], "trainable": false},
                              "unused": {"initial": [0.3, 1e-17]}},
             "outputs": {"u": "a * N(x) + k[1] * x"}}}""";

    static Stream<OptimizerSettings> optimizers() {
        return Stream.of(new GradientDescentSettings(0.2, LearningRateSchedule.CONSTANT), MomentumSettings.DEFAULT,
                new AdamSettings(0.01, 0.9, 0.999, 1e-8),
                new AdamWSettings(0.01, 0.9, 0.999, 1e-8, 3, false, LearningRateSchedule.CONSTANT),
                new AdamWSettings(0.01, 0.9, 0.999, 1e-8, 3, true, LearningRateSchedule.CONSTANT), new LbfgsSettings(4, 0), new SelfScaledBroydenSettings(0),
                NewtonSettings.DEFAULT, GaussNewtonSettings.DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void whatIsFrozenStaysAsItIsToTheLastBit(OptimizerSettings optimizer) {
        Network network = network(MODEL);
        ParameterLayout layout = network.parameters();
        double[] start = GlorotUniform.parameters(layout, 3);
        for (Engine engine : ENGINES) {
            double[] last = train(network, line(), settings(optimizer, 5, List.of("N.L1.*", "N.L2.b"), Map.of()), start,
                    engine);
            List<String> moved = new ArrayList<>();
            for (int i = 0; i < layout.parameters().size(); i++) {
                int from = layout.offset(i);
                int to = from + layout.parameters().get(i).size();
                if (!Arrays.equals(Arrays.copyOfRange(start, from, to), Arrays.copyOfRange(last, from, to))) {
                    moved.add(layout.parameters().get(i).path());
                }
            }
            assertThat(moved).as("%s, %s", engine.name(), optimizer).containsExactly("N.L2.W", "a");
        }
    }

    /** The gradient of (a x + b)² for x = 1, a = 0.5, b = 0.25 is 1.5 by both. */
    @Test
    void factorsMultiplyTheLearningRate() {
        Network network = network("""
                {"inputs": ["x"], "architecture": {"type": "equations", "coefficients": {"a": {"initial": 0.5},
                 "b": {"initial": 0.25}, "c": {"initial": 0.0}}, "outputs": {"u": "a * x + b + c"}}}""");
        var one = new Samples(List.of("x"), List.of("u"), new double[] {1}, new double[] {0});
        for (Engine engine : ENGINES) {
            assertThat(train(network, one, settings(new GradientDescentSettings(0.01, LearningRateSchedule.CONSTANT), 1,
                    List.of(), Map.of("b", 10.0, "c*", 0.5)), new double[] {0.5, 0.25, 0}, engine)).as(engine.name())
                    .containsExactly(new double[] {0.5 - 0.015, 0.25 - 0.15, -0.0075}, within(1e-15));
        }
    }

    @Test
    void rangesAreTheLongestOfOneFactor() {
        ParameterLayout layout = network(MODEL).parameters();
        assertThat(TrainedParameters.of(layout, settings(AdamSettings.DEFAULT, 1, List.of("k", "unused"), Map.of())).ranges())
                .containsExactly(new Range(0, 17, 1));
        assertThat(TrainedParameters.of(layout, settings(AdamSettings.DEFAULT, 1, List.of("N.L1.b"), Map.of("N.L2.*", 2.0)))
                .ranges()).containsExactly(new Range(0, 5, 1), new Range(10, 16, 2), new Range(16, 17, 1),
                        new Range(20, 22, 1));
        ParameterLayout plain = network("{\"inputs\": 2, \"layers\": [{\"units\": 3}, {\"units\": 1}]}").parameters();
        assertThat(TrainedParameters.of(plain, settings(AdamSettings.DEFAULT, 1, List.of(), Map.of())).ranges())
                .containsExactly(new Range(0, 13, 1));
    }

    @Test
    void aPathIsNoRegularExpression() {
        assertThat(PathPattern.of("N.L1.*").matches("N.L1.W")).isTrue();
        assertThat(PathPattern.of("*W").matches("N.L1.W")).isTrue();
        assertThat(PathPattern.of("N*.W").matches("N.L1.W")).isTrue();
        assertThat(PathPattern.of("N.L1.*").matches("NxL1.W")).isFalse();
        assertThat(PathPattern.of("N.L1.W").matches("N.L1.W2")).isFalse();
        assertThat(PathPattern.of("[N](\\E.*").matches("N")).isFalse();
        assertThat(PathPattern.of("").matches("N")).isFalse();
    }

    @Test
    void patternsOfNothingAndOfEverythingAreRefused() {
        ParameterLayout layout = network(MODEL).parameters();
        assertThat(TrainedParameters.problems(layout, List.of("N.*", "M.*"), Map.of("mu/2", 1.0))).extracting(Problem::pointer)
                .containsExactly("/freeze/1", "/learningRateFactors/mu~12");
        assertThat(TrainedParameters.problems(layout, List.of("M.*"), Map.of()).getFirst().detail()).isEqualTo(
                "must be the path of a parameter, or a pattern of some in which * stands for any characters; there are N.L1.W, "
                        + "N.L1.b, N.L2.W, N.L2.b, a, k, unused, was 'M.*'");
        assertThat(TrainedParameters.problems(layout, List.of("N.*", "a", "u*"), Map.of())).containsExactly(Problem.of("/freeze",
                "must leave something to train, freezes N.L1.W, N.L1.b, N.L2.W, N.L2.b, a, unused"));
        assertThat(TrainedParameters.problems(layout, List.of(), Map.of("k", 2.0))).containsExactly(
                Problem.of("/learningRateFactors/k", "is of what is not trained"));
        Map<String, Double> overlapping = new LinkedHashMap<>();
        overlapping.put("N.L1.*", 2.0);
        overlapping.put("*.W", 3.0);
        assertThat(TrainedParameters.problems(layout, List.of(), overlapping)).containsExactly(Problem.of(
                "/learningRateFactors/*.W", "must not be of N.L1.W, of which 'N.L1.*' is too"));
        assertThat(TrainedParameters.problems(layout, List.of("N.L1.W"), overlapping)).isEmpty();
    }

    /** u = a x with targets 2 x, but a ≤ 1; and b ≥ −1 for −3, c in [0, 0.25] for 1, d in [−1, 1] for 0.5, e = 7. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void whatIsBestBeyondABoundEndsOnIt(OptimizerSettings optimizer) {
        Network network = network("""
                {"inputs": 4, "architecture": {"type": "equations", "coefficients": {
                   "a": {"initial": 0.5, "max": 1}, "b": {"initial": 0.5, "min": -1}, "c": {"initial": 0.25, "min": 0, "max": 0.25},
                   "d": {"initial": [1, 0], "min": -1, "max": 1}, "e": {"initial": 7, "min": 7, "max": 7}},
                 "outputs": {"u": "a * x1 + b * x2 + c * x3 + d[1] * x4 + 0 * e"}}}""");
        var random = new Random(1);
        double[] inputs = random.doubles(4 * 40, -1, 1).toArray();
        double[] targets = IntStream.range(0, 40).mapToDouble(s -> 2 * inputs[4 * s] - 3 * inputs[4 * s + 1] + inputs[4 * s + 2]
                + 0.5 * inputs[4 * s + 3]).toArray();
        var samples = new Samples(List.of("x1", "x2", "x3", "x4"), List.of("u"), inputs, targets);
        double[] start = GlorotUniform.parameters(network.parameters(), 1);
        double[] best = best(inputs, targets);
        for (Engine engine : ENGINES) {
            double[] last = train(network, samples, settings(optimizer, 400, List.of(), Map.of()).withFullBatches(),
                    start, engine);
            double tolerance = optimizer instanceof FullBatchSettings ? 1e-7 : 0.02;
            assertThat(last).as("%s, %s", engine.name(), optimizer)
                    .containsExactly(new double[] {1, -1, 0.25, best[0], 0, 7}, within(tolerance));
            assertThat(network.parameters().problemsOfBounds(last)).isEmpty();
            if (!(optimizer instanceof FullBatchSettings)) {
                assertThat(Arrays.copyOf(last, 3)).containsExactly(1, -1, 0.25);
            }
        }
    }

    /** The least squares of d with all others on their bounds. */
    private static double[] best(double[] inputs, double[] targets) {
        double product = 0;
        double square = 0;
        for (int s = 0; s < targets.length; s++) {
            double rest = targets[s] - inputs[4 * s] + inputs[4 * s + 1] - 0.25 * inputs[4 * s + 2];
            product += rest * inputs[4 * s + 3];
            square += inputs[4 * s + 3] * inputs[4 * s + 3];
        }
        return new double[] {product / square};
    }

    @Test
    void theChangeOfVariablesHasAnInverseAndTheGradientOfWhatItIsOf() {
        double infinity = Double.POSITIVE_INFINITY;
        for (Bound bound : List.of(new Bound(1, 3, -2, 5), new Bound(1, 3, 0.5, infinity), new Bound(1, 3, -infinity, 3),
                new Bound(1, 3, -1e300, 1e300))) {
            var variables = new BoundedVariables(List.of(bound));
            double[] x = {9, 0.75, 2.5};
            double[] u = variables.inner(x);
            assertThat(variables.outer(u)).containsExactly(x, within(bound.max() == 1e300 ? 1e285 : 1e-13));
            double[] far = variables.outer(new double[] {9, 1e9, -1e9});
            assertThat(far[0]).isEqualTo(9);
            assertThat(far[1]).isBetween(bound.min(), bound.max());
            assertThat(far[2]).isBetween(bound.min(), bound.max());
            double[] gradient = new double[3];
            double value = variables.of((point, slopes) -> {
                slopes[0] = 1;
                slopes[1] = 2 * point[1];
                slopes[2] = 3;
                return point[0] + point[1] * point[1] + 3 * point[2];
            }).at(u, gradient);
            assertThat(value).isCloseTo(9 + 0.5625 + 7.5, within(bound.max() == 1e300 ? infinity : 1e-12));
            double h = 1e-6;
            double[] up = {u[0], u[1] + h, u[2]};
            double[] down = {u[0], u[1] - h, u[2]};
            double slope = (Math.pow(variables.outer(up)[1], 2) - Math.pow(variables.outer(down)[1], 2)) / (2 * h);
            if (bound.max() != 1e300) {
                assertThat(gradient[0]).isEqualTo(1);
                assertThat(gradient[1]).isCloseTo(slope, within(1e-8));
            }
        }
    }

    private static Network network(String document) {
        return Network.of(DocumentReader.trusted(document, NetworkDocument.class).definition());
    }

    private static Samples line() {
        double[] inputs = new Random(2).doubles(30, -1, 1).toArray();
        return new Samples(List.of("x"), List.of("u"), inputs, Arrays.stream(inputs).map(x -> 2 * x - 1).toArray());
    }

    private static TrainingSettings settings(OptimizerSettings optimizer, int epochs, List<String> freeze,
            Map<String, Double> factors) {
        return new TrainingSettings(Loss.MSE, epochs, 8, true, 3, optimizer, OptionalDouble.empty(), OptionalDouble.empty(),
                Optional.empty(), List.of(), freeze, factors, Precision.DOUBLE);
    }

    private static double[] train(Network network, Samples samples, TrainingSettings settings, double[] start, Engine engine) {
        return new Trainer(network, samples, settings, engine).train(start, new Recorder()).last();
    }
}
