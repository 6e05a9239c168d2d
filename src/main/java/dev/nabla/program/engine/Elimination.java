package dev.nabla.program.engine;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;

import dev.nabla.expression.Work;
import dev.nabla.program.Instruction.Factorisation;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.memory.Memory;

/**
 * Gaussian elimination of [A I] with partial pivoting (Golub and Van Loan, Matrix Computations, 2013, sections 3.4 and
 * 3.5), of one matrix or of one per sample: the samples, each with pivots of its own, lie side by side and are computed
 * together. The pivot is the entry that is largest next to the largest one of its row, so that the units of the rows do
 * not matter. A matrix is singular where a relative change of n ulp in one column makes it so; then the last pivot is
 * made NaN, and with it whatever is solved by it.
 */
public final class Elimination implements Runnable {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    /** Entries of all matrices for which whoever works looks at every column whether anybody waits for it. */
    private static final long MANY_ENTRIES = 1 << 16;

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

    public static Runnable of(Factorisation factorisation, Memory memory) {
        return new Elimination(factorisation, memory);
    }

    @Override
    public void run() {
        for (int i = 0; i < n; i++) {
            ENTRYWISE.copy(entry(i, 0), place(i, 0), n * length);
            ENTRYWISE.fill(0, place(i, n), n * length);
            ENTRYWISE.fill(1, place(i, n + i), length);
            for (int s = 0; s < length; s++) {
                set(scale(i) + s, largestOfRow(i, s));
            }
        }
        for (int k = 0; k < n; k++) {
            look();
            for (int s = 0; s < length; s++) {
                exchange(k, s);
            }
            for (int i = k + 1; i < n; i++) {
                ENTRYWISE.quotient(1, place(i, k), place(k, k), place(i, k), length);
                subtractFromRow(i, k, k + 1);
            }
        }
        invert();
        for (int s = 0; s < length; s++) {
            if (!(n * Math.ulp(1.0) * condition(s) < 1)) {
                set(place(n - 1, n - 1) + s, Double.NaN);
            }
        }
    }

    private void look() {
        if ((long) n * n * length >= MANY_ENTRIES) {
            Work.spend(0);
        }
    }

    private double largestOfRow(int i, int s) {
        double largest = 0;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, Math.abs(get(entry(i, j) + s)));
        }
        return largest;
    }

    /** Brings the pivot of column k, which is at or below the diagonal, to it. */
    private void exchange(int k, int s) {
        int pivot = k;
        double largest = Math.abs(get(place(k, k) + s)) / get(scale(k) + s);
        for (int i = k + 1; i < n; i++) {
            double size = Math.abs(get(place(i, k) + s)) / get(scale(i) + s);
            if (size > largest) {
                largest = size;
                pivot = i;
            }
        }
        set(place(n, k) + s, pivot);
        if (pivot != k) {
            exchange(scale(k) + s, scale(pivot) + s);
            for (int j = 0; j < 2 * n; j++) {
                exchange(place(k, j) + s, place(pivot, j) + s);
            }
        }
    }

    private static void exchange(long here, long there) {
        double entry = get(here);
        set(here, get(there));
        set(there, entry);
    }

    /** Row i minus its entry in column k times row k, from a column on. */
    private void subtractFromRow(int i, int k, int from) {
        if (length == 1) {
            ENTRYWISE.linear(-get(place(i, k)), place(k, from), 1, place(i, from), 0, place(i, from), 2 * n - from);
            return;
        }
        for (int j = from; j < 2 * n; j++) {
            ENTRYWISE.product(-1, place(i, k), place(k, j), 1, place(i, j), 0, place(i, j), length);
        }
    }

    /** Makes A⁻¹ of what became of I. */
    private void invert() {
        for (int i = n - 1; i >= 0; i--) {
            look();
            for (int k = i + 1; k < n; k++) {
                subtractFromRow(i, k, n);
            }
            for (int j = n; j < 2 * n; j++) {
                ENTRYWISE.quotient(1, place(i, j), place(i, i), place(i, j), length);
            }
        }
    }

    /**
     * The largest entry on the diagonal of |A⁻¹| |A|, whatever the units of rows and columns: with e times an entry of a
     * column added to it, all with the worst signs, the determinant changes by e times as much, relative to itself.
     */
    private double condition(int s) {
        double condition = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += Math.abs(get(place(i, n + j) + s) * get(entry(j, i) + s));
            }
            condition = Math.max(condition, sum);
        }
        return condition;
    }

    private long entry(int i, int j) {
        return matrix + ((long) i * n + j) * length;
    }

    private long place(int i, int j) {
        return factors + ((long) i * 2 * n + j) * length;
    }

    /** The largest entry of what stands in row i, before it was eliminated. */
    private long scale(int i) {
        return place(n, n + i);
    }
}
