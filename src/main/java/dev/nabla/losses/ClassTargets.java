package dev.nabla.losses;

import dev.nabla.datasets.Samples;
import java.util.Optional;

/** Targets that are probabilities: those of classes that exclude each other, which add up to 1, or each of its own. */
final class ClassTargets {

    /** What the sum of the probabilities of a sample may be off by, as where they were written with few digits. */
    private static final double TOLERANCE = 1e-5;

    private ClassTargets() {}

    /** What is wrong with the first sample with which something is, if there is one. */
    static Optional<String> problem(Samples samples, boolean exclusive) {
        int classes = samples.targetDimension();
        double[] targets = samples.targets();
        for (int row = 0; row < samples.size(); row++) {
            double sum = 0;
            for (int i = row * classes; i < (row + 1) * classes; i++) {
                if (!(targets[i] >= 0 && targets[i] <= 1)) {
                    return Optional.of("needs targets between 0 and 1, the probabilities of classes; row " + row + " has "
                            + targets[i]);
                }
                sum += targets[i];
            }
            if (exclusive && Math.abs(sum - 1) > TOLERANCE) {
                return Optional.of("needs targets that add up to 1, a column for each class with 1 in that of the sample's or "
                        + "their probabilities; those of row " + row + " add up to " + sum);
            }
        }
        return Optional.empty();
    }
}
