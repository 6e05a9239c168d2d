package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Work;
import java.util.Arrays;
import java.util.Optional;

/** Finds batches whose targets are all 0, for which a relative loss is undefined. */
public final class ZeroTargets {

    /** To shuffle it and look at it. */
    private static final double NANOS_OF_ROW = 20;

    private ZeroTargets() {}

    /** A batch that a training would meet: its epoch (from 1) and its rows (from 0, ascending). */
    public record Batch(int epoch, int[] rows) {}

    /** The first batch of a training with these settings whose targets are all 0; validation is one in epoch 1. */
    public static Optional<Batch> firstBatch(Samples samples, TrainingSettings settings) {
        ValidationSplit split = ValidationSplit.of(samples.size(), settings);
        int[] validation = split.validation();
        if (validation.length > 0 && Arrays.stream(validation).allMatch(row -> isZero(samples, row))) {
            return Optional.of(new Batch(1, validation));
        }
        return firstTrainingBatch(split.trainingRows(samples), settings).map(batch -> new Batch(batch.epoch(),
                Arrays.stream(batch.rows()).map(row -> split.training()[row]).toArray()));
    }

    private static Optional<Batch> firstTrainingBatch(Samples samples, TrainingSettings settings) {
        boolean[] isZero = new boolean[samples.size()];
        int zeros = 0;
        for (int row = 0; row < isZero.length; row++) {
            isZero[row] = isZero(samples, row);
            zeros += isZero[row] ? 1 : 0;
        }
        int last = samples.size() % settings.batchSize();
        int smallestBatch = last == 0 ? Math.min(settings.batchSize(), samples.size()) : last;
        if (zeros < smallestBatch) {
            return Optional.empty();
        }
        var order = new EpochOrder(samples.size(), settings.shuffle(), settings.seed());
        for (int epoch = 1; epoch <= (settings.shuffle() ? settings.epochs() : 1); epoch++) {
            Work.spend(NANOS_OF_ROW * samples.size());
            int[] ofEpoch = order.ofEpoch(epoch - 1);
            for (int from = 0; from < ofEpoch.length; from += settings.batchSize()) {
                int[] rows = Arrays.copyOfRange(ofEpoch, from, Math.min(from + settings.batchSize(), ofEpoch.length));
                if (Arrays.stream(rows).allMatch(row -> isZero[row])) {
                    Arrays.sort(rows);
                    return Optional.of(new Batch(epoch, rows));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isZero(Samples samples, int row) {
        int dimension = samples.targetDimension();
        for (int i = row * dimension; i < (row + 1) * dimension; i++) {
            if (samples.targets()[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
