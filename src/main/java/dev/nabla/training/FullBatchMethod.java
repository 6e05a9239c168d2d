package dev.nabla.training;

import dev.nabla.optimizers.Minimizer;
import dev.nabla.optimizers.StateReader;

/**
 * What minimises the loss of all samples, and how that loss is a function of the minimizer's variables. A value is NaN once the
 * training is cancelled, so that no search goes on.
 *
 * @param <M> what minimises it
 */
interface FullBatchMethod<M extends Minimizer> {

    /** One that begins at parameters. */
    M start(double[] parameters);

    /** The parameters that a minimizer stands at. */
    double[] parameters(M minimizer);

    /** One that goes on where another was saved. */
    M resume(int size, StateReader state);

    /** One that goes on where this one is, of other samples, which the step has. */
    M withOtherSamples(M minimizer);

    /**
     * Looks at the loss at the present point, which no iteration looked at if the samples are others.
     *
     * @throws DivergedException if it, or what the next iteration needs of it, is no finite number
     */
    void requireFinite(M minimizer, boolean areOthers, int epoch);

    /** At the present point. */
    EpochLosses losses(M minimizer);

    /** Gives memory outside of the heap back; nothing can be computed any more. */
    default void free() {}
}
