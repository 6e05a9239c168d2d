package dev.nabla.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.problems.Problem;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/** Losses of terms of u = w x + b, whose residuals and gradients are known in closed form. */
class TermLossTest {

    private static final double W = 0.75;
    private static final double B = -0.25;
    private static final List<Engine> ENGINES = List.of(new KernelEngine(), new Nd4jEngine());

    private final Network line = Network.of(new NetworkDefinition(Optional.empty(), List.of("x"), List.of("u"),
            List.of(DenseLayer.of(1, Activation.IDENTITY))));

    /** A loss of a term, its value and its derivative by r. */
    record Case(TermLoss loss, DoubleUnaryOperator value, DoubleUnaryOperator slope) {}

    static Stream<Case> cases() {
        return Stream.of(new Case(TermLoss.Named.SQUARE, r -> r * r, r -> 2 * r),
                new Case(TermLoss.Named.ABSOLUTE, Math::abs, Math::signum),
                new Case(TermLoss.Named.NONE, r -> r, _ -> 1),
                huber(1), huber(0.5), huber(3e-3), huber(1e6));
    }

    private static Case huber(double d) {
        return new Case(new TermLoss.Huber(d), r -> Math.abs(r) <= d ? r * r / 2 : d * (Math.abs(r) - d / 2),
                r -> Math.clamp(r, -d, d));
    }

    /** Residuals of all sizes and of 0, on both engines: weight · mean of sample weight · loss, and its gradient. */
    @ParameterizedTest
    @MethodSource("cases")
    void aTermIsTheMeanOfItsWeightedLosses(Case c) {
        var random = new Random(1);
        int size = 37;
        double[] x = random.doubles(size, -2, 2).toArray();
        double[] t = IntStream.range(0, size).mapToDouble(i -> i % 5 == 0 ? W * x[i] + B
                : W * x[i] + B + Math.pow(10, random.nextInt(-6, 5)) * random.nextGaussian()).toArray();
        var samples = new Samples(List.of("x"), List.of("t"), x, t);
        var loss = new EquationLoss(List.of(new LossTerm("u - t", Optional.empty(), 3, c.loss(), Optional.of("1 + x^2"), Optional.empty())));
        double value = 0;
        double byB = 0;
        for (int i = 0; i < size; i++) {
            double weight = (1 + x[i] * x[i]) * 3 / size;
            value += weight * c.value().applyAsDouble(W * x[i] + B - t[i]);
            byB += weight * c.slope().applyAsDouble(W * x[i] + B - t[i]);
        }
        for (Engine engine : ENGINES) {
            LossProgram program = program(loss, samples, engine);
            double computed = program.compute(IntStream.range(0, size).toArray(), 0, size);
            assertThat(computed).as(engine.name()).isCloseTo(value, within(1e-13 * (1 + Math.abs(value))));
            assertThat(program.gradient().getDouble(1)).as(engine.name()).isCloseTo(byB, within(1e-13 * (1 + Math.abs(byB))));
            var ofDataset = new DatasetProgram(line, loss.parts(line, samples, Map.of()).getFirst(), engine);
            assertThat(ofDataset.of(samples, new double[] {W, B})).isCloseTo(value, within(1e-13 * (1 + Math.abs(value))));
        }
    }

    /** Beyond any rounding of differences: 1e300 and the smallest δ, residuals of 1e-200. */
    @Test
    void huberHoldsForResidualsOfAnySize() {
        for (double r : new double[] {1e300, -1e300, 1e16, 1e-3, 0}) {
            var samples = new Samples(List.of("x"), List.of("t"), new double[] {0}, new double[] {B - r});
            for (double d : new double[] {1e-3, 1}) {
                LossProgram program = program(new EquationLoss(List.of(new LossTerm("u - t", Optional.empty(), 1,
                        new TermLoss.Huber(d), Optional.empty(), Optional.empty()))), samples, new KernelEngine());
                double size = Math.abs(B - (B - r));
                assertThat(program.compute(new int[] {0}, 0, 1)).isCloseTo(size <= d ? size * size / 2 : d * (size - d / 2),
                        within(1e-15 * Math.max(1e-6, d * size)));
            }
        }
    }

    @Test
    void huberOfTheSmallestIsASquare() {
        var samples = new Samples(List.of("x"), List.of(), new double[] {-1, 2}, new double[0]);
        assertThat(value("1e-20 * x", new TermLoss.Huber(1), samples)).isCloseTo(1.25e-40, within(1e-55));
    }

