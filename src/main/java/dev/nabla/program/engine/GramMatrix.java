package dev.nabla.program.engine;

import dev.nabla.program.FlatVector;
import dev.nabla.program.kernels.Doubles;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.kernels.MatrixKernels;
import dev.nabla.program.kernels.MatrixKernels.Start;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A product A = FᵀF, and solutions x of (A + μ I) x = b by Cholesky's factorization UᵀU of A + μ I, in blocks
 * (Golub and Van Loan, "Matrix computations", fourth edition, 2013, section 4.2). Both matrices lie outside of the heap, row
 * by row, and only their upper triangles are used. All processors that are lent take part; the result is the same bit for
 * bit however many they are.
 */
final class GramMatrix {

    /** The rows of a block: as many numbers of a column as a product keeps near the processor. */
    private static final int BLOCK = 64;
    /** The columns of a part of a row of blocks. */
    private static final int WIDTH = 512;
    /** The vectors that are solved for together, so that a row of U that was read serves all of them. */
    private static final int VECTORS = 8;
    /** Beside a multiply-add of a product. */
    private static final double PRICE_OF_SOLVING = 4;

    private static final MatrixKernels MATRICES = MatrixKernels.best();
    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private final Team team;
    private final int size;
    private final INDArray memory;
    /** Where A begins, where U does, and where the negatives of a row of blocks of U do. */
    private final long gram;
    private final long factor;
    private final long negative;
    /** And where the negatives of its first block do, a row for each column. */
    private final long negativeOfDiagonal;

    /** @param size the number of rows, which is that of columns */
    GramMatrix(Team team, int size) {
        this.team = team;
        this.size = size;
        this.memory = FlatVector.allocate(2L * size * size + (long) BLOCK * (size + BLOCK));
        this.gram = FlatVector.first(memory);
        this.factor = gram + (long) size * size;
        this.negative = factor + (long) size * size;
        this.negativeOfDiagonal = negative + (long) BLOCK * size;
    }

    /**
     * Sets A to FᵀF.
     *
     * @param matrix the place of F, row by row, each of as many numbers as A has rows
     */
    void set(long matrix, int rows) {
        inParts(blocks(0), block -> {
            int i = block * BLOCK;
            MATRICES.product(Start.ZERO, 0, matrix + i, 1, size, matrix + i, size, gram + at(i, i), size, height(i),
                    rows, size - i);
        }, (double) size * size * rows / 2);
    }

    /** The greatest number on the diagonal of A, which is its greatest of all. */
    double greatest() {
        double greatest = 0;
        for (int i = 0; i < size; i++) {
            greatest = Math.max(greatest, Doubles.get(gram + at(i, i)));
        }
        return greatest;
    }

    /**
     * Factorizes A + μ I for {@link #solve}.
     *
     * @return false if that is not positive definite in double precision; then there is nothing to solve
     */
    boolean factorize(double damping) {
        inParts(blocks(0), i -> ENTRYWISE.copy(gram + (long) i * BLOCK * size, factor + (long) i * BLOCK * size,
                height(i * BLOCK) * size), (double) size * size);
        for (int i = 0; i < size; i++) {
            Doubles.set(factor + at(i, i), Doubles.get(factor + at(i, i)) + damping);
        }
        for (int k = 0; k < size; k += BLOCK) {
            if (!factorizeDiagonal(k)) {
                return false;
            }
            int behind = k + height(k);
            if (behind < size) {
                solveRow(k, behind);
                subtractFromRest(k, behind);
            }
        }
        return true;
    }

