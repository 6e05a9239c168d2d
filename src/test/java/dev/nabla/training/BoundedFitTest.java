package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.optimizers.Bound;
import dev.nabla.optimizers.BoundedVariables;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.GaussNewtonSettings.Space;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.optimizers.SelfScaledBroydenSettings;
import dev.nabla.program.engine.KernelEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Polynomials with bounded coefficients fitted to noise, whose least sums of squares are known by looking at every set of bounds. */
class BoundedFitTest {

    private static final int POINTS = 25;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** min, max and the first value of each coefficient, the values of the powers of x, and what is fitted. */
    private record Fit(double[] min, double[] max, double[] initial, double[][] powers, double[] targets) {

        int size() {
            return min.length;
        }

        double loss(double[] coefficients) {
            return IntStream.range(0, targets.length).mapToDouble(s -> {
                double rest = -targets[s];
                for (int j = 0; j < size(); j++) {
                    rest += coefficients[j] * powers[s][j];
                }
                return rest * rest;
            }).sum() / targets.length;
        }

        /** The least of all points that are least where some coefficients are on a bound, and the others within theirs. */
        double least() {
            return IntStream.range(0, (int) Math.pow(3, size())).mapToDouble(this::leastOfFace).min().orElseThrow();
        }

        private double leastOfFace(int face) {
            double[] coefficients = new double[size()];
            var free = new ArrayList<Integer>();
            int rest = face;
            for (int j = 0; j < size(); j++, rest /= 3) {
                coefficients[j] = rest % 3 == 1 ? min[j] : rest % 3 == 2 ? max[j] : 0;
                if (rest % 3 == 0) {
                    free.add(j);
                }
            }
            if (!Arrays.stream(coefficients).allMatch(Double::isFinite)) {
                return INFINITY;
            }
            if (!free.isEmpty()) {
                RealMatrix columns = MatrixUtils.createRealMatrix(targets.length, free.size());
                double[] right = targets.clone();
                for (int s = 0; s < right.length; s++) {
                    for (int j = 0; j < size(); j++) {
                        right[s] -= coefficients[j] * powers[s][j];
                    }
                    for (int k = 0; k < free.size(); k++) {
                        columns.setEntry(s, k, powers[s][free.get(k)]);
                    }
                }
                double[] solution = new QRDecomposition(columns).getSolver().solve(MatrixUtils.createRealVector(right)).toArray();
                for (int k = 0; k < solution.length; k++) {
                    int j = free.get(k);
                    if (!(solution[k] >= min[j] && solution[k] <= max[j])) {
                        return INFINITY;
                    }
                    coefficients[j] = solution[k];
                }
            }
            return loss(coefficients);
        }

        Network network() {
            String coefficients = IntStream.range(0, size()).mapToObj(j -> "\"c%d\": {\"initial\": %s%s%s}".formatted(j, initial[j],
                    Double.isInfinite(min[j]) ? "" : ", \"min\": " + min[j], Double.isInfinite(max[j]) ? "" : ", \"max\": " + max[j]))
                    .collect(Collectors.joining(", "));
            String sum = IntStream.range(0, size()).mapToObj(j -> "c%d * x^%d".formatted(j, j)).collect(Collectors.joining(" + "));
            return BoundedFitTest.network("{%s}".formatted(coefficients), sum);
        }

        Samples samples() {
            return new Samples(List.of("x"), List.of("y"), Arrays.stream(powers).mapToDouble(row -> row[1]).toArray(), targets);
        }
    }

    private Fit fit(double widest) {
        int size = random.nextInt(2, 5);
        var fit = new Fit(new double[size], new double[size], new double[size], new double[POINTS][size], new double[POINTS]);
        double[] truth = random.doubles(size, -6, 6).toArray();
        for (int j = 0; j < size; j++) {
            fit.min[j] = new double[] {-INFINITY, -1, 0, 0.5}[random.nextInt(4)];
            fit.max[j] = new double[] {INFINITY, 1, 4, widest}[random.nextInt(4)];
            double low = Math.max(-3, fit.min[j]);
            double high = Math.min(5, fit.max[j]);
            int where = random.nextInt(4);
            fit.initial[j] = where == 0 ? low : where == 1 ? high : random.nextDouble(low, high);
        }
        for (int s = 0; s < POINTS; s++) {
            double x = 2.0 * s / (POINTS - 1) - 1;
            fit.targets[s] = 0.1 * random.nextGaussian();
            for (int j = 0; j < size; j++) {
                fit.powers[s][j] = Math.pow(x, j);
                fit.targets[s] += truth[j] * fit.powers[s][j];
            }
        }
        return fit;
    }

    private static Network network(String coefficients, String output) {
        return Network.of(DocumentReader.trusted("""
                {"inputs": ["x"], "architecture": {"type": "equations", "coefficients": %s, "outputs": {"y": "%s"}}}"""
                .formatted(coefficients, output), NetworkDocument.class).definition());
    }

