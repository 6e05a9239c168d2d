package dev.nabla.program.engine;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;

import dev.nabla.program.Instruction.Solve;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.memory.Memory;

/**
 * Solves L U X = P B by forward and backward substitution, or Uᵀ Lᵀ P X = B, in the place of X. The factors are those
 * of an {@link Elimination}; where all samples share them, a row of X is one run of doubles.
 */
public final class Substitution implements Runnable {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private final int n;
    private final int columns;
    private final int length;
    private final int factorLength;
    private final boolean transpose;
    private final boolean spreadsRight;
    private final long factors;
    private final long right;
    private final long solution;

    private Substitution(Solve solve, Memory memory) {
        this.n = solve.target().shape().dimension(0);
        this.columns = solve.target().shape().size() / n;
        this.length = solve.target().perSample() ? memory.rowLength() : 1;
        this.factorLength = solve.factors().perSample() ? memory.rowLength() : 1;
        this.transpose = solve.transpose();
        this.spreadsRight = solve.right().perSample() != solve.target().perSample();
        this.factors = memory.first(solve.factors());
        this.right = memory.first(solve.right());
        this.solution = memory.first(solve.target());
    }

    public static Runnable of(Solve solve, Memory memory) {
        return new Substitution(solve, memory);
    }

    @Override
    public void run() {
        copyRight();
        if (!transpose) {
            for (int k = 0; k < n; k++) {
                exchange(k);
            }
        }
        for (int i = 0; i < n; i++) {
            subtractRows(i, 0, i);
            if (transpose) {
                divide(i);
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            subtractRows(i, i + 1, n);
            if (!transpose) {
                divide(i);
            }
        }
        if (transpose) {
            for (int k = n - 1; k >= 0; k--) {
                exchange(k);
            }
        }
    }

    private void copyRight() {
        int entries = n * columns;
        if (!spreadsRight) {
            ENTRYWISE.copy(right, solution, entries * length);
            return;
        }
        for (int e = 0; e < entries; e++) {
            ENTRYWISE.fill(get(right + e), solution + (long) e * length, length);
        }
    }

    /** Exchanges row k with the one that was exchanged with it in the matrix. */
    private void exchange(int k) {
        if (factorLength == 1) {
            exchange(k, (int) get(factor(n, k)), 0, 1);
            return;
        }
        for (int s = 0; s < length; s++) {
            exchange(k, (int) get(factor(n, k) + s), s, length);
        }
    }

    private void exchange(int k, int other, int from, int step) {
        for (int d = from; d < columns * length && other != k; d += step) {
            double entry = get(row(k) + d);
            set(row(k) + d, get(row(other) + d));
            set(row(other) + d, entry);
        }
    }

    /** Subtracts from row i its multiples of the rows between. */
    private void subtractRows(int i, int from, int to) {
        for (int k = from; k < to; k++) {
            long factor = transpose ? factor(k, i) : factor(i, k);
            if (factorLength == 1) {
                ENTRYWISE.linear(-get(factor), row(k), 1, row(i), 0, row(i), columns * length);
                continue;
            }
            for (int c = 0; c < columns; c++) {
                long column = (long) c * length;
                ENTRYWISE.product(-1, factor, row(k) + column, 1, row(i) + column, 0, row(i) + column, length);
            }
        }
    }

    private void divide(int i) {
        if (factorLength == 1) {
            divide(row(i), get(factor(i, i)), columns * length);
            return;
        }
        for (int c = 0; c < columns; c++) {
            long column = row(i) + (long) c * length;
            ENTRYWISE.quotient(1, column, factor(i, i), column, length);
        }
    }

    private static void divide(long x, double divisor, int count) {
        for (int d = 0; d < count; d++) {
            set(x + d, get(x + d) / divisor);
        }
    }

    private long factor(int i, int j) {
        return factors + ((long) i * 2 * n + j) * factorLength;
    }

    private long row(int i) {
        return solution + (long) i * columns * length;
    }
}
