package dev.nabla.bounds;

import dev.nabla.expression.Interval;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Linear systems whose numbers are within intervals: with an approximate inverse C of the middle of A, a solution x of A x = b is
 * x̃ + C (b − A x̃) + (I − C A) (x − x̃), and ‖x − x̃‖ ≤ ‖C (b − A x̃)‖ / (1 − ‖I − C A‖) in the maximum norm (Rump 2010, "Verification
 * methods", section 10).
 */
final class IntervalSystem {

    private final int size;
    private final Entries matrix;
    /** Without where the middle has none. */
    private final double[][] inverse;
    /** Of the absolute values of I − C A. */
    private final double[][] rest;
    private final double normOfRest;

    /** The entries of a matrix. */
    interface Entries {
        Interval at(int row, int column);
    }

    IntervalSystem(int size, Entries matrix) {
        this.size = size;
        this.matrix = matrix;
        this.inverse = inverseOfMiddle();
        this.rest = new double[size][size];
        double greatest = 0;
        for (int i = 0; i < size; i++) {
            int row = i;
            double sum = 0;
            for (int j = 0; j < size; j++) {
                int column = j;
                Interval product = dot(k -> inverse[row][k], k -> matrix.at(k, column), i == j ? -1 : 0);
                rest[i][j] = product.absolute().high();
                sum = Rounding.addUp(sum, rest[i][j]);
            }
            greatest = sum <= greatest ? greatest : sum;
        }
        this.normOfRest = greatest;
    }

    /** A number of a row. */
    private interface Factor {
        double at(int k);
    }

    /** @param first what the sum begins with */
    private Interval dot(Factor factors, IntFunction<Interval> intervals, double first) {
        double least = first;
        double greatest = first;
        for (int k = 0; k < size; k++) {
            double factor = factors.at(k);
            Interval x = intervals.apply(k);
            least = Rounding.addDown(least, Rounding.multiplyDown(factor, factor >= 0 ? x.low() : x.high()));
            greatest = Rounding.addUp(greatest, Rounding.multiplyUp(factor, factor >= 0 ? x.high() : x.low()));
        }
        return new Interval(least, greatest);
    }

    private static double middle(Interval x) {
        return x.low() / 2 + x.high() / 2;
    }

    /** By Gauss and Jordan with partial pivoting, as well as doubles can; something that is no inverse where there is none. */
    private double[][] inverseOfMiddle() {
        var rows = new double[size][2 * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                rows[i][j] = middle(matrix.at(i, j));
            }
            rows[i][size + i] = 1;
        }
        for (int i = 0; i < size; i++) {
            int pivot = i;
            for (int k = i + 1; k < size; k++) {
                pivot = Math.abs(rows[k][i]) > Math.abs(rows[pivot][i]) ? k : pivot;
            }
            double[] swapped = rows[i];
            rows[i] = rows[pivot];
            rows[pivot] = swapped;
            double divisor = rows[i][i];
            for (int j = 0; j < 2 * size; j++) {
                rows[i][j] /= divisor;
            }
            for (int k = 0; k < size; k++) {
                double factor = rows[k][i];
                for (int j = 0; k != i && j < 2 * size; j++) {
                    rows[k][j] -= factor * rows[i][j];
                }
            }
        }
        return Arrays.stream(rows).map(row -> Arrays.copyOfRange(row, size, 2 * size)).toArray(double[][]::new);
    }

    /** All numbers where the matrix may be singular. */
    Interval[] solve(IntFunction<Interval> right) {
        var near = new double[size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                near[i] += inverse[i][k] * middle(right.apply(k));
            }
        }
        var residual = new Interval[size];
        for (int i = 0; i < size; i++) {
            int row = i;
            Interval product = dot(k -> near[k], k -> matrix.at(row, k), 0);
            Interval b = right.apply(i);
            residual[i] = new Interval(Rounding.addDown(b.low(), -product.high()), Rounding.addUp(b.high(), -product.low()));
        }
        var solution = new Interval[size];
        double greatest = 0;
        for (int i = 0; i < size; i++) {
            int row = i;
            solution[i] = dot(k -> inverse[row][k], k -> residual[k], 0);
            greatest = Math.max(greatest, solution[i].absolute().high());
        }
        double distance = Math.nextUp(greatest / Math.nextDown(1 - normOfRest));
        for (int i = 0; i < size; i++) {
            double ofRest = 0;
            for (int k = 0; k < size; k++) {
                ofRest = Rounding.addUp(ofRest, Rounding.multiplyUp(rest[i][k], distance));
            }
            solution[i] = normOfRest < 1 ? new Interval(Rounding.addDown(near[i], Rounding.addDown(solution[i].low(), -ofRest)),
                    Rounding.addUp(near[i], Rounding.addUp(solution[i].high(), ofRest))) : Interval.ALL;
        }
        return solution;
    }
}