    private static TrainingResult train(Network network, Samples samples, Objective loss, OptimizerSettings optimizer, double[] start) {
        return new Trainer(network, samples, settings(loss, optimizer, 500), new KernelEngine()).train(start, TrainingProgress.IGNORED);
    }

    private static TrainingSettings settings(Objective loss, OptimizerSettings optimizer, int epochs) {
        return new TrainingSettings(loss, epochs, Integer.MAX_VALUE, false, 1, optimizer, OptionalDouble.empty(), OptionalDouble.empty(),
                Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(Space.class)
    void gaussNewtonFindsTheLeastSumHoweverFarApartBoundsAre(Space space) {
        for (double widest : new double[] {10, 1e3, 1e6, 1e12}) {
            for (int round = 0; round < 50; round++) {
                Fit fit = fit(widest);
                double[] found = train(fit.network(), fit.samples(), Loss.MSE, new GaussNewtonSettings(1e-3, space, 0, 1e-14), fit.initial)
                        .last();
                assertThat(fit.loss(found)).as("%s to %s, seed %d", fit, Arrays.toString(found), seed)
                        .isCloseTo(fit.least(), within(1e-9 * Math.max(1, fit.least())));
                for (int j = 0; j < fit.size(); j++) {
                    assertThat(found[j]).as("seed %d", seed).isBetween(fit.min[j], fit.max[j]);
                }
            }
        }
    }

    /** The gradient leads out of 0 for the first, which ends on it exactly, and the second is 0.1 by least squares. */
    @Test
    void aCoefficientEndsExactlyOnItsBoundWithAGradientOfNothing() {
        double[] inputs = IntStream.rangeClosed(-8, 8).mapToDouble(i -> i / 8.0).toArray();
        var line = new Samples(List.of("x"), List.of("y"), inputs, Arrays.stream(inputs).map(x -> 0.1 * x - 2).toArray());
        double[] found = train(network("""
                {"c0": {"initial": 4.46, "min": 0, "max": 1e6}, "c1": {"initial": 1.4, "min": -1, "max": 4}}""", "c0 + c1 * x"), line,
                Loss.MSE, GaussNewtonSettings.DEFAULT, new double[] {4.46, 1.4}).last();
        assertThat(found[0]).isZero();
        assertThat(found[1]).isCloseTo(0.1, within(1e-9));
    }

    /** log(c) has no value outside of the bound that c comes near to: for 0 as a target c is 1, for -30 it is e^-30. */
    @Test
    void nothingIsLookedAtOutsideOfBounds() {
        for (double target : new double[] {0, -1, -30}) {
            TrainingResult result = train(network("{\"c\": {\"initial\": 5, \"min\": 0, \"max\": 1e6}}", "log(c) + 0 * x"),
                    new Samples(List.of("x"), List.of("y"), new double[] {0}, new double[] {target}), Loss.MSE,
                    GaussNewtonSettings.DEFAULT, new double[] {5});
            assertThat(Math.log(result.last()[0])).isCloseTo(target, within(1e-6));
        }
    }

    /** There a point is one of {@link BoundedVariables}. Nearest to 2 x + 3, which is fitted, are a slope of 1 and a height of 4. */
    @Test
    void statesOfTheVersionBeforeAreTakenUpWhereTheyWere() {
        double[] inputs = IntStream.rangeClosed(-10, 10).mapToDouble(i -> i / 10.0).toArray();
        var line = new Samples(List.of("x"), List.of("y"), inputs, Arrays.stream(inputs).map(x -> 2 * x + 3).toArray());
        Network network = network("""
                {"a": {"initial": 0, "min": 0, "max": 1}, "b": {"initial": 10, "min": 4, "max": 1e6}}""", "a * x + b");
        var trainer = new Trainer(network, line, settings(Loss.MSE, GaussNewtonSettings.DEFAULT, 100), new KernelEngine());
        double[] start = {0, 10};
        double[] expected = trainer.train(start, TrainingProgress.IGNORED).last();
        assertThat(expected).containsExactly(1, 4);
        byte[] first = new Trainer(network, line, settings(Loss.MSE, GaussNewtonSettings.DEFAULT, 1), new KernelEngine())
                .train(start, TrainingProgress.IGNORED).state().orElseThrow();
        assertThat(trainer.goOn(first, TrainingProgress.IGNORED).last()).containsExactly(expected);
        // Without the loss where it began.
        ByteBuffer before = ByteBuffer.wrap(Arrays.copyOf(first, first.length - Double.BYTES));
        int end = before.capacity() - Integer.BYTES;
        int point = end - (2 + 2 + 3) * Double.BYTES;
        var variables = new BoundedVariables(List.of(new Bound(0, 1, 0, 1), new Bound(1, 2, 4, 1e6)));
        double[] inner = variables.inner(new double[] {0.25, 20});
        before.put(0, (byte) 1).putDouble(point, inner[0]).putDouble(point + Double.BYTES, inner[1])
                .putDouble(point + 2 * Double.BYTES, random.nextDouble(-9, 9));
        var checksum = new CRC32C();
        checksum.update(before.array(), 0, end);
        before.putInt(end, (int) checksum.getValue());
        var next = new ArrayList<Double>();
        double[] last = trainer.goOn(before.array(), (_, losses) -> next.add(losses.loss())).last();
        assertThat(last).containsExactly(expected);
        // That of y = x / 4 + 20 is the first one looked at.
        double loss = Arrays.stream(inputs).map(x -> Math.pow(x / 4 + 20 - 2 * x - 3, 2)).sum() / inputs.length;
        assertThat(next.getFirst()).isCloseTo(loss, within(1e-6 * loss));
    }

    /** By the normal equations of four points: 2.15 and 1.05 times the scale. */
    @ParameterizedTest
    @ValueSource(doubles = {1e15, 1e16, 1e17, 1e20, 1e60, 1e150})
    void newtonFitsParametersOfAnySize(double scale) {
        var line = new Samples(List.of("x"), List.of("y"), new double[] {-1, 0, 1, 2},
                new double[] {-scale, scale, 3 * scale, 5.5 * scale});
        double[] found = train(network("{\"a\": {\"initial\": %s}, \"b\": {\"initial\": 0}}".formatted(scale / 2), "a * x + b"), line,
                Loss.MSE, NewtonSettings.DEFAULT, new double[] {scale / 2, 0}).last();
        assertThat(found[0] / scale).isCloseTo(2.15, within(1e-9));
        assertThat(found[1] / scale).isCloseTo(1.05, within(1e-9));
    }

    /** A law of Arrhenius: a rate of 1e13, an energy of 9e4 and targets of 1e-3 to 1e5, with columns 1e10 apart from each other. */
    @ParameterizedTest
    @EnumSource(Space.class)
    void gaussNewtonFindsCoefficientsOfVeryDifferentSize(Space space) {
        double[] temperatures = IntStream.rangeClosed(0, 24).mapToDouble(i -> 300 + 12.5 * i).toArray();
        var rates = new Samples(List.of("x"), List.of("y"), temperatures,
                Arrays.stream(temperatures).map(t -> 1e13 * Math.exp(-9e4 / (8.314 * t))).toArray());
        for (String bounds : List.of("", ", \"min\": 0, \"max\": 1e20")) {
            double[] found = train(network("{\"a\": {\"initial\": 3e13%s}, \"e\": {\"initial\": 9.9e4%s}}".formatted(bounds, bounds),
                    "a * exp(-e / (8.314 * x))"), rates, Loss.MSE, new GaussNewtonSettings(1e-3, space, 0, 1e-14),
                    new double[] {3e13, 9.9e4}).last();
            assertThat(found[0] / 1e13).isCloseTo(1, within(1e-9));
            assertThat(found[1] / 9e4).isCloseTo(1, within(1e-9));
        }
    }

    /** c0 x + c1 (1 - x) with c0 of the size of 1e-9 and c1 of 1e9 beside what they are multiplied with; both are known. */
    @ParameterizedTest
    @EnumSource(Space.class)
    void gaussNewtonSolvesLinearEquationsWhateverTheirUnits(Space space) {
        double[] inputs = random.doubles(POINTS).toArray();
        double[] truth = {random.nextDouble(1, 2), random.nextDouble(1, 2)};
        var line = new Samples(List.of("x"), List.of("y"), inputs,
                Arrays.stream(inputs).map(x -> truth[0] * x + truth[1] * (1 - x)).toArray());
        TrainingResult result = train(network("{\"a\": {\"initial\": 0}, \"b\": {\"initial\": 0}}", "1e9 * a * x + 1e-9 * b * (1 - x)"),
                line, Loss.MSE, new GaussNewtonSettings(1e-3, space, 0, 0), new double[2]);
        assertThat(result.last()[0] * 1e9).as("seed %d", seed).isCloseTo(truth[0], within(1e-9));
        assertThat(result.last()[1] * 1e-9).as("seed %d", seed).isCloseTo(truth[1], within(1e-9));
    }

    /** A step that is cut at k = 0 ends where nothing changes with k, and 1 e^(-0.64 x) is far away. From anywhere, it is found. */
    @Test
    void whatEntersSquaredDoesNotStayOnABoundOfZero() {
        double[] inputs = IntStream.rangeClosed(0, 24).mapToDouble(i -> i / 8.0).toArray();
        var decay = new Samples(List.of("x"), List.of("y"), inputs, Arrays.stream(inputs).map(x -> Math.exp(-0.64 * x)).toArray());
        Network network = network("{\"a\": {\"initial\": 1}, \"k\": {\"initial\": 1, \"min\": 0}}", "a * exp(-k^2 * x)");
        for (int round = 0; round < 40; round++) {
            double[] start = round == 0 ? new double[] {1.236, 2.129} : new double[] {random.nextDouble(0.3, 2), random.nextDouble(0.05, 2.5)};
            double[] found = train(network, decay, Loss.MSE, GaussNewtonSettings.DEFAULT, start).last();
            assertThat(found).as("from %s, seed %d", Arrays.toString(start), seed).containsExactly(new double[] {1, 0.8}, within(1e-6));
        }
    }

    /** Where no slope tells a way, where what one coefficient gains the other would lose, and where only tiny ones gain. */
    @ParameterizedTest
    @ValueSource(strings = {"a^2 * x", "a^2 * x - c^2 * x + b", "a^2 * x - 100 * c^2 * x + b", "1e16 * a^2 * x + b",
        "a^2 * exp(-x) + c^2 * x + b^2"})
    void whatEntersSquaredLeavesABoundThatItBeginsOn(String output) {
        double[] inputs = IntStream.rangeClosed(1, 10).asDoubleStream().toArray();
        var line = new Samples(List.of("x"), List.of("y"), inputs, Arrays.stream(inputs).map(x -> 4 * x).toArray());
        Network network = network("{\"a\": {\"initial\": 0, \"min\": 0}, \"b\": {\"initial\": 0}, \"c\": {\"initial\": 0, \"min\": 0}}", output);
        assertThat(train(network, line, Loss.MSE, GaussNewtonSettings.DEFAULT, new double[3]).loss()).isLessThan(1e-10);
    }

    /** Where nothing is lower than at k = 0, it is come to. */
    @Test
    void whatEntersSquaredComesToABoundThatIsLowest() {
        var rising = new Samples(List.of("x"), List.of("y"), new double[] {0, 1, 2}, new double[] {1, 2, 3});
        double[] found = train(network("{\"a\": {\"initial\": 1}, \"k\": {\"initial\": 1, \"min\": 0}}", "a * exp(-k^2 * x)"), rising,
                Loss.MSE, GaussNewtonSettings.DEFAULT, new double[] {1, 1}).last();
        assertThat(found).containsExactly(new double[] {2, 0}, within(1e-6));
    }

    /** The middle of 0 and 5e-324 rounds to 0, and so does half of what is between them. */
    @Test
    void boundsMayBeNeighbours() {
        double[] inputs = {-1, 0, 1};
        var line = new Samples(List.of("x"), List.of("y"), inputs, new double[] {1, 2, 3});
        Network network = network("{\"a\": {\"initial\": 0}, \"b\": {\"initial\": 0, \"min\": 0, \"max\": 5e-324}}", "a + b * x");
        for (OptimizerSettings optimizer : List.of(GaussNewtonSettings.DEFAULT, NewtonSettings.DEFAULT, LbfgsSettings.DEFAULT,
                SelfScaledBroydenSettings.DEFAULT)) {
            double[] found = train(network, line, Loss.MSE, optimizer, new double[2]).last();
            assertThat(found).containsExactly(new double[] {2, 0}, within(1e-9));
        }
    }

    private static String stop(String equation, OptimizerSettings optimizer) {
        Objective loss = DocumentReader.trusted("{\"terms\": [{\"equation\": \"%s\", \"loss\": \"none\"}]}".formatted(equation),
                EquationLoss.class);
        var one = new Samples(List.of("x"), List.of("y"), new double[] {0}, new double[] {0});
        return new Trainer(network("{\"a\": {\"initial\": 1}, \"b\": {\"initial\": 0.1}}", "a * x + b"), one,
                settings(loss, optimizer, 2000), new KernelEngine()).train(new double[] {1, 0.1}, TrainingProgress.IGNORED).stop()
                .orElseThrow().reason();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x - a", "-a^2 - b^2", "-exp(a)", "sin(a) * b + b"})
    void whatFallsForEverIsToldFromWhereNoStepWasFound(String equation) {
        assertThat(stop(equation + " - b", NewtonSettings.DEFAULT)).startsWith("the loss seems to have no minimum");
    }

    @Test
    void noStepIsSaidOfThoseThatWereTriedOnly() {
        for (OptimizerSettings optimizer : List.of(new NewtonSettings(1, 100, 0), new LbfgsSettings(10, 0),
                new SelfScaledBroydenSettings(0))) {
            assertThat(stop("(a - 0.3)^2 + (b - 0.7)^4 + sqrt(1 + (a - b)^2)", optimizer))
                    .isEqualTo("no step that was tried lowers the loss");
        }
    }
}
