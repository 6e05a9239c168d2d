package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.Objective;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.program.Engine;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.inverse.InvertMatrix;

/** Standard deviations are those of linear regression in closed form, and of nonlinear one those of many refits. */
class PosteriorTest {

    private static final Network LINE = network("""
            {"inputs": ["x"], "architecture": {"type": "equations", "coefficients": {"a": {"initial": 1}, "b": {"initial": 0}},
             "outputs": {"y": "a * x + b"}}}""");
    private static final Network DECAY = network("""
            {"inputs": ["t"], "architecture": {"type": "equations", "coefficients": {"a": {"initial": 1}, "k": {"initial": 1}},
             "outputs": {"u": "a * exp(-k * t)"}}}""");
    private static final List<Engine> ENGINES = List.of(new KernelEngine(), new Nd4jEngine());

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private static Network network(String json) {
        return Network.of(DocumentReader.trusted(json, NetworkDocument.class).definition());
    }

    private static Objective terms(String terms) {
        return DocumentReader.trusted("{\"terms\": " + terms + "}", EquationLoss.class);
    }

    private static TrainingSettings settings(Objective loss, int epochs) {
        return new TrainingSettings(loss, epochs, Integer.MAX_VALUE, false, 1, GaussNewtonSettings.DEFAULT);
    }

    private static Samples samples(Network network, double[] x, double[] y) {
        return new Samples(network.definition().inputs(), network.definition().outputs(), x, y);
    }

    private static double[] trained(Network network, Samples samples, TrainingSettings settings) {
        return new Trainer(network, samples, settings, ENGINES.getFirst())
                .train(GlorotUniform.parameters(network.parameters(), 1), TrainingProgress.IGNORED).parameters();
    }

    private static Posterior posterior(Network network, Samples samples, TrainingSettings settings, double[] parameters,
            Engine engine) {
        return Posterior.of(network, MatchedSamples.of(network, settings.loss(), Optional.of(samples), Map.of()), settings, parameters,
                engine, () -> false);
    }

    private double[] points(int count, double from, double to) {
        return IntStream.range(0, count).mapToDouble(i -> from + (to - from) * (i + random.nextDouble()) / count).toArray();
    }

    private double[] noisy(double[] x, DoubleUnaryOperator function, double noise) {
        return Arrays.stream(x).map(at -> function.applyAsDouble(at) + noise * random.nextGaussian()).toArray();
    }

    private static INDArray columns(double[]... columns) {
        return Nd4j.createFromArray(columns).transpose();
    }

    private static double form(INDArray matrix, double... vector) {
        INDArray v = Nd4j.createFromArray(new double[][] {vector});
        return Math.sqrt(v.mmul(matrix).mmul(v.transpose()).getDouble(0));
    }

    /** s² (XᵀWX)⁻¹ with s² = Σ w r² / (m − 2). */
    @Test
    void thoseOfARegressionLineAreItsStandardErrors() {
        double[] x = points(40, -1, 3);
        double[] y = noisy(x, at -> 2 * at - 1, 0.3);
        Samples samples = samples(LINE, x, y);
        for (boolean isWeighted : new boolean[] {false, true}) {
            double[] w = Arrays.stream(x).map(at -> isWeighted ? 1 + at * at : 1).toArray();
            TrainingSettings settings = settings(isWeighted
                    ? terms("[{\"equation\": \"outputs.y - targets.y\", \"sampleWeight\": \"1 + x^2\", \"weight\": 7}]") : Loss.MSE, 50);
            double[] found = trained(LINE, samples, settings);
            INDArray design = columns(x, Arrays.stream(x).map(_ -> 1).toArray());
            INDArray weighted = design.transpose().mmul(Nd4j.diag(Nd4j.createFromArray(w)));
            double squares = IntStream.range(0, x.length).mapToDouble(i -> w[i] * Math.pow(found[0] * x[i] + found[1] - y[i], 2)).sum();
            INDArray covariance = InvertMatrix.invert(weighted.mmul(design), false).mul(squares / (x.length - 2));
            for (Engine engine : ENGINES) {
                try (Posterior posterior = posterior(LINE, samples, settings, found, engine)) {
                    String what = "%s, weighted: %s, seed %d".formatted(engine.name(), isWeighted, seed);
                    assertThat(posterior.ofParameters(new int[] {0, 1})).as(what)
                            .containsExactly(new double[] {form(covariance, 1, 0), form(covariance, 0, 1)}, within(1e-9));
                    double[][] outputs = posterior.ofOutputs(new double[][] {{-5}, {0.7}, {20}});
                    assertThat(outputs[0][0]).as(what).isCloseTo(form(covariance, -5, 1), within(1e-8));
                    assertThat(outputs[1][0]).as(what).isCloseTo(form(covariance, 0.7, 1), within(1e-8));
                    assertThat(outputs[2][0]).as(what).isCloseTo(form(covariance, 20, 1), within(1e-8));
                }
            }
        }
    }

