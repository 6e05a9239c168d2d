package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.MatchedSamples;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The rows of a dataset that are trained on, and those of validation, which are not. Which they are is a function of the
 * seed alone.
 *
 * @param training ascending, from 0
 * @param validation ascending, from 0; empty where there is no validation
 */
public record ValidationSplit(int[] training, int[] validation) {

    /** Sets the random numbers apart from those of the initial parameters, which have the same seed. */
    private static final long STREAM = 0x6A09E667F3BCC909L;

    public static ValidationSplit of(int samples, TrainingSettings settings) {
        int[] rows = IntStream.range(0, samples).toArray();
        if (settings.validationFraction().isEmpty()) {
            return new ValidationSplit(rows, new int[0]);
        }
        int validation = validationRows(samples, settings.validationFraction().getAsDouble());
        var random = new SplittableRandom(settings.seed() ^ STREAM);
        for (int i = 0; i < validation; i++) {
            int j = random.nextInt(i, samples);
            int chosen = rows[j];
            rows[j] = rows[i];
            rows[i] = chosen;
        }
        Arrays.sort(rows, 0, validation);
        Arrays.sort(rows, validation, samples);
        return new ValidationSplit(Arrays.copyOfRange(rows, validation, samples), Arrays.copyOf(rows, validation));
    }

    /** What is trained on of these samples. */
    Samples trainingRows(Samples samples) {
        return validation.length == 0 ? samples : samples.rows(training);
    }

    MatchedSamples trainingRows(MatchedSamples samples) {
        return samples.own().map(own -> samples.withOwn(trainingRows(own))).orElse(samples);
    }

    static ValidationSplit of(MatchedSamples samples, TrainingSettings settings) {
        return of(samples.own().map(Samples::size).orElse(0), settings);
    }

    /** The rows that metrics are of: those of validation where there are any, else all. */
    public Samples looked(Samples samples) {
        return validation.length == 0 ? samples : samples.rows(validation);
    }

    /** How many of the rows are for validation: the fraction of them, rounded. */
    public static int validationRows(int samples, double fraction) {
        return (int) Math.rint(samples * fraction);
    }
}
