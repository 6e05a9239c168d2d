package dev.nabla.training;

/**
 * How a network is trained.
 *
 * @param epochs how often every sample is visited, at least 1
 * @param batchSize samples per step, at least 1; the last batch of an epoch may be smaller
 * @param shuffle whether each epoch visits the samples in an order of its own
 * @param seed decides the initial parameters and the orders
 */
public record TrainingSettings(Objective loss, int epochs, int batchSize, boolean shuffle, long seed,
        AdamSettings optimizer) {

    /** The steps of one epoch: 441 samples in batches of 10 are 45. */
    public int stepsPerEpoch(int samples) {
        return Math.ceilDiv(samples, batchSize);
    }
}
