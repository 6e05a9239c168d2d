package dev.nabla.exports.onnx;

import static dev.nabla.exports.onnx.Nodes.attribute;
import static java.util.Objects.requireNonNull;

import dev.nabla.exports.routine.NotOfOneSampleException;
import dev.nabla.expression.Expression;
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
import dev.nabla.expression.Graph;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes nodes of expressions, each of the whole batch at once: layers are {@code Gemm}, what is repeated is repeated
 * only
 * where an operator does not do that itself.
 */
final class BatchLowering {

    private static final double NANOS_OF_NODE = 5_000;

    private final Nodes nodes;
    private final Symbol inputs;
    private final Map<Expression, Value> values = new HashMap<>();

    BatchLowering(Nodes nodes, Symbol inputs) {
        this.nodes = nodes;
        this.inputs = inputs;
    }

    /**
     * The values of expressions, in their shapes and with an axis for samples.
     *
     * @throws NotOfOneSampleException if an expression adds up over samples
     */
    List<String> lower(List<Expression> roots) {
        for (Expression node : Graph.topologicalOrder(roots)) {
            Work.spend(NANOS_OF_NODE * (1 + node.operands().size()));
            values.put(node, value(node));
        }
        return roots.stream().map(root -> ofEverySample(whole(root), root.shape()).name()).toList();
    }

    private Value value(Expression node) {
        return switch (node) {
            case Constant c -> new Value(nodes.number(c.value()), false, List.of());
            case Symbol s -> new Value(s.name(), s.isPerSample(), s.shape().dimensions());
            case Apply a -> apply(a.function().text(), a.operands());
            case ApplyBinary a -> apply(a.function().name().toLowerCase(Locale.ROOT), a.operands());
            case Select s -> apply("where", s.operands());
            case Sum s -> sum(s);
            case Product p -> product(p.factors());
            case Power _ -> product(List.of(node));
            case MatrixProduct m -> product(m, Optional.empty());
            case Transpose t -> transpose(whole(t.operand()));
            case OuterProduct o -> entrywise("*", column(whole(o.left())), row(whole(o.right())));
            case Broadcast b -> spread(of(b.operand()), b.shape().rank() - b.operand().shape().rank());
            case Entry e -> entry(e);
            case Stack s -> stack(s);
            case EntrySum s -> reduce("ReduceSum", whole(s.operand()));
            case Norm n -> norm(whole(n.operand()));
            case Solve s -> new Elimination(this, nodes, s).solution();
            case SampleSum _ -> throw new NotOfOneSampleException("a part of it");
        };
    }

    private Value of(Expression node) {
        return requireNonNull(values.get(node));
    }

    /** With its own shape. */
    Value whole(Expression node) {
        Value value = of(node);
        List<Integer> shape = node.shape().dimensions();
        if (value.hasShape(node.shape())) {
            return value;
        }
        List<Integer> repeated = value.perSample() ? Stream.concat(Stream.of(1), shape.stream()).toList() : shape;
        return new Value(nodes.add("Expand", List.of(value.name(), nodes.integers(repeated))), value.perSample(),
                shape);
    }

    /** With an axis for samples. */
    Value ofEverySample(Value value, Shape shape) {
        if (value.perSample()) {
            return value;
        }
        String samples = nodes.add("Shape", List.of(inputs.name()), attribute("start", 0), attribute("end", 1));
        String repeated = shape.isScalar() ? samples
                : nodes.add("Concat", List.of(samples, nodes.integers(shape.dimensions())), attribute("axis", 0));
        return new Value(nodes.add("Expand", List.of(value.name(), repeated)), true, value.dimensions());
    }

    private Value apply(String function, List<Expression> operands) {
        return entrywise(function, operands.stream().map(this::of).toArray(Value[]::new));
    }

    /** A function, or a sign of an operation, of the entries of values. */
    Value entrywise(String function, Value... operands) {
        List<Value> all = List.of(operands);
        return new Value(Functions.apply(function, all.stream().map(Value::name).toList(), nodes),
                all.stream().anyMatch(Value::perSample), Value.together(all));
    }

    Value number(double value) {
        return new Value(nodes.number(value), false, List.of());
    }

    /** A layer is one node with its bias; what is subtracted is not added with a minus. */
    private Value sum(Sum sum) {
        var terms = new ArrayList<>(sum.terms());
        Value total = layer(terms).orElse(null);
        for (Expression term : terms) {
            boolean isNegative = total != null && term instanceof Product p && p.factors().getFirst().isConstant(-1);
            Value value = isNegative ? product(term.operands().subList(1, term.operands().size())) : of(term);
            total = total == null ? value : entrywise(isNegative ? "-" : "+", total, value);
        }
        return requireNonNull(total);
    }

    /** A product of a matrix that all samples share by a vector, with a bias; both are taken out of the terms. */
    private Optional<Value> layer(List<Expression> terms) {
        Optional<Expression> product = terms.stream().filter(term -> term instanceof MatrixProduct m && isLayer(m))
                .findFirst();
        Optional<Expression> bias = terms.stream().filter(term -> !term.isPerSample()).findFirst();
        if (product.isEmpty() || bias.isEmpty()) {
            return Optional.empty();
        }
        terms.remove(product.get());
        terms.remove(bias.get());
        return Optional.of(product((MatrixProduct) product.get(), bias));
    }

    private static boolean isLayer(MatrixProduct m) {
        return !m.left().isPerSample() && m.right().isPerSample() && m.right().shape().isVector();
    }

