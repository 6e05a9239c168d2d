package dev.nabla.program;

import dev.nabla.expression.Expression.Symbol;

/** A program that is ready to run on the symbol values that stand in its memory. */
public interface Executable extends AutoCloseable {

    /** The samples of a batch. */
    int batch();

    /**
     * Gives a per-sample symbol its values for the next run.
     *
     * @param rows row-major, a row of the symbol's entries for every sample of a dataset
     * @param order the rows of the batch are {@code order[from]}, {@code order[from + 1]}, …
     */
    void load(Symbol symbol, double[] rows, int[] order, int from);

    /** Samples one after the other, by their numbers, to be {@link #load loaded}; by no stream, which takes longer than a small network. */
    static int[] ascending(int samples) {
        int[] order = new int[samples];
        for (int s = 0; s < samples; s++) {
            order[s] = s;
        }
        return order;
    }

    /** Computes all outputs. */
    void run();

    /** The output of this number: for every sample of the batch its entries, row-major. */
    double[][] output(int output);

    /** The output of this number, a scalar: its value for every sample of the batch. */
    double[] scalars(int output);

    /**
     * Copies the output of this number to places outside of the heap, that of its entry e (row-major) for sample s to
     * {@code place + e * entryStep + s * sampleStep}.
     */
    void copy(int output, long place, long entryStep, long sampleStep);

    /** What it has outside of the heap, beside the shared values. */
    long bytes();

    /** Gives its memory back; it cannot run any more. */
    @Override
    void close();
}
