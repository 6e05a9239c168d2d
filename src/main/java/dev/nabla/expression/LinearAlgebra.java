package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.reciprocal;
import static dev.nabla.expression.Arithmetic.sum;

import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.EntrySum;
import dev.nabla.expression.Expression.MatrixProduct;
import dev.nabla.expression.Expression.Norm;
import dev.nabla.expression.Expression.OuterProduct;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.SampleSum;
import dev.nabla.expression.Expression.Solve;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes the expressions that look at an array as a whole, simplified. Indices are 0-based. */
public final class LinearAlgebra {

    /** A determinant has some 2ⁿ minors. */
    private static final int MOST_ROWS_OF_DETERMINANT = 10;

    private LinearAlgebra() {}

    /**
     * The matrix product of a matrix by a matrix or a vector; a vector on the left is a row: v W = Wᵀ v, v w = v · w. What
     * multiplies a whole row of the matrix multiplies the row of the product.
     *
     * @throws ShapeException if the inner dimensions differ, or an operand is a scalar or has rank above 2
     */
    public static Expression matrixProduct(Expression left, Expression right) {
        requireProduct(left.shape(), right.shape());
        if (left.shape().isVector()) {
            return right.shape().isVector() ? dot(left, right) : matrixProduct(transpose(right), left);
        }
        Shape shape = Shape.of(left.shape().dimension(0)).followedBy(right.shape().withoutLeading(1));
        if (left.isConstant(0) || right.isConstant(0)) {
            return constant(0, shape);
        }
        if (isIdentity(right)) {
            return left;
        }
        if (isIdentity(left)) {
            return right;
        }
        Optional<Broadcast> rowScale = rowScale(left);
        if (rowScale.isPresent()) {
            return product(broadcast(rowScale.get().operand(), shape),
                    matrixProduct(withoutFactor((Product) left, rowScale.get()), right));
        }
        if (left instanceof Transpose t && right.shape().isVector() && rowScale(t.operand()).isPresent()) {
            Broadcast scale = rowScale(t.operand()).get();
            return matrixProduct(transpose(withoutFactor((Product) t.operand(), scale)),
                    product(scale.operand(), right));
        }
        return MatrixProduct.of(left, right);
    }

    /** The transpose of a matrix; of a vector the matrix with that one row. */
    public static Expression transpose(Expression x) {
        if (x.shape().isVector()) {
            return stack(List.of(x));
        }
        if (!x.shape().isMatrix()) {
            throw new ShapeException("transpose takes a vector or a matrix, not shape " + x.shape());
        }
        return switch (x) {
            case Transpose t -> t.operand();
            case Constant c -> constant(c.value(), Shape.of(x.shape().dimension(1), x.shape().dimension(0)));
            case Broadcast b when b.operand().isScalar() ->
                broadcast(b.operand(), Shape.of(x.shape().dimension(1), x.shape().dimension(0)));
            case OuterProduct o -> outerProduct(o.right(), o.left());
            case SampleSum s -> sampleSum(transpose(s.operand()));
            default -> isIdentity(x) ? x : Transpose.of(x);
        };
    }

    /** u vᵀ; a vector of ones on the right repeats u along columns. */
    public static Expression outerProduct(Expression left, Expression right) {
        if (!left.shape().isVector() || !right.shape().isVector()) {
            throw new ShapeException("outer takes two vectors, not shapes " + left.shape() + " and " + right.shape());
        }
        Shape shape = left.shape().followedBy(right.shape());
        return right instanceof Constant c
                ? product(constant(c.value(), shape), broadcast(left, shape))
                : left.isConstant(0) ? constant(0, shape) : OuterProduct.of(left, right);
    }