    private boolean factorizeDiagonal(int k) {
        int end = k + height(k);
        for (int i = k; i < end; i++) {
            double pivot = Doubles.get(factor + at(i, i));
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return false;
            }
            ENTRYWISE.divided(1, factor + at(i, i), Math.sqrt(pivot), factor + at(i, i), end - i);
            for (int j = i + 1; j < end; j++) {
                long row = factor + at(j, j);
                ENTRYWISE.linear(-Doubles.get(factor + at(i, j)), factor + at(i, j), 1, row, 0, row, end - j);
            }
        }
        for (int i = k; i < end; i++) {
            for (int j = k; j < i; j++) {
                Doubles.set(negativeOfDiagonal + (long) (i - k) * BLOCK + j - k, -Doubles.get(factor + at(j, i)));
            }
        }
        return true;
    }

    /** The blocks right of the diagonal one: X with U_kkᵀ X = what stands there, and −X beside it. */
    private void solveRow(int k, int behind) {
        int height = behind - k;
        inParts(Math.ceilDiv(size - behind, WIDTH), part -> {
            int from = behind + part * WIDTH;
            int columns = Math.min(WIDTH, size - from);
            for (int i = 0; i < height; i++) {
                long row = factor + at(k + i, from);
                MATRICES.product(Start.TARGET, 0, negativeOfDiagonal + (long) i * BLOCK, 0, 1, factor + at(k, from), size,
                        row, size, 1, i, columns);
                ENTRYWISE.divided(1, row, Doubles.get(factor + at(k + i, k + i)), row, columns);
                ENTRYWISE.linear(-1, row, 0, negative + at(i, from), columns);
            }
        }, (double) height * height / 2 * (size - behind));
    }

    private void subtractFromRest(int k, int behind) {
        inParts(blocks(behind), block -> {
            int i = behind + block * BLOCK;
            MATRICES.product(Start.TARGET, 0, negative + i, 1, size, factor + at(k, i), size, factor + at(i, i), size,
                    height(i), behind - k, size - i);
        }, (double) (behind - k) * (size - behind) * (size - behind) / 2);
    }

    /** The greatest distance of A from the identity in a number; NaN where one is no number. */
    double distanceFromIdentity() {
        double greatest = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                greatest = Math.max(greatest, Math.abs(Doubles.get(gram + at(i, j)) - (i == j ? 1 : 0)));
            }
        }
        return greatest;
    }

    /** The number of U on its diagonal in a row. */
    double pivot(int row) {
        return Doubles.get(factor + at(row, row));
    }

    /** Replaces vectors x, which stand one behind the other, by U⁻ᵀ x. */
    void solveTransposed(long vectors, int count) {
        inParts(Math.ceilDiv(count, VECTORS), part -> {
            int from = part * VECTORS;
            int to = Math.min(from + VECTORS, count);
            for (int i = 0; i < size; i++) {
                for (int k = from; k < to; k++) {
                    long vector = vectors + (long) k * size;
                    double y = Doubles.get(vector + i) / Doubles.get(factor + at(i, i));
                    Doubles.set(vector + i, y);
                    ENTRYWISE.linear(-y, factor + at(i, i) + 1, 1, vector + i + 1, 0, vector + i + 1, size - i - 1);
                }
            }
        }, PRICE_OF_SOLVING * size * size / 2 * count);
    }

    /** What {@link #set} and {@link #solveTransposed} of so many rows take at a fixed price, in nanoseconds. */
    static double nanos(int size, long rows) {
        return (1 + PRICE_OF_SOLVING) / 2 * MATRICES.nanosOfMultiplyAdd() * size * size * rows;
    }

    /** Solves for the numbers that stand at a place, and leaves the solution there. */
    void solve(long vector) {
        solveTransposed(vector, 1);
        for (int i = size - 1; i >= 0; i--) {
            double sum = MATRICES.dot(factor + at(i, i) + 1, vector + i + 1, size - i - 1);
            Doubles.set(vector + i, (Doubles.get(vector + i) - sum) / Doubles.get(factor + at(i, i)));
        }
    }

    private long at(int row, int column) {
        return (long) row * size + column;
    }

    private int height(int firstRow) {
        return Math.min(BLOCK, size - firstRow);
    }

    private int blocks(int firstRow) {
        return Math.ceilDiv(size - firstRow, BLOCK);
    }

    /** A team takes parts from both ends: there are the first ones, which are the largest. */
    private void inParts(int parts, IntConsumer part, double multiplyAdds) {
        team.inParts(parts, i -> part.accept(Math.min(2 * i, 2 * (parts - 1 - i) + 1)), multiplyAdds * MATRICES.nanosOfMultiplyAdd()).run();
    }

    /** Gives the memory back; there is no matrix any more. */
    void free() {
        FlatVector.free(memory);
    }
}
