package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossTerm;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.problems.Problem;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Metrics against their definitions, written down once more from the outputs of the trained network. */
class MetricsTest {

    private static final List<Metric> ALL = List.of(Metric.ACCURACY, Metric.R2, Metric.MAE);

    @Test
    void metricsAreThoseOfTheParametersAfterTheEpoch() {
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            for (int outputs : new int[] {1, 3}) {
                for (Loss loss : List.of(Loss.MSE, Loss.BINARY_CROSS_ENTROPY, Loss.CROSS_ENTROPY)) {
                    if (outputs > 1 || loss != Loss.CROSS_ENTROPY) {
                        assertMetrics(loss, outputs, OptionalDouble.empty(), new AdamSettings(0.01, 0.9, 0.999, 1e-8), engine);
                        assertMetrics(loss, outputs, OptionalDouble.of(0.25), new AdamSettings(0.01, 0.9, 0.999, 1e-8), engine);
                        assertMetrics(loss, outputs, OptionalDouble.empty(), LbfgsSettings.DEFAULT, engine);
                    }
                }
            }
        }
    }

    private static void assertMetrics(Loss loss, int outputs, OptionalDouble validation, OptimizerSettings optimizer,
            Engine engine) {
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"),
                NetworkDefinition.numbered("z", outputs), List.of(DenseLayer.of(4, Activation.TANH),
                        DenseLayer.of(outputs, Activation.IDENTITY))));
        Samples samples = samples(outputs, 1500);
        var settings = new TrainingSettings(loss, 2, 400, true, 5, optimizer, OptionalDouble.empty(), validation,
                Optional.empty(), ALL);
        var recorder = new Recorder();
        double[] last = new Trainer(network, samples, settings, engine)
                .train(GlorotUniform.parameters(network.parameters(), 1), recorder).last();
        int[] rows = validation.isPresent() ? ValidationSplit.of(samples.size(), settings).validation()
                : IntStream.range(0, samples.size()).toArray();
        double[][] predicted = outputs(network, samples, last);
        if (loss != Loss.MSE) {
            Arrays.setAll(predicted, row -> loss == Loss.CROSS_ENTROPY ? softmax(predicted[row])
                    : Arrays.stream(predicted[row]).map(z -> 1 / (1 + Math.exp(-z))).toArray());
        }
        double[] expected = {accuracy(loss, rows, predicted, samples), r2(rows, predicted, samples),
                Arrays.stream(rows).mapToDouble(row -> IntStream.range(0, outputs).mapToDouble(i ->
                        Math.abs(predicted[row][i] - samples.targets()[row * outputs + i])).sum()).sum() / rows.length / outputs};
        assertThat(recorder.epochs).hasSize(2);
        assertThat(recorder.epochs.getLast().metrics()).as("%s, %d outputs, %s", loss, outputs, engine.name())
                .containsExactly(expected, within(1e-12));
    }

    private static double r2(int[] rows, double[][] predicted, Samples samples) {
        int columns = samples.targetDimension();
        double errors = 0;
        double deviations = 0;
        for (int column = 0; column < columns; column++) {
            int c = column;
            double mean = Arrays.stream(rows).mapToDouble(row -> samples.targets()[row * columns + c]).average().orElseThrow();
            for (int row : rows) {
                double y = samples.targets()[row * columns + column];
                errors += Math.pow(y - predicted[row][column], 2);
                deviations += Math.pow(y - mean, 2);
            }
        }
        return 1 - errors / deviations;
    }

    private static double accuracy(Loss loss, int[] rows, double[][] predicted, Samples samples) {
        int columns = samples.targetDimension();
        boolean each = columns == 1 || loss == Loss.BINARY_CROSS_ENTROPY;
        double right = 0;
        for (int row : rows) {
            double[] y = Arrays.copyOfRange(samples.targets(), row * columns, (row + 1) * columns);
            right += each ? IntStream.range(0, columns).filter(i -> predicted[row][i] > 0.5 == y[i] > 0.5).count()
                    : largest(predicted[row]) == largest(y) ? 1 : 0;
        }
        return right / rows.length / (each ? columns : 1);
    }

    private static int largest(double[] values) {
        return IntStream.range(0, values.length).boxed().max((a, b) -> Double.compare(values[a], values[b])).orElseThrow();
    }

    private static double[] softmax(double[] z) {
        double sum = Arrays.stream(z).map(Math::exp).sum();
        return Arrays.stream(z).map(each -> Math.exp(each) / sum).toArray();
    }

    private static double[][] outputs(Network network, Samples samples, double[] parameters) {
        List<Symbol> symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(network.inputs());
        double[][] rows = IntStream.range(0, samples.size()).mapToObj(row -> Arrays.copyOfRange(samples.inputs(), 2 * row,
                2 * row + 2)).toArray(double[][]::new);
        return Evaluation.of(List.of(network.outputs()), symbols, new Nd4jEngine())
                .evaluate(network.parameters().split(parameters), Map.of(network.inputs(), rows), samples.size())[0];
    }

    /** Points in sectors of the plane, a class for each. */
    private static Samples samples(int outputs, int size) {
        double[] points = new Random(3).doubles(2L * size, -1, 1).toArray();
        double[] targets = new double[outputs * size];
        for (int row = 0; row < size; row++) {
            int sector = (int) ((Math.atan2(points[2 * row], points[2 * row + 1]) / Math.PI + 1) / 2 * 2.999);
            if (outputs == 1) {
                targets[row] = sector == 0 ? 1 : 0;
            } else {
                targets[row * outputs + sector] = 1;
            }
        }
        return new Samples(List.of("x", "y"), NetworkDefinition.numbered("z", outputs), points, targets);
    }

    @Test
    void metricsAreOfOutputsComparedWithTargetsThatDiffer() {
        assertThat(Metric.problems(List.of(Metric.R2), new EquationLoss(List.of(new LossTerm("u", Optional.empty(), 1)))))
                .extracting(Problem::pointer).containsExactly("");
        assertThat(Metric.problems(List.of(Metric.R2, Metric.MAE, Metric.R2), Loss.MSE)).extracting(Problem::pointer)
                .containsExactly("/2");
        assertThat(Metric.problems(List.of(Metric.R2, Metric.ACCURACY), Loss.HAMILTONIAN)).extracting(Problem::pointer)
                .containsExactly("/1");
        assertThat(Metric.problems(ALL, constant(0.1, 0.1, 0.1))).extracting(Problem::pointer).containsExactly("/1");
        assertThat(Metric.problems(ALL, constant(0.1, 0.1, 0.2))).isEmpty();
    }

    private static Samples constant(double... targets) {
        return new Samples(List.of("x"), List.of("y"), new double[targets.length], targets);
    }
}