    /**
     * The solution x of A x = b. Where A is singular it has no finite value.
     *
     * @throws ShapeException if {@code matrix} is not square, or {@code right} no vector or matrix of as many rows
     */
    public static Expression solve(Expression matrix, Expression right) {
        requireSystem(matrix.shape(), right.shape());
        if (right.isConstant(0) || isIdentity(matrix)) {
            return right;
        }
        return matrix.shape().size() == 1 ? divide(right, broadcast(entry(matrix, 0, 0), right.shape()))
                : Solve.of(matrix, right);
    }

    /** The sum over all entries. */
    public static Expression entrySum(Expression x) {
        if (x.isScalar()) {
            return x;
        }
        return switch (x) {
            case Constant c -> product(constant(x.shape().size()), constant(c.value()));
            case Broadcast b -> {
                int copies = x.shape().size() / b.operand().shape().size();
                yield product(constant(copies), entrySum(b.operand()));
            }
            case Stack s -> sum(s.parts().stream().map(LinearAlgebra::entrySum).toList());
            case Power p when p.base() instanceof Stack s && p.exponent() instanceof Constant c ->
                sum(s.parts().stream().map(part -> entrySum(Arithmetic.power(part, c.value()))).toList());
            case Product p when p.factors().getFirst() instanceof Constant c && Factors.isModerate(c.value()) ->
                    product(constant(c.value()),
                    entrySum(product(p.factors().subList(1, p.factors().size()))));
            default -> EntrySum.of(x);
        };
    }

    public static Expression dot(Expression x, Expression y) {
        if (!x.shape().equals(y.shape())) {
            throw new ShapeException("dot takes two arrays of one shape, not " + x.shape() + " and " + y.shape());
        }
        return entrySum(product(x, y));
    }

    /** The mean of all entries. */
    public static Expression mean(Expression x) {
        return divide(entrySum(x), constant(x.shape().size()));
    }

    /** The logarithm of the sum of the exponentials of all entries, pairwise in a balanced tree. */
    public static Expression logSumExp(Expression x) {
        List<Expression> terms = entries(x);
        while (terms.size() > 1) {
            List<Expression> of = terms;
            terms = IntStream.range(0, (of.size() + 1) / 2).mapToObj(i -> 2 * i + 1 == of.size() ? of.get(2 * i)
                    : apply(BinaryFunction.LOGADDEXP, of.get(2 * i), of.get(2 * i + 1))).toList();
        }
        return terms.getFirst();
    }

    /**
     * The exponentials of the entries of a vector divided by their sum.
     *
     * @throws ShapeException if {@code x} is no vector
     */
    public static Expression softmax(Expression x) {
        if (!x.shape().isVector()) {
            throw new ShapeException("softmax takes a vector, not shape " + x.shape());
        }
        return apply(ScalarFunction.EXP, Arithmetic.subtract(x, broadcast(logSumExp(x), x.shape())));
    }

    /** @throws ShapeException if {@code x} is no square matrix */
    public static Expression trace(Expression x) {
        requireSquare("trace", x.shape());
        return sum(IntStream.range(0, x.shape().dimension(0)).mapToObj(i -> entry(x, i, i)).toList());
    }

    /**
     * The determinant, in minors as {@link CramersRule} has them, so that it has derivatives where it is 0, too.
     *
     * @throws ShapeException if {@code x} is no square matrix, or has more than {@value #MOST_ROWS_OF_DETERMINANT} rows
     */
    public static Expression determinant(Expression x) {
        requireSquare("det", x.shape());
        int rows = x.shape().dimension(0);
        if (rows > MOST_ROWS_OF_DETERMINANT) {
            throw new ShapeException("det takes a matrix of at most " + MOST_ROWS_OF_DETERMINANT + " rows, not shape " + x.shape());
        }
        return new CramersRule(rows, entries(x)).determinant();
    }

    private static void requireSquare(String function, Shape shape) {
        if (!shape.isMatrix() || shape.dimension(0) != shape.dimension(1)) {
            throw new ShapeException(function + " takes a square matrix, not shape " + shape);
        }
    }

    /** The scalars of an array, row-major. */
    private static List<Expression> entries(Expression x) {
        return IntStream.range(0, x.shape().size()).mapToObj(i -> entry(x, x.shape().index(i))).toList();
    }