    /**
     * (XᵀX / s² + P)⁻¹, where s² (m − tr(XᵀX (XᵀX + s² P)⁻¹)) is the sum of squares (Bishop 2006, sections 3.3 and 3.5) and P
     * has the reciprocals of the squares of weights above 1.
     */
    @ParameterizedTest
    @CsvSource({"0.5, -1, 0.7", "40, -3, 20"})
    void thoseOfAnAffineLayerAreThoseOfBayesianRegression(double slope, double start, double noise) {
        Network affine = network("{\"inputs\": [\"x\"], \"outputs\": [\"y\"], \"layers\": [{\"type\": \"affine\", \"units\": 1}]}");
        double[] x = points(12, 0, 1);
        double[] y = noisy(x, at -> slope * at + start, noise);
        Samples samples = samples(affine, x, y);
        TrainingSettings settings = settings(Loss.MSE, 60);
        double[] found = trained(affine, samples, settings);
        int weight = affine.parameters().parameters().getFirst().path().endsWith("W") ? 0 : 1;
        double squares = IntStream.range(0, x.length)
                .mapToDouble(i -> Math.pow(found[weight] * x[i] + found[1 - weight] - y[i], 2)).sum();
        INDArray design = columns(x, Arrays.stream(x).map(_ -> 1).toArray());
        INDArray gram = design.transpose().mmul(design);
        INDArray prior = Nd4j.diag(Nd4j.createFromArray(1 / Math.max(1, Math.pow(found[weight], 2)),
                1 / Math.max(1, Math.pow(found[1 - weight], 2))));
        try (Posterior posterior = posterior(affine, samples, settings, found, ENGINES.getFirst())) {
            double variance = Math.pow(posterior.noise()[0], 2) * x.length;
            INDArray covariance = InvertMatrix.invert(gram.div(variance).add(prior), false);
            double effective = gram.div(variance).mmul(covariance).getDouble(0, 0) + gram.div(variance).mmul(covariance).getDouble(1, 1);
            assertThat(variance).as("seed %d", seed).isCloseTo(squares / (x.length - effective), within(1e-3 * variance));
            assertThat(effective).isLessThan(1.99);
            assertThat(posterior.ofParameters(new int[] {weight, 1 - weight})).as("seed %d", seed)
                    .containsExactly(new double[] {form(covariance, 1, 0), form(covariance, 0, 1)}, within(1e-9 * noise));
            assertThat(posterior.ofOutputs(new double[][] {{3}})[0][0]).as("seed %d", seed)
                    .isCloseTo(form(covariance, 3, 1), within(1e-9 * noise));
        }
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }

    @Test
    void thoseOfADecayAreAsItsRefitsVary() {
        double[] t = points(50, 0, 3);
        int refits = 200;
        double[][] found = new double[2][refits];
        double[][] told = new double[2][refits];
        TrainingSettings settings = settings(Loss.MSE, 30);
        for (int i = 0; i < refits; i++) {
            Samples samples = samples(DECAY, t, noisy(t, at -> 2 * Math.exp(-0.8 * at), 0.1));
            double[] parameters = trained(DECAY, samples, settings);
            try (Posterior posterior = posterior(DECAY, samples, settings, parameters, ENGINES.getFirst())) {
                double[] deviations = posterior.ofParameters(new int[] {0, 1});
                for (int k = 0; k < 2; k++) {
                    found[k][i] = parameters[k];
                    told[k][i] = deviations[k];
                }
            }
        }
        for (int k = 0; k < 2; k++) {
            assertThat(Arrays.stream(told[k]).average().orElseThrow() / deviation(found[k])).as("parameter %d, seed %d", k, seed)
                    .isBetween(0.8, 1.25);
        }
    }

    private static Network physics() {
        return network("""
                {"inputs": ["t"], "architecture": {"type": "equations",
                 "parts": {"N": {"inputs": 1, "layers": [{"units": 8}, {"units": 1, "activation": "identity"}]}},
                 "coefficients": {"k": {"initial": 1}}, "outputs": {"u": "N(t)"}}}""");
    }

    private static int k(Network network) {
        int[] place = {-1};
        Coefficients.of(network.parameters()).in(i -> place[0] = i);
        return place[0];
    }