    /** Of an array the sum over its entries, as the square of a norm is of squares. */
    @Test
    void theLossOfAnArrayIsTheSumOverItsEntries() {
        var samples = new Samples(List.of("x"), List.of(), new double[] {-1, 2}, new double[0]);
        assertThat(value("[x, 2 * x]", TermLoss.Named.SQUARE, samples)).isEqualTo((5 + 20) / 2.0);
        assertThat(value("[x, 2 * x]", TermLoss.Named.ABSOLUTE, samples)).isEqualTo((3 + 6) / 2.0);
        assertThat(value("[x, 2 * x]", TermLoss.Named.NONE, samples)).isEqualTo((-3 + 6) / 2.0);
        assertThat(value("[x, 2 * x]", new TermLoss.Huber(1), samples)).isEqualTo((0.5 + 1.5 + 1.5 + 3.5) / 2.0);
    }

    private double value(String equation, TermLoss loss, Samples samples) {
        return program(new EquationLoss(List.of(new LossTerm(equation, Optional.empty(), 1, loss, Optional.empty(), Optional.empty()))), samples,
                new KernelEngine()).compute(new int[] {0, 1}, 0, 2);
    }

    /** What the network contributes to the weight is part of the gradient: mean of w · u², w = u, is that of u³. */
    @Test
    void aWeightIsPartOfTheLossThatIsDifferentiated() {
        var samples = new Samples(List.of("x"), List.of(), new double[] {1, 2, 3}, new double[0]);
        int[] all = {0, 1, 2};
        LossProgram weighted = program(new EquationLoss(List.of(new LossTerm("u", Optional.empty(), 1,
                TermLoss.Named.SQUARE, Optional.of("u"), Optional.empty()))), samples, new KernelEngine());
        LossProgram cubes = program(new EquationLoss(List.of(new LossTerm("u^3", Optional.empty(), 1,
                TermLoss.Named.NONE, Optional.empty(), Optional.empty()))), samples, new KernelEngine());
        assertThat(weighted.compute(all, 0, 3)).isCloseTo(cubes.compute(all, 0, 3), within(1e-14));
        assertThat(weighted.gradient().toDoubleVector()).containsExactly(cubes.gradient().toDoubleVector(), within(1e-13));
    }

    @Test
    void aWeightIsAScalarOfKnownNames() {
        var samples = new Samples(List.of("x"), List.of(), new double[] {1}, new double[0]);
        var loss = new EquationLoss(List.of(weighted("[x, x]"), weighted("1 + missing"), weighted("1")));
        assertThatThrownBy(() -> loss.parts(line, samples, Map.of())).isInstanceOfSatisfying(InvalidLossException.class,
                e -> assertThat(e.problems("/loss")).extracting(Problem::pointer, Problem::position).containsExactly(
                        tuple("/loss/terms/0/sampleWeight", 0), tuple("/loss/terms/1/sampleWeight", 4)));
    }

    /** What a parameter is in is not known before; the others are refused with the sample. */
    @Test
    void aWeightThatIsKnownBeforeIsNeitherNegativeNorUndefined() {
        var samples = new Samples(List.of("x"), List.of("t"), new double[] {1, 0, -3}, new double[] {2, 1, 0});
        var loss = new EquationLoss(List.of(weighted("1 / x"), weighted("x"), weighted("t"), weighted("u - 100")));
        assertThat(loss.problemsOfWeights(line, MatchedSamples.of(line, loss, Optional.of(samples), Map.of()), new KernelEngine()))
                .extracting(Problem::pointer, Problem::detail).containsExactly(
                        tuple("/terms/0/sampleWeight", "must be a finite number that is not negative, is Infinity for the "
                                + "sample x = 0.0"),
                        tuple("/terms/1/sampleWeight", "must be a finite number that is not negative, is -3.0 for the sample "
                                + "x = -3.0"));
        var withoutTargets = new Samples(List.of("x"), List.of(), new double[] {1, 2}, new double[0]);
        var positive = new EquationLoss(List.of(weighted("x")));
        assertThat(positive.problemsOfWeights(line, MatchedSamples.of(line, positive, Optional.of(withoutTargets), Map.of()),
                new KernelEngine())).isEmpty();
    }

    private static LossTerm weighted(String weight) {
        return new LossTerm("u", Optional.empty(), 1, TermLoss.Named.SQUARE, Optional.of(weight), Optional.empty());
    }

    private LossProgram program(EquationLoss loss, Samples samples, Engine engine) {
        var program = new LossProgram(line, loss.parts(line, samples, Map.of()).getFirst(), engine);
        program.parameters().assign(Nd4j.createFromArray(W, B));
        return program;
    }
}