    /** The Euclidean (Frobenius) norm. */
    public static Expression norm(Expression x) {
        return switch (x) {
            case Constant c -> product(constant(Math.abs(c.value())), constant(Math.sqrt(x.shape().size())));
            case Expression _ when x.isScalar() -> apply(ScalarFunction.ABS, x);
            default -> Norm.of(x);
        };
    }

    /** The sum over the samples of a batch. */
    public static Expression sampleSum(Expression x) {
        return x.isConstant(0) ? x : SampleSum.of(x);
    }

    /**
     * Repeats {@code x} over {@code shape}, which must begin with the shape of {@code x}; a vector spreads over the
     * columns of a matrix only.
     *
     * @throws ShapeException if it does not fit
     */
    public static Expression broadcast(Expression x, Shape shape) {
        if (x.shape().equals(shape)) {
            return x;
        }
        if (!x.shape().isPrefixOf(shape) || x.shape().rank() > 1 || x.shape().isVector() && shape.rank() > 2) {
            throw new ShapeException("shape " + x.shape() + " does not spread over " + shape);
        }
        return switch (x) {
            case Constant c -> constant(c.value(), shape);
            case Broadcast b -> broadcast(b.operand(), shape);
            case Power p when Factors.isNumber(p) -> reciprocal(broadcast(p.base(), shape));
            default -> Broadcast.of(x, shape);
        };
    }

    /** The part of {@code x} at an index into its outermost axes. */
    public static Expression entry(Expression x, int... index) {
        return entry(x, Arrays.stream(index).boxed().toList());
    }

    /** @throws ShapeException if the index is too long or an element of it out of range */
    public static Expression entry(Expression x, List<Integer> index) {
        if (index.isEmpty()) {
            return x;
        }
        requireIndex(x.shape(), index);
        Shape shape = x.shape().withoutLeading(index.size());
        boolean full = shape.isScalar();
        return switch (x) {
            case Constant c -> constant(c.value(), shape);
            case Broadcast b when b.operand().isScalar() -> broadcast(b.operand(), shape);
            case Broadcast b -> broadcast(entry(b.operand(), index.getFirst()), shape);
            case Stack s -> entry(s.parts().get(index.getFirst()), index.subList(1, index.size()));
            case Entry e -> {
                var whole = new ArrayList<>(e.index());
                whole.addAll(index);
                yield entry(e.operand(), whole);
            }
            case Transpose t when full -> entry(t.operand(), index.get(1), index.get(0));
            case OuterProduct o when full -> product(entry(o.left(), index.get(0)), entry(o.right(), index.get(1)));
            default -> Entry.of(x, index);
        };
    }

    public static Expression stack(Expression... parts) {
        return stack(Arrays.asList(parts));
    }

    /**
     * Arrays of one shape along a new outermost axis.
     *
     * @throws ShapeException if the shapes differ
     */
    public static Expression stack(List<Expression> parts) {
        Expression first = parts.getFirst();
        for (Expression part : parts) {
            if (!part.shape().equals(first.shape())) {
                throw new ShapeException("the parts of an array must have one shape, not " + first.shape() + " and "
                        + part.shape());
            }
        }
        Shape shape = Shape.of(parts.size()).followedBy(first.shape());
        if (first instanceof Constant c && parts.stream().allMatch(part -> part == first)) {
            return constant(c.value(), shape);
        }
        if (first instanceof Entry e && areAllEntries(e.operand(), e.index().subList(0, e.index().size() - 1), parts)) {
            return entry(e.operand(), e.index().subList(0, e.index().size() - 1));
        }
        return Stack.of(parts);
    }

    /** An array of this shape with the given scalar entries, row-major. */
    public static Expression array(Shape shape, List<Expression> entries) {
        if (shape.isScalar()) {
            return entries.getFirst();
        }
        int inner = entries.size() / shape.dimension(0);
        return stack(IntStream.range(0, shape.dimension(0))
                .mapToObj(i -> array(shape.withoutLeading(1), entries.subList(i * inner, (i + 1) * inner))).toList());
    }