    /** The rate of a decay whose equation is known and which is measured, by a network, is known as well as by its solution. */
    @Test
    void thousandsOfPointsOfAnEquationDoNotHideTheNoiseOfMeasurements() {
        Network network = physics();
        double[] t = points(60, 0, 2);
        double[] u = noisy(t, at -> 2 * Math.exp(-0.8 * at), 0.05);
        Samples measured = samples(DECAY, t, u);
        TrainingSettings direct = settings(Loss.MSE, 50);
        double exact;
        try (Posterior posterior = posterior(DECAY, measured, direct, trained(DECAY, measured, direct), ENGINES.getFirst())) {
            exact = posterior.ofParameters(new int[] {1})[0];
        }
        for (int points : new int[] {40, 400, 2000}) {
            TrainingSettings settings = settings(terms("""
                    [{"equation": "outputs.u - targets.u"}, {"equation": "D(u, t) + k * u", "weight": 100,
                      "sample": {"points": %d, "method": "sobol", "ranges": {"t": [0, 2]}}}]""".formatted(points)), 400);
            double[] parameters = trained(network, measured, settings);
            try (Posterior posterior = posterior(network, measured, settings, parameters, ENGINES.getFirst())) {
                assertThat(posterior.ofParameters(new int[] {k(network)})[0] / exact).as("%d points, seed %d", points, seed)
                        .isBetween(0.9, 1.1);
            }
        }
    }

    @Test
    void ofANetworkTheyGrowOutsideOfItsData() {
        Network network = network("""
                {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 6}, {"units": 1, "activation": "identity"}]}""");
        double[] x = points(60, -1, 1);
        Samples samples = samples(network, x, noisy(x, at -> Math.sin(3 * at), 0.1));
        TrainingSettings settings = settings(Loss.MSE, 300);
        double[] parameters = trained(network, samples, settings);
        double[][][] found = new double[2][][];
        for (int i = 0; i < 2; i++) {
            try (Posterior posterior = posterior(network, samples, settings, parameters, ENGINES.get(i))) {
                found[i] = posterior.ofOutputs(IntStream.range(0, 5000).mapToObj(k -> new double[] {k / 1000.0}).toArray(double[][]::new));
                assertThat(posterior.noise()[0] * Math.sqrt(60)).as("seed %d", seed).isBetween(0.05, 0.16);
            }
        }
        assertThat(found[0][500][0]).as("seed %d", seed).isLessThan(0.3);
        double outside = Arrays.stream(found[0]).skip(1000).mapToDouble(ofPoint -> ofPoint[0]).max().orElseThrow();
        assertThat(outside).as("seed %d", seed).isGreaterThan(1.2 * found[0][500][0]);
        for (int k = 0; k < 5000; k += 77) {
            assertThat(found[1][k][0]).as("seed %d", seed).isCloseTo(found[0][k][0], within(1e-6 * found[0][k][0]));
        }
    }

    @Test
    void aCoefficientOnItsBoundHasNoneAndIsTakenAsKnown() {
        Network bounded = network("""
                {"inputs": ["x"], "architecture": {"type": "equations", "coefficients": {"a": {"initial": 1, "max": 1.5},
                 "b": {"initial": 0}}, "outputs": {"y": "a * x + b"}}}""");
        double[] x = points(40, -1, 3);
        double[] y = noisy(x, at -> 2 * at - 1, 0.3);
        TrainingSettings settings = settings(Loss.MSE, 100);
        double[] found = trained(bounded, samples(bounded, x, y), settings);
        assertThat(found[0]).isCloseTo(1.5, within(1e-9));
        double squares = IntStream.range(0, x.length).mapToDouble(i -> Math.pow(found[0] * x[i] + found[1] - y[i], 2)).sum();
        try (Posterior posterior = posterior(bounded, samples(bounded, x, y), settings, found, ENGINES.getFirst())) {
            double[] deviations = posterior.ofParameters(new int[] {0, 1});
            assertThat(deviations[0]).isNaN();
            double exact = Math.sqrt(squares / (x.length - 1) / x.length);
            assertThat(deviations[1]).as("seed %d", seed).isCloseTo(exact, within(1e-9));
            assertThat(posterior.ofOutputs(new double[][] {{7}})[0][0]).as("seed %d", seed).isCloseTo(exact, within(1e-9));
        }
    }

