package dev.nabla.training;

import java.time.Duration;

/**
 * How long trainings take, as it is guessed of their size before there are programs: right to an order of magnitude or
 * two, by which short ones are told from long ones.
 */
public final class PredictedTime {

    private static final double NANOS_OF_STEP = 1_000;
    private static final double NANOS_OF_SAMPLE = 50;
    private static final double NANOS_OF_PARAMETER = 1.5;

    private PredictedTime() {}

    /**
     * @param parameters of the network
     * @param samples of all datasets of the training
     * @param epochs that it makes itself
     */
    public static Duration of(int parameters, long samples, int epochs, TrainingSettings settings) {
        double nanosOfEpoch = NANOS_OF_STEP * Math.ceilDiv(samples, settings.batchSize())
                + samples * (NANOS_OF_SAMPLE + NANOS_OF_PARAMETER * parameters);
        return Duration.ofNanos((long) (epochs * nanosOfEpoch));
    }
}