    /** 1 at {@code index}, else 0. */
    static Expression oneHot(Shape shape, List<Integer> index) {
        if (shape.isScalar()) {
            return constant(1);
        }
        Shape inner = shape.withoutLeading(1);
        var parts = new ArrayList<>(Collections.nCopies(shape.dimension(0), constant(0, inner)));
        parts.set(index.getFirst(), oneHot(inner, index.subList(1, index.size())));
        return stack(parts);
    }

    public static Expression identity(int dimension) {
        Shape row = Shape.of(dimension);
        return stack(IntStream.range(0, dimension).mapToObj(i -> oneHot(row, List.of(i))).toList());
    }

    /** diag(v) in a product diag(v) M, written as an entrywise product. */
    private static Optional<Broadcast> rowScale(Expression x) {
        return x instanceof Product p
                ? p.factors().stream().filter(Broadcast.class::isInstance).map(Broadcast.class::cast)
                        .filter(b -> b.operand().shape().isVector()).findFirst()
                : Optional.empty();
    }

    private static Expression withoutFactor(Product product, Expression factor) {
        return product(product.factors().stream().filter(other -> other != factor).toList());
    }

    /** Whether the parts are x[prefix, 0], x[prefix, 1], … up to the last. */
    private static boolean areAllEntries(Expression x, List<Integer> prefix, List<Expression> parts) {
        return x.shape().dimension(prefix.size()) == parts.size() && IntStream.range(0, parts.size())
                .allMatch(i -> parts.get(i) instanceof Entry part && part.operand() == x
                        && part.index().size() == prefix.size() + 1 && part.index().getLast() == i
                        && part.index().subList(0, prefix.size()).equals(prefix));
    }

    private static boolean isIdentity(Expression x) {
        return x.shape().isMatrix() && x.shape().dimension(0) == x.shape().dimension(1)
                && (x.shape().size() == 1 && x.isConstant(1) || x instanceof Stack rows && IntStream
                        .range(0, rows.parts().size()).allMatch(i -> isOneHot(rows.parts().get(i), i)));
    }

    private static boolean isOneHot(Expression x, int at) {
        return x instanceof Stack entries ? IntStream.range(0, entries.parts().size())
                .allMatch(i -> entries.parts().get(i).isConstant(i == at ? 1 : 0))
                : x.isConstant(1) && x.shape().size() == 1;
    }

    private static void requireProduct(Shape left, Shape right) {
        boolean ranksFit = left.rank() >= 1 && left.rank() <= 2 && right.rank() >= 1 && right.rank() <= 2;
        if (!ranksFit || left.dimension(left.rank() - 1) != right.dimension(0)) {
            throw new ShapeException("shapes " + left + " and " + right + " do not fit @");
        }
    }

    private static void requireSystem(Shape matrix, Shape right) {
        if (!matrix.isMatrix() || matrix.dimension(0) != matrix.dimension(1)) {
            throw new ShapeException("solve takes a square matrix first, not shape " + matrix);
        }
        if (!right.isVector() && !right.isMatrix() || right.dimension(0) != matrix.dimension(0)) {
            throw new ShapeException("solve takes a vector or a matrix of " + matrix.dimension(0)
                    + " rows second, not shape " + right);
        }
    }

    private static void requireIndex(Shape shape, List<Integer> index) {
        if (index.size() > shape.rank()) {
            throw new ShapeException("an array of shape " + shape + " has no " + index.size() + " indices");
        }
        for (int axis = 0; axis < index.size(); axis++) {
            if (index.get(axis) < 0 || index.get(axis) >= shape.dimension(axis)) {
                throw new ShapeException("index " + (index.get(axis) + 1) + " is outside 1 to "
                        + shape.dimension(axis));
            }
        }
    }
}
