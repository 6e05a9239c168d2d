package dev.nabla.program;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;

import dev.nabla.program.Instruction.Factorisation;
import dev.nabla.program.kernels.EntrywiseKernels;

/**
 * Gaussian elimination with partial pivoting (Golub and Van Loan, Matrix Computations, 2013, section 3.4), of one matrix
 * or of one per sample: the samples, each with pivots of its own, lie side by side and are computed together. Where a
 * matrix is singular it divides by zero, so that what is solved by it is not finite.
 */
final class Elimination implements Runnable {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private final int n;
    private final int length;
    private final long matrix;
    private final long factors;

    private Elimination(Factorisation factorisation, Memory memory) {
        this.n = factorisation.matrix().shape().dimension(0);
        this.length = factorisation.target().perSample() ? memory.rowLength() : 1;
        this.matrix = memory.first(factorisation.matrix());
        this.factors = memory.first(factorisation.target());
    }

    static Runnable of(Factorisation factorisation, Memory memory) {
        return new Elimination(factorisation, memory);
    }

    @Override
    public void run() {
        ENTRYWISE.copy(matrix, factors, n * n * length);
        for (int k = 0; k < n; k++) {
            for (int s = 0; s < length; s++) {
                exchange(k, s);
            }
            for (int i = k + 1; i < n; i++) {
                ENTRYWISE.quotient(1, place(i, k), place(k, k), place(i, k), length);
                subtractFromRow(i, k);
            }
        }
    }

    /** Brings the largest entry of column k at or below the diagonal to it. */
    private void exchange(int k, int s) {
        int pivot = k;
        double largest = Math.abs(get(place(k, k) + s));
        for (int i = k + 1; i < n; i++) {
            double size = Math.abs(get(place(i, k) + s));
            if (size > largest) {
                largest = size;
                pivot = i;
            }
        }
        set(place(n, k) + s, pivot);
        for (int j = 0; j < n && pivot != k; j++) {
            long here = place(k, j) + s;
            long there = place(pivot, j) + s;
            double entry = get(here);
            set(here, get(there));
            set(there, entry);
        }
    }

    /** Row i minus its entry in column k times row k, from column k + 1 on. */
    private void subtractFromRow(int i, int k) {
        if (length == 1) {
            ENTRYWISE.linear(-get(place(i, k)), place(k, k) + 1, 1, place(i, k) + 1, 0, place(i, k) + 1, n - k - 1);
            return;
        }
        for (int j = k + 1; j < n; j++) {
            ENTRYWISE.product(-1, place(i, k), place(k, j), 1, place(i, j), 0, place(i, j), length);
        }
    }

    private long place(int i, int j) {
        return factors + ((long) i * n + j) * length;
    }
}
