package dev.nabla.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.datasets.points.Range;
import dev.nabla.datasets.points.SamplingMethod;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.problems.Problem;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import dev.nabla.training.Recorder;
import dev.nabla.training.Trainer;
import dev.nabla.training.TrainingProgress;
import dev.nabla.training.TrainingResult;
import dev.nabla.training.TrainingSettings;
import dev.nabla.training.TrainingStep;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

class EquationLossTest {

    private static final UUID BOUNDARY = UUID.randomUUID();
    private static final double STEP = 1e-5;
    private static final AdamSettings ADAM = new AdamSettings(0.01, 0.9, 0.999, 1e-8);

    private final Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("u"),
            List.of(DenseLayer.of(8, Activation.TANH), DenseLayer.of(8, Activation.TANH),
                    DenseLayer.of(1, Activation.IDENTITY))));
    private final double[] initial = GlorotUniform.parameters(network.parameters(), 1);

    @Test
    void allTermsTogetherDrawAtMost20000000Numbers() {
        assertThat(new EquationLoss(List.of(drawn(4_000_000), drawn(6_000_000))).problems(Set.of())).isEmpty();
        assertThat(new EquationLoss(List.of(drawn(4_000_000), drawn(6_000_001))).problems(Set.of())).containsExactly(
                Problem.of("/terms", "must draw at most 20000000 numbers (points times coordinates) together, draw 20000002"));
    }

    private static LossTerm drawn(int points) {
        var ranges = new LinkedHashMap<>(Map.of("x", new Range(0, 1), "y", new Range(0, 1)));
        return new LossTerm("u", Optional.empty(), 1, TermLoss.Named.SQUARE, Optional.empty(), Optional.of(new PointSample(points,
                SamplingMethod.UNIFORM, ranges, Optional.empty(), OptionalInt.empty(), Optional.empty())));
    }

    @Test
    void theMeanSquaredErrorIsOneOfThem() {
        Samples samples = samples(30, "t", 1);
        for (int batch : new int[] {1, 7, 30}) {
            int[] order = IntStream.range(0, batch).toArray();
            LossProgram named = program(Loss.MSE, samples, new KernelEngine());
            LossProgram written = program(new EquationLoss(List.of(term("u - t", 1))), samples, new KernelEngine());
            assertThat(written.compute(order, 0, batch)).isCloseTo(named.compute(order, 0, batch), within(1e-14));
            assertThat(written.gradient().toDoubleVector()).containsExactly(named.gradient().toDoubleVector(),
                    within(1e-14));
        }
    }

    /** With second derivatives, weights and a term over parameters, for batches of 1, 2, 5 and 32. */
    @Test
    void theGradientIsThatOfTheReportedLoss() {
        Samples samples = samples(32, "f", 2);
        var loss = new EquationLoss(List.of(term("D(u, x, x) + D(u, y, y) + f", 1), term("u * x", 3),
                term("L1.W", 0.01)));
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            for (int batch : new int[] {1, 2, 5, 32}) {
                LossProgram program = program(loss, samples, engine);
                int[] order = IntStream.range(0, batch).toArray();
                double value = program.compute(order, 0, batch);
                double[] terms = new double[3];
                program.addTermsTo(terms);
                assertThat(Arrays.stream(terms).sum()).isCloseTo(value, within(1e-12));
                double[] gradient = program.gradient().toDoubleVector();
                for (int i = 0; i < initial.length; i += 3) {
                    double above = moved(program, i, STEP, order);
                    double below = moved(program, i, -STEP, order);
                    assertThat(gradient[i]).as("%s, batch %d, parameter %d", engine.name(), batch, i)
                            .isCloseTo((above - below) / (2 * STEP), within(1e-6));
                }
            }
        }
    }

    @Test
    void everyTermDrawsFromItsOwnDataset() {
        Samples interior = new Samples(List.of("x", "y"), List.of(), points(50, 3), new double[0]);
        Samples boundary = samples(20, "g", 4);
        var loss = new EquationLoss(List.of(new LossTerm("D(u, x)", Optional.empty(), 1),
                new LossTerm("u - g", Optional.of(BOUNDARY), 2)));
        var settings = new TrainingSettings(loss, 1, 50, false, 1, ADAM);
        var step = new TrainingStep(network, loss.parts(network, interior, Map.of(BOUNDARY, boundary)), settings,
                new KernelEngine());
        step.parameters().assign(Nd4j.createFromArray(initial));
        step.startEpoch(0);
        double value = step.compute(0);
        LossProgram first = program(new EquationLoss(List.of(term("D(u, x)", 1))), interior, new KernelEngine());
        LossProgram second = program(new EquationLoss(List.of(term("u - g", 2))), boundary, new KernelEngine());
        double expected = first.compute(IntStream.range(0, 50).toArray(), 0, 50)
                + second.compute(IntStream.range(0, 20).toArray(), 0, 20);
        assertThat(value).isCloseTo(expected, within(1e-14));
        double ofDatasets = 0;
        for (LossPart part : loss.parts(network, interior, Map.of(BOUNDARY, boundary))) {
            ofDatasets += new DatasetProgram(network, part, new KernelEngine()).of(part.samples(), initial);
        }
        assertThat(ofDatasets).isCloseTo(expected, within(1e-12));
        double[] gradient = step.gradient().toDoubleVector();
        double[] one = first.gradient().toDoubleVector();
        double[] two = second.gradient().toDoubleVector();
        for (int i = 0; i < gradient.length; i++) {
            assertThat(gradient[i]).isCloseTo(one[i] + two[i], within(1e-13));
        }
    }

    /** 10 samples in batches of 3 are 4 steps, in which 7 others are drawn 2, 2, 2 and 1 at a time. */
    @Test
    void aSmallerDatasetIsGoneThroughInAsManySteps() {
        Samples interior = samples(10, "t", 3);
        Samples boundary = samples(7, "g", 4);
        var loss = new EquationLoss(List.of(term("u - t", 1), new LossTerm("u - g", Optional.of(BOUNDARY), 2)));
        var step = new TrainingStep(network, loss.parts(network, interior, Map.of(BOUNDARY, boundary)),
                new TrainingSettings(loss, 1, 3, false, 1, ADAM), new KernelEngine());
        step.parameters().assign(Nd4j.createFromArray(initial));
        step.startEpoch(0);
        assertThat(step.stepsPerEpoch()).isEqualTo(4);
        LossProgram first = program(new EquationLoss(List.of(term("u - t", 1))), interior, new KernelEngine());
        LossProgram second = program(new EquationLoss(List.of(term("u - g", 2))), boundary, new KernelEngine());
        int[] order = IntStream.range(0, 10).toArray();
        for (int k = 0; k < 4; k++) {
            assertThat(step.compute(k)).as("step %d", k).isCloseTo(first.compute(order, 3 * k, Math.min(3 * k + 3, 10))
                    + second.compute(order, 2 * k, Math.min(2 * k + 2, 7)), within(1e-14));
        }
    }

    /** 50 samples in batches of 10 are 5 steps; in these 12 others are drawn 3 at a time, and then from the beginning. */
    @Test
    void trainingMakesAllTermsSmall() {
        Samples interior = new Samples(List.of("x", "y"), List.of(), points(50, 5), new double[0]);
        Samples boundary = new Samples(List.of("x", "y"), List.of("g"), points(12, 6), new double[12]);
        var loss = new EquationLoss(List.of(term("D(u, x) - 1", 1), new LossTerm("u - x - g", Optional.of(BOUNDARY), 1)));
        TrainingResult result = new Trainer(network, interior, Map.of(BOUNDARY, boundary),
                new TrainingSettings(loss, 400, 10, true, 1, ADAM), new KernelEngine()).train(initial, TrainingProgress.IGNORED);
        assertThat(result.loss()).isLessThan(1e-3);
    }

    /** Two terms of one dataset around one of another, by name from the loss of each alone. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyEpochHasTheTermsOfItsLoss(boolean lbfgs) {
        Samples interior = new Samples(List.of("x", "y"), List.of(), points(50, 5), new double[0]);
        Samples boundary = samples(12, "g", 6);
        List<LossTerm> terms = List.of(term("D(u, x) - 1", 3), new LossTerm("u - g", Optional.of(BOUNDARY), 2),
                term("D(u, x, y)", 0.5));
        var settings = new TrainingSettings(new EquationLoss(terms), 30, 50, true, 1,
                lbfgs ? LbfgsSettings.DEFAULT : ADAM);
        var recorder = new Recorder();
        new Trainer(network, interior, Map.of(BOUNDARY, boundary), settings, new KernelEngine()).train(initial, recorder);
        assertThat(recorder.epochs).hasSize(30).allSatisfy(epoch ->
                assertThat(Arrays.stream(epoch.terms()).sum()).isCloseTo(epoch.loss(), withinPercentage(1e-10)));
        for (int i = 0; i < terms.size(); i++) {
            var alone = new EquationLoss(List.of(terms.get(i)));
            LossProgram program = program(alone.parts(network, interior, Map.of(BOUNDARY, boundary)).getFirst(),
                    new KernelEngine());
            int[] all = IntStream.range(0, program.samples()).toArray();
            assertThat(recorder.epochs.getFirst().terms()[i]).isCloseTo(program.compute(all, 0, all.length),
                    withinPercentage(1e-10));
        }
    }

    @Test
    void wrongEquationsAreNamedWithTheirPositions() {
        var loss = new EquationLoss(List.of(term("u -", 1), term("u", 1), term("u - missing", 1)));
        assertThatThrownBy(() -> loss.parts(network, samples(3, "t", 1), Map.of()))
                .isInstanceOfSatisfying(InvalidLossException.class, e -> assertThat(e.problems("/loss"))
                        .extracting(Problem::pointer, Problem::position)
                        .containsExactly(tuple("/loss/terms/0/equation", 3), tuple("/loss/terms/2/equation", 4)));
    }

    private double moved(LossProgram program, int parameter, double by, int[] order) {
        double[] moved = initial.clone();
        moved[parameter] += by;
        program.parameters().assign(Nd4j.createFromArray(moved));
        return program.compute(order, 0, order.length);
    }

    private LossProgram program(Objective loss, Samples samples, Engine engine) {
        return program(loss.parts(network, samples, Map.of()).getFirst(), engine);
    }

    private LossProgram program(LossPart part, Engine engine) {
        var program = new LossProgram(network, part, engine);
        program.parameters().assign(Nd4j.createFromArray(initial));
        return program;
    }

    private static LossTerm term(String equation, double weight) {
        return new LossTerm(equation, Optional.empty(), weight);
    }

    private static Samples samples(int size, String target, long seed) {
        return new Samples(List.of("x", "y"), List.of(target), points(size, seed),
                new Random(seed + 100).doubles(size, -1, 1).toArray());
    }

    private static double[] points(int size, long seed) {
        return new Random(seed).doubles(2L * size, -1, 1).toArray();
    }
}
