package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.EmptyRegionException;
import dev.nabla.datasets.points.PointDraws;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.datasets.points.Range;
import dev.nabla.datasets.points.Refinement;
import dev.nabla.datasets.points.SamplingMethod;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.LossPart;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.TermLoss;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.optimizers.SelfScaledBroydenSettings;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Terms that draw their points, against trainings on datasets of the same points. */
class DrawnPointsTest {

    private static final long SEED = 42;
    private static final String EQUATION = "D(u, x, x) + u - t";
    private static final GradientDescentSettings DESCENT =
            new GradientDescentSettings(0.01, new LearningRateSchedule.Constant());

    private final Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "t"), List.of("u"),
            List.of(DenseLayer.of(5, Activation.TANH), DenseLayer.of(1, Activation.IDENTITY))));
    private final double[] initial = GlorotUniform.parameters(network.parameters(), 3);

    /** In another order than the network's. */
    private static PointSample sample(int points, SamplingMethod method, OptionalInt every, Optional<Refinement> adaptive) {
        var ranges = new LinkedHashMap<String, Range>();
        ranges.put("t", new Range(0, 2));
        ranges.put("x", new Range(-1, 1));
        return new PointSample(points, method, ranges, Optional.of("1.5 - t"), every, adaptive);
    }

    private static EquationLoss loss(PointSample sample) {
        return new EquationLoss(List.of(new LossTerm(EQUATION, Optional.empty(), 1, TermLoss.Named.SQUARE, Optional.empty(),
                Optional.of(sample))));
    }

    private static Samples points(PointSample sample, int round) {
        return new PointDraws(sample, List.of("x", "t"), SEED, 0, new KernelEngine()).draw(round);
    }

    private TrainingResult onPoints(PointSample sample, int epochs, OptimizerSettings optimizer, Engine engine, Recorder recorder) {
        return new Trainer(network, Optional.empty(), Map.of(), new TrainingSettings(loss(sample), epochs, 7, false, SEED, optimizer),
                engine).train(initial, recorder);
    }

    private double[] onDataset(Samples points, double[] start, int epochs, OptimizerSettings optimizer, Engine engine) {
        var loss = new EquationLoss(List.of(new LossTerm(EQUATION, Optional.empty(), 1)));
        return new Trainer(network, points, new TrainingSettings(loss, epochs, 7, false, SEED, optimizer), engine)
                .train(start, new Recorder()).last();
    }

    /** Gradient descent remembers nothing, and L-BFGS begins again: epochs of a round are a training on its points. */
    @Test
    void aRoundIsATrainingOnItsPoints() {
        for (SamplingMethod method : SamplingMethod.values()) {
            for (OptimizerSettings optimizer : List.of(DESCENT, new LbfgsSettings(10, 0), new SelfScaledBroydenSettings(0))) {
                for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
                    PointSample sample = sample(20, method, OptionalInt.of(3), Optional.empty());
                    var recorder = new Recorder();
                    TrainingResult drawn = onPoints(sample, 8, optimizer, engine, recorder);
                    assertThat(recorder.epochs).hasSize(8);
                    double[] first = onDataset(points(sample, 0), initial, 3, optimizer, engine);
                    double[] second = onDataset(points(sample, 1), first, 3, optimizer, engine);
                    assertThat(drawn.last()).as("%s, %s, %s", method, optimizer, engine.name())
                            .containsExactly(onDataset(points(sample, 2), second, 2, optimizer, engine));
                }
            }
        }
    }

    @Test
    void pointsStayWhereTheyAreNotDrawnAnew() {
        PointSample sample = sample(20, SamplingMethod.UNIFORM, OptionalInt.empty(), Optional.empty());
        assertThat(onPoints(sample, 9, DESCENT, new KernelEngine(), new Recorder()).last())
                .containsExactly(onDataset(points(sample, 0), initial, 9, DESCENT, new KernelEngine()));
    }

    /** r = step(x) is 1 on one side: with weights 3 to 1, of 1,000 among 10,000 some 740 are there; and they are candidates. */
    @Test
    void pointsAreWhereTheResidualIsLarge() {
        PointSample sample = sample(1000, SamplingMethod.UNIFORM, OptionalInt.of(100), Optional.of(Refinement.RESIDUAL));
        var loss = new EquationLoss(List.of(new LossTerm("-step(x)", Optional.empty(), 1, TermLoss.Named.SQUARE, Optional.empty(),
                Optional.of(sample))));
        LossPart part = loss.parts(network, MatchedSamples.of(network, loss, Optional.empty(), Map.of())).getFirst();
        var points = new DrawnPoints(network, part, part.drawing().orElseThrow(), SEED, new KernelEngine());
        double[] chosen = points.ofEpoch(100, Nd4j.createFromArray(initial)).inputs();
        assertThat(chosen).hasSize(2000).containsExactly(points.ofEpoch(100, Nd4j.createFromArray(initial)).inputs());
        long right = IntStream.range(0, 1000).filter(i -> chosen[2 * i] > 0).count();
        assertThat(right).isBetween(690L, 790L);
        double[] candidates = new PointDraws(sample, List.of("x", "t"), SEED, 0, new KernelEngine()).draw(1, 10_000).inputs();
        assertThat(Arrays.stream(candidates).boxed()).containsAll(Arrays.stream(chosen).boxed().toList());
        assertThat(points.first().inputs()).containsExactly(points(sample, 0).inputs());
    }

    @Test
    void anAdaptiveTrainingIsTheSameAgain() {
        PointSample sample = sample(30, SamplingMethod.SOBOL, OptionalInt.of(5), Optional.of(Refinement.RESIDUAL));
        double[] one = onPoints(sample, 12, DESCENT, new KernelEngine(), new Recorder()).last();
        assertThat(onPoints(sample, 12, DESCENT, new KernelEngine(), new Recorder()).last()).containsExactly(one);
        assertThat(one).isNotEqualTo(onPoints(sample(30, SamplingMethod.SOBOL, OptionalInt.of(5), Optional.empty()), 12, DESCENT,
                new KernelEngine(), new Recorder()).last());
    }

    @Test
    void aTermIsUndefinedAtADrawnPointByName() {
        var loss = new EquationLoss(List.of(new LossTerm("u + log(x - 2)", Optional.empty(), 1, TermLoss.Named.SQUARE,
                Optional.empty(), Optional.of(sample(5, SamplingMethod.UNIFORM, OptionalInt.empty(), Optional.empty())))));
        assertThatThrownBy(() -> new Trainer(network, Optional.empty(), Map.of(), new TrainingSettings(loss, 3, 5, true, 1, DESCENT),
                new KernelEngine()).train(initial, TrainingProgress.IGNORED)).isInstanceOf(DivergedException.class)
                .hasMessageContaining("/loss/terms/0").hasMessageContaining("x = ").hasMessageContaining("log of");
    }

    @Test
    void aRegionThatIsEmptyEndsTheTraining() {
        var ranges = new LinkedHashMap<>(Map.of("x", new Range(0, 1), "t", new Range(0, 1)));
        PointSample empty = new PointSample(5, SamplingMethod.UNIFORM, ranges, Optional.of("x - 2"), OptionalInt.empty(),
                Optional.empty());
        assertThatThrownBy(() -> onPoints(empty, 1, DESCENT, new KernelEngine(), new Recorder()))
                .isInstanceOf(EmptyRegionException.class);
    }
}
