package dev.nabla.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.program.Allocations;
import dev.nabla.program.AutoEngine;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** On the quadratic Σ aᵢ θᵢ² / 2, whose gradient is a θ, against closed forms and the formulas of the papers. */
class OptimizerTest {

    private static final int SIZE = 40_003;
    private static final int STEPS = 20;
    private static final double RATE = 0.05;
    private static final int FIRST_WEIGHT = 3;
    private static final int LAST_WEIGHT = 30_000;

    private final double[] curvature = new Random(1).doubles(SIZE, 0.1, 2).toArray();
    private final double[] start = new Random(2).doubles(SIZE, -3, 3).toArray();

    static Stream<Engine> engines() {
        return Stream.of(new KernelEngine(), new Nd4jEngine(), new AutoEngine(new KernelEngine(), new Nd4jEngine()));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void gradientDescentShrinksByAFactorPerStep(Engine engine) {
        double[] theta = run(new GradientDescentSettings(RATE, LearningRateSchedule.CONSTANT), engine);
        for (int i = 0; i < SIZE; i++) {
            assertThat(theta[i]).isCloseTo(start[i] * Math.pow(1 - RATE * curvature[i], STEPS), within(1e-13));
        }
    }

    /** The roots of r² − (1 + μ − η a) r + μ say how the heavy ball rolls (Polyak 1964). */
    @ParameterizedTest
    @MethodSource("engines")
    void momentumRollsAsTheHeavyBall(Engine engine) {
        double momentum = 0.3;
        double[] theta = run(new MomentumSettings(RATE, momentum, LearningRateSchedule.CONSTANT), engine);
        for (int i = 0; i < SIZE; i++) {
            double b = 1 + momentum - RATE * curvature[i];
            double root = Math.sqrt(b * b - 4 * momentum);
            double r1 = (b + root) / 2;
            double r2 = (b - root) / 2;
            double first = start[i] * (1 - RATE * curvature[i]);
            double weight = (first - r2 * start[i]) / root;
            double expected = weight * Math.pow(r1, STEPS) + (start[i] - weight) * Math.pow(r2, STEPS);
            assertThat(theta[i]).as("parameter %d", i).isCloseTo(expected, within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void adamAndAdamWAreThoseOfThePapers(Engine engine) {
        double[] adam = run(new AdamSettings(RATE, 0.8, 0.95, 1e-3), engine);
        double[] adamW = run(adamW(true), engine);
        double[] onlyWeights = run(adamW(false), engine);
        for (int i = 0; i < SIZE; i++) {
            assertThat(adam[i]).as("parameter %d", i).isCloseTo(paper(i, 0), within(1e-12));
            assertThat(adamW[i]).as("parameter %d", i).isCloseTo(paper(i, 0.2), within(1e-12));
            double decay = i >= FIRST_WEIGHT && i <= LAST_WEIGHT ? 0.2 : 0;
            assertThat(onlyWeights[i]).as("parameter %d", i).isCloseTo(paper(i, decay), within(1e-12));
        }
    }

    private static AdamWSettings adamW(boolean decayAll) {
        return new AdamWSettings(RATE, 0.8, 0.95, 1e-3, 0.2, decayAll, LearningRateSchedule.CONSTANT);
    }

    /** Loshchilov and Hutter 2019, algorithm 2, lines 6 to 12. */
    private double paper(int i, double weightDecay) {
        double theta = start[i];
        double m = 0;
        double v = 0;
        for (int t = 1; t <= STEPS; t++) {
            double g = curvature[i] * theta;
            m = 0.8 * m + 0.2 * g;
            v = 0.95 * v + 0.05 * g * g;
            double mHat = m / (1 - Math.pow(0.8, t));
            double vHat = v / (1 - Math.pow(0.95, t));
            theta -= RATE * (mHat / (Math.sqrt(vHat) + 1e-3) + weightDecay * theta);
        }
        return theta;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aClippedGradientHasTheLargestNormAndItsDirection(Engine engine) {
        INDArray gradient = Nd4j.createFromArray(start.clone());
        double norm = Math.sqrt(DifferentiableFunction.dot(start, start));
        new GradientClipping(1.01 * norm, engine, gradient).apply();
        assertThat(gradient.toDoubleVector()).isEqualTo(start);
        new GradientClipping(0.25, engine, gradient).apply();
        double[] clipped = gradient.toDoubleVector();
        assertThat(Math.sqrt(DifferentiableFunction.dot(clipped, clipped))).isCloseTo(0.25, within(1e-12));
        for (int i = 0; i < SIZE; i++) {
            assertThat(clipped[i]).isCloseTo(start[i] * 0.25 / norm, within(1e-15));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void gradientsWhoseSquaresOverflowAreClippedAndInfiniteOnesAreNotHidden(Engine engine) {
        INDArray gradient = Nd4j.createFromArray(3e200, -4e200, 0.0, 0, 0);
        assertThat(new FlatVector(gradient).norm()).isCloseTo(5e200, within(1e185));
        new GradientClipping(10, engine, gradient).apply();
        assertThat(gradient.toDoubleVector()).containsExactly(new double[] {6, -8, 0, 0, 0}, within(1e-14));
        INDArray infinite = Nd4j.createFromArray(1.0, Double.NEGATIVE_INFINITY);
        new GradientClipping(10, engine, infinite).apply();
        assertThat(infinite.getDouble(1)).isInfinite();
    }

    /** Whatever the optimizer is made of. */
    @ParameterizedTest
    @MethodSource("engines")
    void saysThatTheSquareOfAGradientIsInfinite(Engine engine) {
        List<Bound> bounds = List.of(new Bound(0, 2, -1, 1));
        for (FirstOrderSettings settings : List.of(AdamSettings.DEFAULT, AdamWSettings.DEFAULT)) {
            for (List<Range> ranges : List.of(List.of(new Range(0, 4, 1)), List.of(new Range(0, 3, 2), new Range(3, 4, 1)))) {
                for (double large : new double[] {1e154, 1e160}) {
                    Optimizer optimizer = Optimizer.of(settings, engine, Nd4j.zeros(DataType.DOUBLE, 4),
                            Nd4j.createFromArray(1.0, -large, 1, 1), ranges, List.of(), bounds);
                    assertThat(optimizer.isFinite()).isTrue();
                    optimizer.update(0.1);
                    assertThat(optimizer.isFinite()).as("%s, %s, %s", settings, ranges, large).isEqualTo(large == 1e154);
                }
            }
        }
    }

    /** Which bounds would hide. */
    @ParameterizedTest
    @MethodSource("engines")
    void saysThatAVelocityIsInfinite(Engine engine) {
        Optimizer optimizer = Optimizer.of(MomentumSettings.DEFAULT, engine, Nd4j.zeros(DataType.DOUBLE, 2),
                Nd4j.createFromArray(1e308, 1), List.of(new Range(0, 2, 1)), List.of(), List.of(new Bound(0, 2, -1, 1)));
        optimizer.update(1);
        assertThat(optimizer.isFinite()).isTrue();
        optimizer.update(1);
        assertThat(optimizer.isFinite()).isFalse();
    }

    @Test
    void updatesOfTheKernelsAllocateNothing() {
        var engine = new KernelEngine();
        INDArray theta = Nd4j.zeros(DataType.DOUBLE, 100);
        INDArray gradient = Nd4j.ones(DataType.DOUBLE, 100);
        for (FirstOrderSettings settings : List.of(GradientDescentSettings.DEFAULT, MomentumSettings.DEFAULT,
                AdamWSettings.DEFAULT)) {
            Optimizer optimizer = Optimizer.of(settings, engine, theta, List.of(theta), gradient);
            var clipping = new GradientClipping(1, engine, gradient);
            Allocations.assertNone(1_000, "an update by " + settings, () -> {
                clipping.apply();
                optimizer.update(0.01);
            });
        }
    }

    private double[] run(FirstOrderSettings settings, Engine engine) {
        INDArray theta = Nd4j.createFromArray(start.clone());
        INDArray gradient = Nd4j.create(DataType.DOUBLE, SIZE);
        var thetas = new FlatVector(theta);
        var gradients = new FlatVector(gradient);
        Optimizer optimizer = Optimizer.of(settings, engine, theta,
                List.of(settings.decayAll() ? theta : theta.get(NDArrayIndex.interval(FIRST_WEIGHT, LAST_WEIGHT + 1))), gradient);
        double[] values = new double[SIZE];
        for (int step = 0; step < STEPS; step++) {
            thetas.copyTo(values);
            for (int i = 0; i < SIZE; i++) {
                values[i] *= curvature[i];
            }
            gradients.set(values);
            optimizer.update(settings.learningRate());
        }
        thetas.copyTo(values);
        return values;
    }
}
