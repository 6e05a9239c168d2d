package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.network.Architectures;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.GeneralizedHamiltonian;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.TwiceDifferentiableFunction;
import dev.nabla.program.Engine;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Hessian of the loss makes of a vector, against differences of the gradient that trainings by gradients have. */
class NewtonMethodTest {

    private static final String EQUATIONS = """
            {"inputs": ["x"], "architecture": {"type": "equations",
             "parts": {"N": {"inputs": 1, "layers": [{"units": 5}, {"units": 1, "activation": "identity"}]}},
             "coefficients": {"a": {"initial": 0.5, "min": 0.4}, "b": {"initial": [1, -1], "min": -2, "max": 1.5},
                              "c": {"initial": 3}},
             "outputs": {"u": "a * N(x) + b[1] * x + b[2] + 0.1 * c * x^2", "v": "c * x - N(x)"}}}""";
    private static final String PLAIN = """
            {"inputs": ["x", "y"], "outputs": ["u", "v", "w"],
             "layers": [{"units": 4}, {"units": 3, "activation": "swish"}, {"units": 3, "activation": "identity"}]}""";
    private static final List<Engine> ENGINES = List.of(new KernelEngine(), new Nd4jEngine());

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    private static Network network(String json) {
        return Network.of(DocumentReader.trusted(json, NetworkDocument.class).definition());
    }

    private static Objective terms(String terms) {
        return DocumentReader.trusted("{\"terms\": " + terms + "}", EquationLoss.class);
    }

    private Samples samples(List<String> inputs, List<String> targets, int rows) {
        return new Samples(inputs, targets, random.doubles((long) rows * inputs.size(), -0.5, 0.5).toArray(),
                random.doubles((long) rows * targets.size(), 0.1, 1).toArray());
    }

    private static TrainingSettings settings(Objective loss, int epochs, NewtonSettings optimizer, List<String> freeze) {
        return new TrainingSettings(loss, epochs, Integer.MAX_VALUE, false, 1, optimizer, OptionalDouble.empty(),
                OptionalDouble.empty(), Optional.empty(), List.of(), freeze, Map.of(), Precision.DOUBLE);
    }

    private static NewtonMethod method(Network network, Samples samples, Objective loss, List<String> freeze, Engine engine) {
        var step = new TrainingStep(network, loss.parts(network, samples, Map.of()),
                settings(loss, 1, NewtonSettings.DEFAULT, freeze), engine);
        step.startEpoch(0);
        return new NewtonMethod(network, NewtonSettings.DEFAULT, step, engine, new Cancellation(TrainingProgress.IGNORED));
    }

    private double[] point(Network network) {
        return Arrays.stream(GlorotUniform.parameters(network.parameters(), 1))
                .map(parameter -> parameter + random.nextDouble(0.01, 0.1)).toArray();
    }

    private static double[] moved(double[] point, double factor, double[] direction) {
        return IntStream.range(0, point.length).mapToDouble(i -> point[i] + factor * direction[i]).toArray();
    }

    private static double norm(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    }

