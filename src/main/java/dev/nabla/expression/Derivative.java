package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.LinearAlgebra.array;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.oneHot;
import static dev.nabla.expression.LinearAlgebra.stack;

import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.SampleSum;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Partial derivatives of expressions, which are expressions again. */
public final class Derivative {

    /** A Jacobian with this many times more columns than rows is built row by row. */
    private static final int WIDE = 4;

    private Derivative() {}

    /**
     * The derivatives of a scalar with respect to each target, each of the shape of its target, in one reverse sweep.
     *
     * @throws ShapeException if {@code scalar} is none
     */
    public static List<Expression> gradient(Expression scalar, List<Expression> targets) {
        if (!scalar.isScalar()) {
            throw new ShapeException("a gradient is that of a scalar, not of shape " + scalar.shape());
        }
        return mixesSamples(scalar, targets) ? targets.stream().map(target -> byColumns(scalar, target)).toList()
                : ReverseMode.gradient(scalar, targets);
    }

    /**
     * The product of the Hessian of a scalar by targets and a direction, each part of the shape of its target: the gradient of the
     * derivative along the direction (Pearlmutter, "Fast exact multiplication by the Hessian", Neural Computation 6, 1994).
     *
     * @param targets all shared
     * @param direction a part for each target, of its shape
     */
    public static List<Expression> hessianProduct(Expression scalar, List<Expression> targets, List<Expression> direction) {
        return gradient(ForwardMode.along(List.of(scalar), targets, direction).getFirst(), targets);
    }

    /**
     * Whether a per-sample scalar depends on a shared target through all samples of a batch. The reverse mode has one
     * adjoint per node and sample, which cannot tell what the scalar of one sample owes to the nodes of another.
     */
    private static boolean mixesSamples(Expression scalar, List<Expression> targets) {
        List<Expression> shared = targets.stream().filter(target -> !target.isPerSample()).toList();
        return scalar.isPerSample() && !shared.isEmpty()
                && Graph.dependents(Graph.topologicalOrder(List.of(scalar)), shared).stream()
                        .anyMatch(SampleSum.class::isInstance);
    }

    /**
     * The partial derivative of {@code e} with respect to {@code v}: shape(e) followed by shape(v).
     *
     * @param v a symbol, an entry of a symbol, a vector of these, or any other node, which is then varied as if it were a
     *     symbol
     */
    public static Expression of(Expression e, Expression v) {
        if (v instanceof Stack vector && vector.parts().stream().allMatch(Derivative::isSymbolOrEntry)) {
            return byVector(e, vector);
        }
        if (v instanceof Entry part && part.isScalar()) {
            Expression whole = part.operand();
            return ForwardMode.along(e, whole, oneHot(whole.shape(), part.index()));
        }
        if (v.isScalar()) {
            return ForwardMode.along(e, v, constant(1));
        }
        if (e.isScalar()) {
            return gradient(e, List.of(v)).getFirst();
        }
        if (e.shape().size() > 1 && WIDE * e.shape().size() > v.shape().size() && ForwardMode.hasMatrixForm(e, v)) {
            return ForwardMode.jacobian(e, v);
        }
        // Along one direction a quotient is multiplied before it is divided; an adjoint may be too small alone.
        boolean isQuotient = e.shape().size() * WIDE >= v.shape().size()
                && Graph.topologicalOrder(List.of(e)).stream().anyMatch(Calculus::isPlainQuotient);
        return e.shape().size() <= v.shape().size() && !isQuotient ? byRows(e, v) : byColumns(e, v);
    }

    private static boolean isSymbolOrEntry(Expression x) {
        return x.isScalar() && (x instanceof Symbol || x instanceof Entry e && e.operand() instanceof Symbol);
    }

    /** From the derivatives by the whole symbols that the vector has more than one entry of, and by single entries. */
    private static Expression byVector(Expression e, Stack vector) {
        Map<Expression, Long> counts = vector.parts().stream()
                .collect(Collectors.groupingBy(Derivative::symbol, LinkedHashMap::new, Collectors.counting()));
        List<Expression> symbols = counts.entrySet().stream().filter(count -> count.getValue() > 1)
                .map(Map.Entry::getKey).toList();
        Map<Expression, Expression> derivatives = new HashMap<>();
        if (e.isScalar()) {
            List<Expression> gradient = gradient(e, symbols);
            IntStream.range(0, symbols.size()).forEach(i -> derivatives.put(symbols.get(i), gradient.get(i)));
        } else {
            symbols.forEach(symbol -> derivatives.put(symbol, of(e, symbol)));
        }
        var entries = new ArrayList<Expression>();
        for (int i = 0; i < e.shape().size(); i++) {
            for (Expression part : vector.parts()) {
                var index = new ArrayList<>(e.shape().index(i));
                Expression derivative = derivatives.get(symbol(part));
                if (derivative != null && part instanceof Entry entry) {
                    index.addAll(entry.index());
                }
                entries.add(entry(derivative != null ? derivative
                        : derivatives.computeIfAbsent(part, single -> of(e, single)), index));
            }
        }
        return array(e.shape().followedBy(vector.shape()), entries);
    }

    private static Expression symbol(Expression symbolOrEntry) {
        return symbolOrEntry instanceof Entry entry ? entry.operand() : symbolOrEntry;
    }

    private static Expression byRows(Expression e, Expression v) {
        if (e.isScalar()) {
            return gradient(e, List.of(v)).getFirst();
        }
        return stack(IntStream.range(0, e.shape().dimension(0)).mapToObj(i -> byRows(entry(e, i), v)).toList());
    }

    private static Expression byColumns(Expression e, Expression v) {
        Shape inner = v.shape();
        List<Expression> columns = IntStream.range(0, inner.size())
                .mapToObj(j -> ForwardMode.along(e, v, oneHot(inner, inner.index(j)))).toList();
        var entries = new ArrayList<Expression>();
        for (int i = 0; i < e.shape().size(); i++) {
            for (Expression column : columns) {
                entries.add(entry(column, e.shape().index(i)));
            }
        }
        return array(e.shape().followedBy(inner), entries);
    }
}
