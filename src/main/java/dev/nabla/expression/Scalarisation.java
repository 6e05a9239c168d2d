package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.reciprocal;
import static dev.nabla.expression.Arithmetic.select;
import static dev.nabla.expression.Arithmetic.sum;
import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.ApplyBinary;
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
import dev.nabla.expression.Expression.Select;
import dev.nabla.expression.Expression.Solve;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Expression.Transpose;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Writes arrays out: each entry as a scalar expression of entries of symbols, still one shared graph. */
public final class Scalarisation {

    private Scalarisation() {}

    /**
     * An upper bound of the nodes that writing the roots out makes: the entries of all arrays, the symbols they are
     * entries of, m·k·n products for a matrix product, and all minors of a matrix that is solved by.
     */
    public static BigInteger predictedNodeCount(Collection<Expression> roots) {
        return Graph.topologicalOrder(roots).stream().map(node -> {
            BigInteger entries = BigInteger.valueOf(node.shape().size());
            return switch (node) {
                case MatrixProduct m -> entries.multiply(BigInteger.valueOf(m.left().shape().dimension(1) + 1));
                case Solve s -> CramersRule.nodeCount(s.matrix().shape().dimension(0), node.shape().size());
                case Norm _ -> BigInteger.TWO;
                case Symbol s when !s.isScalar() -> entries.add(BigInteger.ONE);
                default -> entries;
            };
        }).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The scalar entries, row-major, of every array reachable from the roots. */
    public static Map<Expression, List<Expression>> of(Collection<Expression> roots) {
        Map<Expression, List<Expression>> entries = Graph.<List<Expression>>fold(roots, Scalarisation::entries);
        Map<Expression, Expression> sums = sums(entries.values());
        while (!sums.isEmpty()) {
            Map<Expression, Expression> written = sums;
            entries.replaceAll((_, list) -> list.stream().map(entry -> Graph.substitute(entry, written)).toList());
            sums = sums(entries.values());
        }
        return entries;
    }

    /** What squares of norms have become, as products of scalars were simplified: sums over arrays, and the same entry by entry. */
    private static Map<Expression, Expression> sums(Collection<List<Expression>> entries) {
        var sums = new HashMap<Expression, Expression>();
        for (Expression node : Graph.topologicalOrder(entries.stream().flatMap(List::stream).toList())) {
            if (node instanceof EntrySum sum) {
                sums.put(sum, sum(requireNonNull(of(List.of(sum.operand())).get(sum.operand()))));
            }
        }
        return sums;
    }

    private static List<Expression> entries(Expression node, List<List<Expression>> operands) {
        Shape shape = node.shape();
        return switch (node) {
            case Constant c -> Collections.nCopies(shape.size(), constant(c.value()));
            case Symbol s -> each(shape, i -> LinearAlgebra.entry(s, shape.index(i)));
            case Apply a -> each(shape, i -> apply(a.function(), operands.getFirst().get(i)));
            case Sum _ -> each(shape, i -> sum(operands.stream().map(term -> term.get(i)).toList()));
            case Product p -> each(shape, i -> product(IntStream.range(0, operands.size())
                    .mapToObj(k -> p.factors().get(k) instanceof Power divisor && Factors.isNumber(divisor)
                            ? reciprocal(LinearAlgebra.entry(divisor.base(), shape.index(i))) : operands.get(k).get(i))
                    .toList()));
            case Power _ -> each(shape, i -> power(operands.get(0).get(i), operands.get(1).get(i)));
            case ApplyBinary a -> each(shape, i -> apply(a.function(), operands.get(0).get(i), operands.get(1).get(i)));
            case Select _ -> each(shape, i -> select(operands.get(0).get(i), operands.get(1).get(i), operands.get(2).get(i)));
            case MatrixProduct m -> matrixProduct(m, operands.get(0), operands.get(1));
            case Transpose _ -> {
                int rows = shape.dimension(0);
                int columns = shape.dimension(1);
                yield each(shape, i -> operands.getFirst().get(i % columns * rows + i / columns));
            }
            case OuterProduct _ -> {
                int columns = shape.dimension(1);
                yield each(shape, i -> product(operands.get(0).get(i / columns), operands.get(1).get(i % columns)));
            }
            case Solve s -> new CramersRule(s.matrix().shape().dimension(0), operands.get(0)).solve(operands.get(1));
            case EntrySum _ -> List.of(sum(operands.getFirst()));
            // The only array in scalars: a root of a sum of squares would overflow where the norm does not.
            case Norm _ -> List.of(LinearAlgebra.norm(LinearAlgebra.stack(operands.getFirst())));
            case SampleSum _ -> each(shape, i -> LinearAlgebra.sampleSum(operands.getFirst().get(i)));
            case Broadcast b -> {
                int repeats = shape.size() / b.operand().shape().size();
                yield each(shape, i -> operands.getFirst().get(i / repeats));
            }
            case Entry e -> {
                int size = shape.size();
                int from = e.operand().shape().withoutTrailing(shape.rank()).offset(e.index()) * size;
                yield operands.getFirst().subList(from, from + size);
            }
            case Stack _ -> operands.stream().flatMap(List::stream).toList();
        };
    }

    private static List<Expression> each(Shape shape, IntFunction<Expression> entry) {
        return IntStream.range(0, shape.size()).mapToObj(entry).toList();
    }

    private static List<Expression> matrixProduct(MatrixProduct node, List<Expression> left, List<Expression> right) {
        int inner = node.left().shape().dimension(1);
        int columns = node.shape().size() / node.shape().dimension(0);
        return each(node.shape(), i -> {
            var terms = new ArrayList<Expression>(inner);
            for (int k = 0; k < inner; k++) {
                terms.add(product(left.get(i / columns * inner + k), right.get(k * columns + i % columns)));
            }
            return sum(terms);
        });
    }
}