    /** A diffusivity of 5e-7 that must be positive is not 0, where the data tell it well. */
    @Test
    void aSmallCoefficientIsNotOnItsBound() {
        for (String bounds : List.of("", ", \"min\": 0", ", \"min\": 0, \"max\": 1", ", \"min\": 0, \"max\": 1e-3")) {
            Network small = network("""
                    {"inputs": ["x"], "architecture": {"type": "equations", "coefficients": {"a": {"initial": 1e-7%s},
                     "b": {"initial": 0}}, "outputs": {"y": "1e6 * a * x + b"}}}""".formatted(bounds));
            double[] x = points(40, -1, 3);
            double[] y = noisy(x, at -> 0.5 * at - 1, 0.05);
            TrainingSettings settings = settings(Loss.MSE, 100);
            double[] found = trained(small, samples(small, x, y), settings);
            double[] line = trained(LINE, samples(LINE, x, y), settings);
            try (Posterior scaled = posterior(small, samples(small, x, y), settings, found, ENGINES.getFirst());
                    Posterior plain = posterior(LINE, samples(LINE, x, y), settings, line, ENGINES.getFirst())) {
                double[] deviations = plain.ofParameters(new int[] {0, 1});
                assertThat(scaled.ofParameters(new int[] {0, 1})).as("%s, seed %d", bounds, seed)
                        .containsExactly(new double[] {1e-6 * deviations[0], deviations[1]}, within(1e-6 * deviations[1]));
                double outside = plain.ofOutputs(new double[][] {{5}})[0][0];
                assertThat(scaled.ofOutputs(new double[][] {{5}})[0][0]).as("%s, seed %d", bounds, seed)
                        .isCloseTo(outside, within(1e-6 * outside));
            }
        }
    }

