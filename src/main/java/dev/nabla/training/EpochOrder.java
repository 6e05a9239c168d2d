package dev.nabla.training;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import java.util.SplittableRandom;

/**
 * The order in which an epoch visits the samples: every sample once, shuffled anew per epoch. It is a function of the
 * seed and the epoch alone, so that an interrupted training can go on at any epoch.
 */
final class EpochOrder {

    /** The odd constant of the golden ratio, which spreads consecutive epochs over all seeds (Steele et al. 2014). */
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final boolean shuffle;
    private final long seed;
    private final int[] order;

    EpochOrder(int samples, boolean shuffle, long seed) {
        this.shuffle = shuffle;
        this.seed = seed;
        Work.hold(Place.HEAP, (long) Integer.BYTES * samples);
        this.order = new int[samples];
        sort();
    }

    /**
     * The samples in the order of an epoch (0-based). The array is reused by the next call.
     */
    int[] ofEpoch(int epoch) {
        if (shuffle) {
            sort();
            var random = new SplittableRandom(seed + (epoch + 1) * GOLDEN_GAMMA);
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = order[i];
                order[i] = order[j];
                order[j] = swapped;
            }
        }
        return order;
    }

    private void sort() {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }
}