    /**
     * A product that is no layer is an {@code Einsum}: ONNX Runtime 1.29 fuses a {@code MatMul} with scalars, which
     * lose
     * digits then, and with transposes, which are wrong where they multiply a vector.
     */
    private Value product(MatrixProduct m, Optional<Expression> bias) {
        boolean isTransposed = m.left() instanceof Transpose;
        Value left = whole(m.left() instanceof Transpose t ? t.operand() : m.left());
        Value right = whole(m.right());
        if (isLayer(m)) {
            var operands = new ArrayList<>(List.of(right.name(), left.name()));
            bias.ifPresent(vector -> operands.add(of(vector).name()));
            return new Value(isTransposed ? nodes.add("Gemm", operands)
                    : nodes.add("Gemm", operands, attribute("transB", 1)), true, m.shape().dimensions());
        }
        String columns = m.right().shape().isVector() ? "" : "k";
        String axes = sample(left) + (isTransposed ? "ji," : "ij,") + sample(right) + "j" + columns + "->"
                + (m.isPerSample() ? "s" : "") + "i" + columns;
        return new Value(nodes.add("Einsum", List.of(left.name(), right.name()), Nodes.attribute("equation", axes)),
                m.isPerSample(), m.shape().dimensions());
    }

    private static String sample(Value value) {
        return value.perSample() ? "s" : "";
    }

    private Value transpose(Value matrix) {
        String name = nodes.transpose(matrix.name(), matrix.perSample());
        return new Value(name, matrix.perSample(), matrix.dimensions().reversed());
    }

    /** A product, divided by what has negative powers. */
    private Value product(List<Expression> factors) {
        Value product = null;
        var below = new ArrayList<Value>();
        boolean isNegative = false;
        for (Expression factor : factors) {
            if (factor.isConstant(-1)) {
                isNegative = true;
            } else if (factor instanceof Power p && (p.exponent().isConstant(-1) || p.exponent().isConstant(-2))) {
                below.add(of(p.base()));
                if (p.exponent().isConstant(-2)) {
                    below.add(of(p.base()));
                }
            } else {
                Value next = factor instanceof Power p ? power(p) : of(factor);
                product = product == null ? next : entrywise("*", product, next);
            }
        }
        product = product == null ? number(1) : product;
        for (Value divisor : below) {
            product = entrywise("/", product, divisor);
        }
        return isNegative ? negative(product) : product;
    }

    private Value negative(Value value) {
        return new Value(nodes.add("Neg", List.of(value.name())), value.perSample(), value.dimensions());
    }

    private Value power(Power p) {
        Value base = of(p.base());
        if (p.exponent().isConstant(2)) {
            return entrywise("*", base, base);
        }
        return p.exponent().isConstant(3) ? entrywise("*", entrywise("*", base, base), base)
                : entrywise("pow", base, of(p.exponent()));
    }

    /** With so many axes more, along which all entries are equal. */
    private Value spread(Value value, int axes) {
        if (!value.perSample() && value.dimensions().isEmpty()) {
            return value;
        }
        var dimensions = new ArrayList<>(value.dimensions());
        for (int i = 0; i < axes; i++) {
            dimensions.add(1);
        }
        var result = new Value("", value.perSample(), dimensions);
        return unsqueeze(value, result.axes(value.dimensions().size(), dimensions.size()), dimensions);
    }

    private Value column(Value vector) {
        return spread(vector, 1);
    }

    private Value row(Value vector) {
        return unsqueeze(vector, List.of(vector.axis(0)), List.of(1, vector.dimensions().getFirst()));
    }

    private Value unsqueeze(Value value, List<Integer> axes, List<Integer> dimensions) {
        return new Value(nodes.add("Unsqueeze", List.of(value.name(), nodes.integers(axes))), value.perSample(),
                dimensions);
    }

    private Value entry(Entry e) {
        Value value = whole(e.operand());
        String name = value.name();
        for (int position : e.index()) {
            name = nodes.add("Gather", List.of(name, nodes.integer(position)), attribute("axis", value.axis(0)));
        }
        return new Value(name, value.perSample(), e.shape().dimensions());
    }

    private Value stack(Stack s) {
        Optional<double[]> numbers = ConstantArrays.of(s);
        List<Integer> dimensions = s.shape().dimensions();
        if (numbers.isPresent()) {
            return new Value(nodes.array("/constant_" + values.size(), dimensions, numbers.get()), false, dimensions);
        }
        var parts = new ArrayList<String>();
        int axis = s.isPerSample() ? 1 : 0;
        for (Expression part : s.parts()) {
            Value value = whole(part);
            Value own = s.isPerSample() ? ofEverySample(value, part.shape()) : value;
            parts.add(nodes.add("Unsqueeze", List.of(own.name(), nodes.integers(List.of(axis)))));
        }
        return new Value(parts.size() == 1 ? parts.getFirst() : nodes.add("Concat", parts, attribute("axis", axis)),
                s.isPerSample(), dimensions);
    }

    /** A sum, or the largest, of all entries. */
    private Value reduce(String operator, Value value) {
        return value.dimensions().isEmpty() ? value : new Value(nodes.add(operator,
                List.of(value.name(), nodes.integers(value.axes())), attribute("keepdims", 0)), value.perSample(),
                List.of());
    }

    /** With the entries next to the largest one, so that no square overflows. */
    private Value norm(Value value) {
        if (value.dimensions().isEmpty()) {
            return entrywise("abs", value);
        }
        Value scale = entrywise("scale", reduce("ReduceMax", entrywise("abs", value)));
        Value ratio = entrywise("/", value, spread(scale, value.dimensions().size()));
        return entrywise("*", scale, entrywise("sqrt", reduce("ReduceSum", entrywise("*", ratio, ratio))));
    }
}
