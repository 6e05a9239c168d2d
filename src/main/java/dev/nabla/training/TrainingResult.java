package dev.nabla.training;

import dev.nabla.network.layers.Coefficients;
import java.util.Optional;

/**
 * What a training leaves.
 *
 * @param parameters the flat vector of parameters: with validation the best, without the last
 * @param loss the loss over the whole dataset with these parameters
 * @param cancelled whether it was cancelled before its last epoch
 * @param best the parameters after the epoch whose loss, that of validation where there is one, was lowest
 * @param last the parameters after the last update
 * @param stop why it ended before its last epoch without being cancelled
 * @param coefficients of {@code parameters}, where there are some
 * @param deviations the standard deviations of these, NaN where there is none; of trainings by Gauss–Newton, where {@link Posterior}
 *     tells them
 * @param state what {@link Trainer#goOn} needs to make more epochs; of one that ended before its last there is none, nor
 *     where it would be very large
 */
public record TrainingResult(double[] parameters, double loss, boolean cancelled, double[] best, double[] last,
        Optional<Stop> stop, Optional<Coefficients.Values> coefficients, Optional<Coefficients.Values> deviations,
        Optional<byte[]> state) {

    /** Why a training ended after this epoch, counted from 1. */
    public record Stop(int epoch, String reason) {}

    /** With one vector of parameters for all. */
    public TrainingResult(double[] parameters, double loss, boolean cancelled) {
        this(parameters, loss, cancelled, parameters, parameters, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    TrainingResult withDeviations(Optional<Coefficients.Values> others) {
        return new TrainingResult(parameters, loss, cancelled, best, last, stop, coefficients, others, state);
    }
}
