package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The solution of A x = b in scalars: x_j = Σ_i C_ij b_i / det A with the cofactors C_ij. It divides by the determinant
 * only and so holds wherever A is regular, unlike elimination, which would divide by pivots that are chosen by value.
 * Minors are expanded along their first row, each once; their number grows with 2ⁿ.
 */
final class CramersRule {

    private final int n;
    private final List<Expression> matrix;
    private final Map<Minor, Expression> minors = new HashMap<>();

    /** The determinant of some rows and as many columns, each a set of bits. */
    private record Minor(int rows, int columns) {}

    /** @param matrix its n² scalars, row-major; n is small enough for {@link #nodeCount} nodes */
    CramersRule(int n, List<Expression> matrix) {
        if (n > 30) {
            throw new IllegalArgumentException("a matrix of " + n + " rows has too many minors to be written out");
        }
        this.n = n;
        this.matrix = matrix;
    }

    /** An upper bound of the nodes of a solution of so many scalars. */
    static BigInteger nodeCount(int n, int size) {
        BigInteger minors = BigInteger.ONE.shiftLeft(n).multiply(BigInteger.valueOf(n + 1));
        int reciprocal = 2;
        return minors.multiply(BigInteger.valueOf(n + 1)).add(BigInteger.valueOf((long) (n + 2) * size + reciprocal));
    }

    /** @param right the scalars of a vector or a matrix, row-major */
    List<Expression> solve(List<Expression> right) {
        int all = (1 << n) - 1;
        int columns = right.size() / n;
        Expression determinant = determinant();
        var solution = new ArrayList<Expression>();
        for (int j = 0; j < n; j++) {
            for (int c = 0; c < columns; c++) {
                var terms = new ArrayList<Expression>();
                for (int i = 0; i < n; i++) {
                    terms.add(signed(i + j, right.get(i * columns + c), minor(all & ~(1 << i), all & ~(1 << j))));
                }
                solution.add(divide(sum(terms), determinant));
            }
        }
        return solution;
    }

    Expression determinant() {
        int all = (1 << n) - 1;
        return minor(all, all);
    }

    private Expression minor(int rows, int columns) {
        var key = new Minor(rows, columns);
        Expression known = minors.get(key);
        if (known != null) {
            return known;
        }
        int row = Integer.numberOfTrailingZeros(rows);
        var terms = new ArrayList<Expression>();
        for (int rest = columns; rest != 0; rest &= rest - 1) {
            int column = Integer.numberOfTrailingZeros(rest);
            Expression entry = matrix.get(row * n + column);
            boolean isLastRow = Integer.bitCount(rows) == 1;
            terms.add(isLastRow ? entry
                    : signed(terms.size(), entry, minor(rows & ~(1 << row), columns & ~(1 << column))));
        }
        Expression minor = sum(terms);
        minors.put(key, minor);
        return minor;
    }

    private static Expression signed(int position, Expression x, Expression y) {
        return position % 2 == 0 ? product(x, y) : product(constant(-1), x, y);
    }
}
