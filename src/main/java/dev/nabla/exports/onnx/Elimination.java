package dev.nabla.exports.onnx;

import static dev.nabla.exports.onnx.Nodes.attribute;

import dev.nabla.exports.code.Sizes;
import dev.nabla.expression.Expression.Solve;
import dev.nabla.expression.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The solution of linear equations of every sample: Gauss–Jordan elimination of [A B I] whose rows stay where they are,
 * each pivot being the largest next to the largest entry of its row; NaN where a relative change of n ulp makes the
 * matrix singular, as in Nabla itself.
 */
final class Elimination {

    /** So many steps are written down one after the other. */
    private static final int MOST_ROWS = 128;

    private final BatchLowering lowering;
    private final Nodes nodes;
    private final Solve solve;
    private final boolean perSample;
    private final int n;
    private final int m;
    private final int rowAxis;
    private final int columnAxis;

    Elimination(BatchLowering lowering, Nodes nodes, Solve solve) {
        this.lowering = lowering;
        this.nodes = nodes;
        this.solve = solve;
        this.perSample = solve.isPerSample();
        this.n = solve.matrix().shape().dimension(0);
        this.m = solve.right().shape().isVector() ? 1 : solve.right().shape().dimension(1);
        this.rowAxis = perSample ? 1 : 0;
        this.columnAxis = rowAxis + 1;
        Sizes.requireFew(n, MOST_ROWS, "rows of a system of linear equations");
    }

    Value solution() {
        String matrix = part(solve.matrix().shape(), lowering.whole(solve.matrix()));
        String right = part(solve.right().shape(), lowering.whole(solve.right()));
        if (solve.right().shape().isVector()) {
            right = nodes.add("Unsqueeze", List.of(right, nodes.integers(List.of(columnAxis))));
        }
        String rows = nodes.add("Concat", List.of(matrix, right, identity()), attribute("axis", columnAxis));
        String scales = reduce("ReduceMax", nodes.add("Abs", List.of(matrix)), columnAxis);
        var pivots = new ArrayList<String>();
        for (int k = 0; k < n; k++) {
            String column = column(rows, k);
            String score = nodes.add("Div", List.of(nodes.add("Abs", List.of(column)), scales));
            for (String used : pivots) {
                score = nodes.add("Where", List.of(used, nodes.number(-1), score));
            }
            String largest = nodes.add("ArgMax", List.of(score), attribute("axis", rowAxis));
            String isPivot = nodes.add("Equal", List.of(largest, nodes.rows(n)));
            String pivot = rowOf(rows, isPivot);
            String scaled = nodes.add("Div", List.of(pivot, column(pivot, k)));
            rows = nodes.add("Where", List.of(isPivot, scaled,
                    nodes.add("Sub", List.of(rows, nodes.add("Mul", List.of(column, scaled))))));
            pivots.add(isPivot);
        }
        String last = rows;
        List<String> inOrder = pivots.stream().map(isPivot -> rowOf(last, isPivot)).toList();
        String solved = inOrder.size() == 1 ? inOrder.getFirst() : nodes.add("Concat", inOrder, attribute("axis",
                rowAxis));
        String solution = nodes.add("Mul", List.of(columns(solved, n, n + m), regular(matrix, columns(solved, n + m,
                2 * n + m))));
        return new Value(solve.shape().isVector() ? nodes.add("Squeeze", List.of(solution,
                nodes.integers(List.of(columnAxis)))) : solution, perSample, solve.shape().dimensions());
    }

    private String part(Shape shape, Value whole) {
        return perSample ? lowering.ofEverySample(whole, shape).name() : whole.name();
    }

    private String identity() {
        var entries = new double[n * n];
        for (int i = 0; i < n; i++) {
            entries[i * n + i] = 1;
        }
        Shape shape = Shape.of(n, n);
        return part(shape, new Value(nodes.array("/identity_" + n, shape.dimensions(), entries), false,
                shape.dimensions()));
    }

    private String column(String matrix, int k) {
        return nodes.add("Gather", List.of(matrix, nodes.integers(List.of(k))), attribute("axis", columnAxis));
    }

    private String columns(String matrix, int from, int to) {
        return nodes.add("Slice", List.of(matrix, nodes.integers(List.of(from)), nodes.integers(List.of(to)),
                nodes.integers(List.of(columnAxis))));
    }

    /** The row of a pivot as a matrix with one row. */
    private String rowOf(String rows, String isPivot) {
        return reduce("ReduceSum", nodes.add("Where", List.of(isPivot, rows, nodes.number(0))), rowAxis);
    }

    private String reduce(String operator, String value, int axis) {
        return nodes.add(operator, List.of(value, nodes.integers(List.of(axis))));
    }

    /** 1, or NaN where n times the condition is too large. */
    private String regular(String matrix, String inverse) {
        String products = nodes.add("Abs", List.of(nodes.add("Mul", List.of(inverse, nodes.transpose(matrix,
                perSample)))));
        String condition = reduce("ReduceMax", reduce("ReduceSum", products, columnAxis), rowAxis);
        return Functions.apply("regular", List.of(nodes.add("Mul", List.of(condition, nodes.number(n)))), nodes);
    }
}
