package dev.nabla.training;

import dev.nabla.network.Network;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.MomentumSettings;
import dev.nabla.optimizers.OptimizerSettings;

/**
 * What a training takes of memory, in bytes, whatever its loss is: its samples, and what is kept for each of its parameters.
 * Its programs come on top.
 */
public record LeastMemory(long heap, long offHeap) {

    /** The parameters to begin with, the best, the last and those that are looked at. */
    private static final int VECTORS_ON_HEAP = 6;
    /** The parameters and the gradient. */
    private static final int VECTORS_OFF_HEAP = 2;
    /** The point, its gradient, the direction, and those of a line search. */
    private static final int VECTORS_OF_SEARCH = 10;
    /** A state as numbers, as bytes and as those of the driver of the database. */
    private static final int COPIES_OF_STATE = 3;

    /** @param cells the numbers of its datasets */
    public static LeastMemory of(Network network, long cells, TrainingSettings settings) {
        long vector = (long) Double.BYTES * network.parameters().size();
        return new LeastMemory(Double.BYTES * cells + ofParameters(network.parameters().size(), settings.optimizer()),
                vector * (VECTORS_OFF_HEAP + moments(settings.optimizer())));
    }

    /** What is kept on the heap for the parameters. */
    static long ofParameters(long count, OptimizerSettings optimizer) {
        long ofOptimizer = optimizer instanceof LbfgsSettings lbfgs ? 2L * lbfgs.history() : 0;
        long search = optimizer instanceof LbfgsSettings ? VECTORS_OF_SEARCH : 0;
        long ofState = count * (2 + moments(optimizer) + ofOptimizer);
        return Double.BYTES * (count * (VECTORS_ON_HEAP + search + ofOptimizer)
                + (ofState > TrainingRun.MOST_NUMBERS_OF_STATE ? 0 : COPIES_OF_STATE * ofState));
    }

    /** Vectors that an optimizer keeps beside the parameters, outside of the heap. */
    private static int moments(OptimizerSettings optimizer) {
        return switch (optimizer) {
            case AdamSettings _, AdamWSettings _ -> 2;
            case MomentumSettings _ -> 1;
            case GradientDescentSettings _, LbfgsSettings _ -> 0;
        };
    }
}
