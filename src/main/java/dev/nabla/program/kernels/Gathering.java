package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.set;

/** Brings rows of samples in some order to where each entry has the samples side by side. */
public final class Gathering {

    private Gathering() {}

    /**
     * Sets the number of entry e and sample s, at place + e · step + s, to that of the row of number order[from + s], and what
     * is behind the samples to the last one of them, so that it is no number that no sample has.
     *
     * @param rows of so many entries each
     * @param samples how many there are
     */
    public static void compute(double[] rows, int entries, int[] order, int from, int samples, long place, long step) {
        int e = 0;
        for (; e < entries - 1; e += 2) {
            two(rows, entries, e, order, from, samples, place + e * step, step);
        }
        if (e < entries) {
            one(rows, entries, e, order, from, samples, place + e * step, step);
        }
    }

    private static void one(double[] rows, int entries, int e, int[] order, int from, int samples, long place, long step) {
        long target = Doubles.start(place);
        double last = 0;
        for (int s = 0; s < samples; s++) {
            last = rows[order[from + s] * entries + e];
            set(target + s, last);
        }
        for (long s = samples; s < step; s++) {
            set(target + s, last);
        }
    }

    /** Two entries at a time, which lie side by side in their row. */
    private static void two(double[] rows, int entries, int e, int[] order, int from, int samples, long place, long step) {
        long target = Doubles.start(place);
        long next = Doubles.start(place + step);
        double last = 0;
        double lastOfNext = 0;
        for (int s = 0; s < samples; s++) {
            int first = order[from + s] * entries + e;
            last = rows[first];
            lastOfNext = rows[first + 1];
            set(target + s, last);
            set(next + s, lastOfNext);
        }
        for (long s = samples; s < step; s++) {
            set(target + s, last);
            set(next + s, lastOfNext);
        }
    }
}