    /** As what is as small as rounding beside what parameters of the size of 1 would contribute. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-11, 1e-12, 1e-20})
    void whatLearnedNothingTellsNothingHoweverSmallTheTargetsAre(double scale) {
        double[] x = points(40, 0, 1);
        double[] y = Arrays.stream(noisy(x, at -> 2 * at + 1, 0.1)).map(at -> scale * at).toArray();
        Samples samples = samples(LINE, x, y);
        try (Posterior posterior = posterior(LINE, samples, settings(Loss.MSE, 1), new double[2], ENGINES.getFirst())) {
            assertThat(posterior.ofParameters(new int[] {0, 1})).as("seed %d", seed).containsOnly(Double.NaN);
            assertThatThrownBy(() -> posterior.ofOutputs(new double[][] {{0.5}})).as("seed %d", seed)
                    .hasMessageContaining("from its most probable parameters");
        }
    }

    @Test
    void networksThatDecideAllButAFewOfTheirDataTellNothing() {
        Network network = network("""
                {"inputs": ["x"], "layers": [{"units": 6, "activation": "tanh"}, {"units": 1, "activation": "identity"}]}""");
        TrainingSettings settings = settings(Loss.MSE, 300);
        double[] x = points(9, -1, 1);
        Samples few = samples(network, x, noisy(x, at -> Math.sin(3 * at), 0.1));
        double[] found = trained(network, few, settings);
        assertThatThrownBy(() -> posterior(network, few, settings, found, ENGINES.getFirst())).as("seed %d", seed)
                .isInstanceOf(UndeterminedException.class).hasMessageContaining("residuals");
    }

    @Test
    void samplesWithoutWeightAreNoData() {
        double[] x = points(40, 0, 1);
        double[] y = noisy(x, at -> 2 * at + 1, 0.1);
        double[] few = Arrays.stream(x).filter(at -> at < 0.3).toArray();
        Samples ofFew = samples(LINE, few, Arrays.copyOf(y, few.length));
        TrainingSettings settings = settings(Loss.MSE, 50);
        double[] exact;
        try (Posterior posterior = posterior(LINE, ofFew, settings, trained(LINE, ofFew, settings), ENGINES.getFirst())) {
            exact = posterior.ofParameters(new int[] {0, 1});
        }
        Samples all = samples(LINE, x, y);
        for (String term : List.of("\"outputs.y - targets.y\", \"sampleWeight\": \"x < 0.3\"",
                "\"where(x < 0.3, outputs.y - targets.y, 0)\"", "\"(x < 0.3) * (outputs.y - targets.y)\"")) {
            TrainingSettings masked = settings(terms("[{\"equation\": " + term + "}]"), 50);
            try (Posterior posterior = posterior(LINE, all, masked, trained(LINE, all, masked), ENGINES.getFirst())) {
                assertThat(posterior.ofParameters(new int[] {0, 1})).as("%s, seed %d", term, seed)
                        .containsExactly(exact, within(1e-6));
            }
        }
    }

    @Test
    void rowsOfValidationAreNoData() {
        double[] x = points(40, 0, 1);
        Samples all = samples(LINE, x, noisy(x, at -> 2 * at + 1, 0.1));
        TrainingSettings validated = new TrainingSettings(Loss.MSE, 50, Integer.MAX_VALUE, false, 1, GaussNewtonSettings.DEFAULT,
                OptionalDouble.empty(), OptionalDouble.of(0.25), Optional.empty());
        Samples seen = all.rows(ValidationSplit.of(40, validated).training());
        assertThat(seen.size()).isEqualTo(30);
        double[] found = trained(LINE, seen, settings(Loss.MSE, 50));
        try (Posterior posterior = posterior(LINE, all, validated, found, ENGINES.getFirst());
                Posterior alone = posterior(LINE, seen, settings(Loss.MSE, 50), found, ENGINES.getFirst())) {
            assertThat(posterior.ofParameters(new int[] {0, 1})).as("seed %d", seed)
                    .containsExactly(alone.ofParameters(new int[] {0, 1}), within(1e-12));
        }
    }

    @Test
    void everyOutputHasNoiseOfItsOwn() {
        Network two = network("""
                {"inputs": ["x"], "architecture": {"type": "equations", "coefficients": {"a": {"initial": 1}, "b": {"initial": 0},
                 "c": {"initial": 1}, "d": {"initial": 0}}, "outputs": {"y": "a * x + b", "z": "c * x + d"}}}""");
        double[] x = points(40, -1, 3);
        double[] y = noisy(x, at -> 2 * at - 1, 0.01);
        double[] z = noisy(x, at -> 1 - at, 1);
        TrainingSettings settings = settings(Loss.MSE, 50);
        Samples both = samples(two, x, IntStream.range(0, 80).mapToDouble(i -> i % 2 == 0 ? y[i / 2] : z[i / 2]).toArray());
        try (Posterior posterior = posterior(two, both, settings, trained(two, both, settings), ENGINES.getFirst())) {
            double[] found = posterior.ofParameters(new int[] {0, 1, 2, 3});
            for (int k = 0; k < 2; k++) {
                Samples one = samples(LINE, x, k == 0 ? y : z);
                try (Posterior alone = posterior(LINE, one, settings, trained(LINE, one, settings), ENGINES.getFirst())) {
                    assertThat(Arrays.copyOfRange(found, 2 * k, 2 * k + 2)).as("seed %d", seed)
                            .containsExactly(alone.ofParameters(new int[] {0, 1}), within(1e-7));
                }
            }
        }
    }

    @Test
    void nothingIsToldFarFromTheMinimum() {
        double[] x = points(40, -1, 3);
        Samples samples = samples(LINE, x, noisy(x, at -> 2 * at - 1, 0.3));
        try (Posterior posterior = posterior(LINE, samples, settings(Loss.MSE, 1), new double[] {1, 0}, ENGINES.getFirst())) {
            assertThat(posterior.ofParameters(new int[] {0, 1})).containsOnly(Double.NaN);
            assertThatThrownBy(() -> posterior.ofOutputs(new double[][] {{0}})).isInstanceOf(UndeterminedException.class)
                    .hasMessageContaining("standard deviations from its most probable parameters");
        }
    }

    @Test
    void whatTheDataDoNotDecideIsRefused() {
        Samples two = samples(LINE, new double[] {0, 1}, new double[] {0.3, 1.7});
        assertThatThrownBy(() -> posterior(LINE, two, settings(Loss.MSE, 1), new double[] {1.4, 0.4}, ENGINES.getFirst()))
                .isInstanceOf(UndeterminedException.class).hasMessageContaining("tell nothing of noise");
        Objective ofOther = terms("[{\"equation\": \"a - 1.3\", \"sample\": {\"points\": 3, \"ranges\": {\"x\": [0, 1]}}}, "
                + "{\"equation\": \"outputs.y - targets.y\"}]");
        assertThatThrownBy(() -> posterior(LINE, samples(LINE, new double[] {0.5}, new double[] {1}), settings(ofOther, 1),
                new double[] {1.4, 0.4}, ENGINES.getFirst())).isInstanceOf(UndeterminedException.class)
                        .hasMessageContaining("all 1 residuals of term");
        Samples same = samples(LINE, new double[] {1, 1, 1}, new double[] {0, 1, 2});
        assertThatThrownBy(() -> posterior(LINE, same, settings(Loss.MSE, 1), new double[] {1, 0}, ENGINES.getFirst()))
                .isInstanceOf(UndeterminedException.class).hasMessageContaining("do not decide");
        assertThatThrownBy(() -> posterior(LINE, two, settings(Loss.MAE, 1), new double[] {1, 0}, ENGINES.getFirst()))
                .isInstanceOf(UndeterminedException.class).hasMessageContaining("no sum of squares");
    }
}
