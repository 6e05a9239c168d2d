package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.losses.Loss;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.architectures.Scaling.Fitted;
import dev.nabla.network.architectures.Scaling.MeanAndScale;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.program.engine.KernelEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Normalization that is fitted to what is trained on. */
class NormalizedTrainingTest {

    private static final int ROWS = 500;
    private static final int COLUMNS = 13;

    /** Columns of sizes from 0.005 to 700, as tables of house prices have them, and a target of them. */
    private static Samples houses() {
        var random = new Random(4);
        double[] inputs = new double[ROWS * COLUMNS];
        double[] targets = new double[ROWS];
        for (int s = 0; s < ROWS; s++) {
            double sum = 0;
            for (int i = 0; i < COLUMNS; i++) {
                double size = 0.005 * Math.pow(700 / 0.005, i / 12.0);
                double z = random.nextGaussian();
                inputs[s * COLUMNS + i] = size * (i % 3 + 0.5 * z);
                sum += Math.sin(i + 1) * z + (i == 3 ? z * z : 0);
            }
            targets[s] = 22 + 4 * sum + random.nextGaussian();
        }
        return new Samples(IntStream.range(0, COLUMNS).mapToObj(i -> "c" + i).toList(), List.of("price"), inputs, targets);
    }

    @Test
    void aTableOfAllSizesIsLearntAsWellAsItsZScores() {
        var settings = new TrainingSettings(Loss.MSE, 150, 32, true, 5, new AdamSettings(0.01, 0.9, 0.999, 1e-8),
                OptionalDouble.empty(), OptionalDouble.of(0.2), Optional.empty());
        Samples houses = houses();
        int[] rows = ValidationSplit.of(ROWS, settings).training();
        double[] inputs = houses.inputs().clone();
        for (int i = 0; i < COLUMNS; i++) {
            standardize(inputs, COLUMNS, i, rows);
        }
        double[] targets = houses.targets().clone();
        double scale = standardize(targets, 1, 0, rows);
        double byHand = validation(network(""), new Samples(houses.inputNames(), houses.targetNames(), inputs, targets), settings);
        double inside = validation(network(", \"normalization\": {\"inputs\": \"standard\", \"outputs\": \"standard\"}"), houses,
                settings);
        assertThat(byHand).isLessThan(0.2);
        assertThat(inside / (scale * scale)).isCloseTo(byHand, within(0.1 * byHand));
    }

    private static double validation(Network network, Samples samples, TrainingSettings settings) {
        var recorder = new Recorder();
        new Trainer(network, samples, settings, new KernelEngine()).train(FittedNormalization.initialParameters(network,
                Optional.of(samples), Map.of(), settings), recorder);
        return recorder.validationLosses.stream().min(Double::compare).orElseThrow();
    }

    private static double standardize(double[] table, int columns, int column, int[] rows) {
        double mean = Arrays.stream(rows).mapToDouble(row -> table[row * columns + column]).average().orElseThrow();
        double scale = Math.sqrt(Arrays.stream(rows).mapToDouble(row -> Math.pow(table[row * columns + column] - mean, 2)).average()
                .orElseThrow());
        for (int i = column; i < table.length; i += columns) {
            table[i] = (table[i] - mean) / scale;
        }
        return scale;
    }

    private static Network network(String normalization) {
        return Network.of(DocumentReader.trusted("{\"inputs\": [" + IntStream.range(0, COLUMNS).mapToObj(i -> "\"c" + i + "\"")
                .reduce((a, b) -> a + ", " + b).orElseThrow() + "], \"outputs\": [\"price\"], \"layers\": [{\"units\": 16}, "
                + "{\"units\": 1, \"activation\": \"identity\"}]" + normalization + "}", NetworkDocument.class).definition());
    }

    @Test
    void columnsAreToldAlsoWhereSquaresOverflow() {
        MeanAndScale standard = Column.of(new double[] {1, 2, 3, 6}).fitted(Fitted.STANDARD);
        assertThat(standard.mean()).isEqualTo(3);
        assertThat(standard.scale()).isCloseTo(Math.sqrt(3.5), within(1e-15));
        assertThat(Column.of(new double[] {1, 2, 3, 6}).fitted(Fitted.MIN_MAX)).isEqualTo(new MeanAndScale(3.5, 2.5));
        assertThat(Column.of(new double[] {0.1, 0.1, 0.1}).fitted(Fitted.STANDARD)).isEqualTo(new MeanAndScale(0.1, 1));
        assertThat(Column.of(new double[] {0.1, 0.1, 0.1}).fitted(Fitted.MIN_MAX)).isEqualTo(new MeanAndScale(0.1, 1));
        MeanAndScale huge = Column.of(new double[] {-1.5e308, 1.5e308}).fitted(Fitted.STANDARD);
        assertThat(huge).isEqualTo(new MeanAndScale(0, 1.5e308));
        MeanAndScale far = Column.of(new double[] {1e9, 1e9 + 1, 1e9 + 2}).fitted(Fitted.STANDARD);
        assertThat(far.mean()).isEqualTo(1e9 + 1);
        assertThat(far.scale()).isCloseTo(Math.sqrt(2.0 / 3), within(1e-15));
    }
}