    /** By differences of fourth order, over parts of a direction of length 1. */
    private static double[] differences(TwiceDifferentiableFunction function, double[] point, double[] vector, double part) {
        double h = part / norm(vector);
        double[] weights = {1.0 / 12, -8.0 / 12, 8.0 / 12, -1.0 / 12};
        double[] sum = new double[point.length];
        for (int k = 0; k < 4; k++) {
            double[] gradient = new double[point.length];
            function.at(moved(point, h * (k < 2 ? k - 2 : k - 1), vector), gradient);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[k] * gradient[i] / h;
            }
        }
        return sum;
    }

    private void assertIsOfGradient(Network network, Samples samples, Objective loss, List<String> freeze) {
        double[] point = point(network);
        double[] vector = random.doubles(point.length, -1, 1).toArray();
        TrainedParameters trained = TrainedParameters.of(network.parameters(), settings(loss, 1, NewtonSettings.DEFAULT, freeze));
        double[] frozen = vector.clone();
        for (int entry : trained.entries()) {
            frozen[entry] = 0;
        }
        double[] direction = moved(vector, -1, frozen);
        for (Engine engine : ENGINES) {
            NewtonMethod function = method(network, samples, loss, freeze, engine);
            double[] product = new double[point.length];
            function.hessian(point).times(direction, product);
            double[] expected = differences(function, point, direction, 5e-4);
            // How far differences are off, where a function is steep, is seen by those over twice as much.
            double fault = norm(moved(expected, -1, differences(function, point, direction, 1e-3)));
            assertThat(product).as("%s, %s, seed %d", loss, engine.name(), seed)
                    .containsExactly(expected, within(1e-7 * (1 + norm(expected)) + fault));
            for (int i = 0; i < product.length; i++) {
                if (frozen[i] != 0) {
                    assertThat(product[i]).isZero();
                }
            }
        }
    }

    static Stream<Architecture> architectures() {
        return Architectures.all().stream();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void ofEveryArchitecture(Architecture architecture) {
        Network network = Architectures.network(architecture, architecture instanceof GeneralizedHamiltonian ? 4 : 2);
        Samples samples = samples(network.definition().inputs(), network.definition().outputs(), 150);
        assertIsOfGradient(network, samples, Loss.MSE, List.of());
        assertIsOfGradient(network, samples, Loss.RELATIVE_L2, List.of());
        if (network.field().isPresent()) {
            assertIsOfGradient(network, samples(network.definition().inputs(), Loss.HAMILTONIAN.targetNames(network), 7),
                    Loss.HAMILTONIAN, List.of());
        }
    }

    /** Where no sample is at the kink of |r| or the seam of Huber's function. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void ofEveryNamedLoss(Loss loss) {
        Network network = loss == Loss.HAMILTONIAN
                ? Architectures.network(Architectures.all().get(1), 2) : network(PLAIN);
        Samples drawn = samples(network.definition().inputs(), loss.targetNames(network), 9);
        double[] targets = drawn.targets().clone();
        for (int row = 0; loss == Loss.CROSS_ENTROPY && row < 9; row++) {
            double sum = targets[3 * row] + targets[3 * row + 1] + targets[3 * row + 2];
            for (int i = 3 * row; i < 3 * row + 3; i++) {
                targets[i] /= sum;
            }
        }
        for (int i = 0; (loss == Loss.MAE || loss == Loss.HUBER) && i < targets.length; i++) {
            targets[i] += i % 2 == 0 ? 3 : -3;
        }
        assertIsOfGradient(network, new Samples(drawn.inputNames(), drawn.targetNames(), drawn.inputs(), targets), loss, List.of());
    }

    @Test
    void ofTermsOfSeveralDatasetsAndWhatIsFrozen() {
        Objective loss = terms("""
                [{"equation": "outputs - targets", "weight": 3, "sampleWeight": "1 + x^2"},
                 {"equation": "[D(outputs.u, x), outputs.v, 2]", "weight": 0.1, "loss": {"huber": 0.01}},
                 {"equation": "exp(outputs.u) + D(outputs.v, x)^4", "loss": "none"},
                 {"equation": "D(outputs.u, x, x) + u", "sampleWeight": "abs(x)",
                  "sample": {"points": 1100, "method": "sobol", "ranges": {"x": [-1, 1]}}}]""");
        Samples samples = samples(List.of("x"), List.of("u", "v"), 11);
        assertIsOfGradient(network(EQUATIONS), samples, loss, List.of());
        assertIsOfGradient(network(EQUATIONS), samples, loss, List.of("N.L1.W", "c"));
    }

    /** Symmetric, which products by one vector at a time do not show of themselves. */
    @Test
    void theHessianIsSymmetric() {
        Network network = network(PLAIN);
        NewtonMethod function = method(network, samples(List.of("x", "y"), List.of("u", "v", "w"), 40), Loss.HUBER, List.of(),
                new KernelEngine());
        double[] point = point(network);
        double[][] matrix = new double[point.length][point.length];
        for (int i = 0; i < point.length; i++) {
            double[] unit = new double[point.length];
            unit[i] = 1;
            function.hessian(point).times(unit, matrix[i]);
        }
        for (int i = 0; i < point.length; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(matrix[i][j]).as("seed %d", seed).isCloseTo(matrix[j][i], within(1e-13));
            }
        }
    }

    /** Linear regression by the mean of squares has a quadratic for its loss: two steps, of which the second takes what the first left. */
    @Test
    void linearRegressionEndsAfterAFewIterations() {
        Network network = network("""
                {"inputs": ["x", "y"], "outputs": ["u"], "layers": [{"type": "affine", "units": 1}]}""");
        Samples drawn = samples(List.of("x", "y"), List.of("u"), 50);
        for (Engine engine : ENGINES) {
            TrainingResult result = new Trainer(network, drawn, settings(Loss.MSE, 100, new NewtonSettings(10, 100, 1e-12), List.of()),
                    engine).train(new double[] {3, -4, 1}, TrainingProgress.IGNORED);
            assertThat(result.stop().orElseThrow().reason()).isEqualTo("the gradient is as good as zero");
            assertThat(result.stop().orElseThrow().epoch()).isLessThan(8);
        }
    }

    @Test
    void theParametersAreTheSameToTheLastBitOnAnyNumberOfProcessors() {
        Network network = network(PLAIN);
        Samples drawn = samples(List.of("x", "y"), List.of("u", "v", "w"), 3_000);
        double[] start = point(network);
        var engine = new KernelEngine();
        var trained = new double[2][];
        try {
            for (int lent = 0; lent < 2; lent++) {
                engine.lend(lent);
                trained[lent] = new Trainer(network, drawn, settings(Loss.HUBER, 5, NewtonSettings.DEFAULT, List.of()), engine)
                        .train(start, TrainingProgress.IGNORED).last();
            }
        } finally {
            engine.lend(Integer.MAX_VALUE);
        }
        assertThat(trained[1]).containsExactly(trained[0]);
    }

    /** u^1.5 has the slope 0 at 0 and a second derivative that is infinite; with W = 0 and b = 0 all samples are there. */
    @Test
    void aSecondDerivativeThatIsNotFiniteEndsTheTraining() {
        Network network = network("{\"inputs\": [\"x\"], \"outputs\": [\"u\"], \"layers\": [{\"type\": \"affine\", \"units\": 1}]}");
        Objective loss = terms("[{\"equation\": \"outputs.u^1.5 - outputs.u\", \"loss\": \"none\"}]");
        assertThatThrownBy(() -> new Trainer(network, samples(List.of("x"), List.of("t"), 3),
                settings(loss, 3, NewtonSettings.DEFAULT, List.of()), new KernelEngine())
                .train(new double[] {0, 0}, TrainingProgress.IGNORED))
                .isInstanceOf(DivergedException.class)
                .hasMessageStartingWith("a second derivative of the loss is not finite in epoch 1; try a smaller trustRadius than 1.0");
    }

    @Test
    void endsWhereverItIsCancelledWithAPointThatIsFinite() {
        Network network = network(PLAIN);
        Samples drawn = samples(List.of("x", "y"), List.of("u", "v", "w"), 30);
        double[] start = point(network);
        for (int asked = 1; asked < 60; asked++) {
            int most = asked;
            TrainingResult result = new Trainer(network, drawn, settings(Loss.MSE, 1000, new NewtonSettings(1, 100, 0), List.of()),
                    new KernelEngine()).train(start, new TrainingProgress() {
                        private int times;

                        @Override
                        public void epochFinished(int epoch, EpochLosses losses) {}

                        @Override
                        public boolean isCancelled() {
                            return ++times > most;
                        }
                    });
            assertThat(result.cancelled()).isTrue();
            assertThat(Arrays.stream(result.last()).allMatch(Double::isFinite)).isTrue();
        }
    }

    @Test
    void variablesWithinBoundsAreThoseOfTheOtherMethods() {
        Network network = network(EQUATIONS);
        Samples drawn = samples(List.of("x"), List.of("u", "v"), 11);
        TrainingResult result = new Trainer(network, drawn, settings(Loss.MSE, 60, NewtonSettings.DEFAULT, List.of()), new KernelEngine())
                .train(GlorotUniform.parameters(network.parameters(), 1), TrainingProgress.IGNORED);
        double[] last = result.last();
        int coefficients = last.length - 4;
        assertThat(last[coefficients]).isGreaterThanOrEqualTo(0.4);
        assertThat(last[coefficients + 1]).isBetween(-2.0, 1.5);
        assertThat(last[coefficients + 2]).isBetween(-2.0, 1.5);
    }
}
