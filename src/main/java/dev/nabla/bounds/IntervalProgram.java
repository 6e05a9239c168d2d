package dev.nabla.bounds;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.BinaryFunction;
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
import dev.nabla.expression.Interval;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Intervals outside of which no entry of some expressions has a value while the inputs are within others: the natural interval
 * extension (Moore, "Interval Analysis", 1966), rounded outward. For one thread.
 */
final class IntervalProgram {

    private static final double NANOS_OF_NODE = 30;
    private static final double NANOS_OF_ENTRY = 20;
    private static final double NANOS_OF_PRODUCT = 6;
    private static final double NANOS_OF_FUNCTION = 100;

    private final Map<Expression, Node> nodes = new HashMap<>();
    /** What the inputs change, operands before their users. */
    private final List<Node> moving = new ArrayList<>();
    /** Of all entries of all nodes. */
    private final double[] low;
    private final double[] high;
    private final double price;

    /** @param constants the values of the other symbols, row-major */
    IntervalProgram(List<Expression> roots, Symbol inputs, Map<Symbol, double[]> constants) {
        List<Expression> order = Graph.topologicalOrder(roots);
        int size = 0;
        for (Expression expression : order) {
            nodes.put(expression, new Node(expression, size, expression == inputs, operands(expression)));
            size = Math.addExact(size, expression.shape().size());
        }
        Work.hold(Place.HEAP, 2L * Double.BYTES * size);
        this.low = new double[size];
        this.high = new double[size];
        for (Expression expression : order) {
            Node node = node(expression);
            if (node.isMoving) {
                moving.add(node);
            } else if (expression instanceof Symbol symbol) {
                double[] values = requireNonNull(constants.get(symbol));
                System.arraycopy(values, 0, low, node.start, values.length);
                System.arraycopy(values, 0, high, node.start, values.length);
                node.isContinuous = true;
            } else {
                node.isContinuous = compute(node);
            }
        }
        this.price = moving.stream().mapToDouble(IntervalProgram::price).sum();
    }

    /** An expression, the place of its first entry, and whether it has a value everywhere, and no jump. */
    private static final class Node {
        private final Expression expression;
        private final int start;
        private final int size;
        private final Node[] operands;
        private final boolean isMoving;
        private final Optional<LogSoftmax> logSoftmax;
        private boolean isContinuous;
        /** Whether it is certain that no entry has a value anywhere. */
        private boolean isEmpty;

        private Node(Expression expression, int start, boolean isInput, Node[] operands) {
            this.expression = expression;
            this.start = start;
            this.size = expression.shape().size();
            this.operands = operands;
            this.isMoving = isInput || Arrays.stream(operands).anyMatch(operand -> operand.isMoving);
            this.logSoftmax = expression instanceof Sum sum ? LogSoftmax.of(sum) : Optional.empty();
        }
    }

    private Node[] operands(Expression expression) {
        return expression.operands().stream().map(this::node).toArray(Node[]::new);
    }

    private Node node(Expression expression) {
        return requireNonNull(nodes.get(expression));
    }

    private static double price(Node node) {
        return price(node.expression) + node.logSoftmax.map(logarithms -> 2.0 * NANOS_OF_FUNCTION * node.size
                * logarithms.exponents().size()).orElse(0.0);
    }

    private static double price(Expression node) {
        return NANOS_OF_NODE + node.shape().size() * switch (node) {
            case MatrixProduct m -> NANOS_OF_PRODUCT * m.right().shape().dimension(0);
            case Solve s -> NANOS_OF_PRODUCT * 3 * s.matrix().shape().size();
            case Sum _, Product _ -> NANOS_OF_ENTRY * node.operands().size();
            case EntrySum s -> NANOS_OF_ENTRY * s.operand().shape().size();
            case Norm n -> NANOS_OF_ENTRY * n.operand().shape().size();
            case Apply _, ApplyBinary _, Power _ -> NANOS_OF_FUNCTION;
            case Constant _, Symbol _, Select _, OuterProduct _, Transpose _, Broadcast _, Entry _, Stack _, SampleSum _ ->
                NANOS_OF_ENTRY;
        };
    }

    /** Nanoseconds of {@link #run}, about. */
    double price() {
        return price;
    }

    /** @param box of the inputs, one for each of their entries */
    void run(Interval[] box) {
        for (Node node : moving) {
            if (node.expression instanceof Symbol) {
                for (int k = 0; k < box.length; k++) {
                    set(node.start + k, box[k]);
                }
                node.isContinuous = true;
            } else {
                node.isContinuous = compute(node);
            }
        }
    }

    /** Of an entry of a root. */
    Interval value(Expression root, int entry) {
        return at(node(root), entry);
    }

    /** Whether a root has a value everywhere, and no jump. */
    boolean isContinuous(Expression root) {
        return node(root).isContinuous;
    }

    /** Whether a root is certain to have no value. */
    boolean isEmpty(Expression root) {
        return node(root).isEmpty;
    }

    private Interval at(Node node, int entry) {
        return new Interval(low[node.start + entry], high[node.start + entry]);
    }

    private void set(int place, Interval interval) {
        low[place] = interval.low();
        high[place] = interval.high();
    }

    /** Whether it has a value everywhere, and no jump. */
    private boolean compute(Node node) {
        node.isEmpty = isEmpty(node);
        return switch (node.expression) {
            case Constant c -> each(node, _ -> new Interval(c.value(), c.value()));
            case Apply a -> apply(node, a.function());
            case ApplyBinary a -> apply(node, a.function());
            case Select _ -> select(node);
            case Sum _ -> sum(node);
            case Product _ -> folded(node, this::multiply);
            case Power p -> each(node, k -> Outward.power(p, at(node.operands[0], k), at(node.operands[1], k)));
            case MatrixProduct m -> matrixProduct(node, m.right().shape().dimension(0));
            case OuterProduct _ -> outerProduct(node);
            case Solve s -> solve(node, s.matrix().shape().dimension(0));
            case EntrySum _ -> each(node, _ -> sum(node.operands[0], k -> at(node.operands[0], k)));
            case Norm _ -> each(node, _ -> Outward.root(sum(node.operands[0], k -> Outward.square(at(node.operands[0], k)))));
            case Transpose t -> moved(node, k -> transposed(t.shape(), k));
            case Broadcast b -> moved(node, b.operand().isScalar() ? _ -> 0 : k -> k / b.shape().dimension(1));
            case Entry e -> moved(node, k -> first(e) + k);
            case Stack _ -> stack(node);
            case Symbol _, SampleSum _ -> each(node, _ -> Interval.ALL);
        };
    }

    /** By its operands; {@link #select} knows better. */
    private boolean isEmpty(Node node) {
        return switch (node.expression) {
            case Select _ -> false;
            case Stack _ -> Arrays.stream(node.operands).allMatch(operand -> operand.isEmpty);
            // What is undefined to the power 0 is 1.
            case Power _ -> node.operands[1].isEmpty || node.operands[0].isEmpty && IntStream.range(0, node.size)
                    .noneMatch(k -> at(node.operands[1], k).contains(0));
            default -> Arrays.stream(node.operands).anyMatch(operand -> operand.isEmpty);
        };
    }

    /** Of a function that is continuous wherever it has values. */
    private boolean each(Node node, IntFunction<Interval> entry) {
        for (int k = 0; k < node.size; k++) {
            set(node.start + k, entry.apply(k));
        }
        return isBounded(node);
    }

    private boolean isBounded(Node node) {
        for (int place = node.start; place < node.start + node.size; place++) {
            if (low[place] == Double.NEGATIVE_INFINITY || high[place] == Double.POSITIVE_INFINITY) {
                return false;
            }
        }
        return areContinuous(node.operands);
    }

    private static boolean areContinuous(Node[] operands) {
        for (Node operand : operands) {
            if (!operand.isContinuous) {
                return false;
            }
        }
        return true;
    }

    private boolean apply(Node node, ScalarFunction function) {
        Interval always = function.range(Interval.ALL);
        boolean isSmooth = true;
        for (int k = 0; k < node.size; k++) {
            Interval x = at(node.operands[0], k);
            isSmooth = isSmooth && function.isContinuousOn(x);
            // Of an array other entries may have values.
            node.isEmpty |= node.size == 1 && !function.hasValueOn(x);
            set(node.start + k, function.isExact() ? function.range(x) : Rounding.widened(function.range(x), always, 0));
        }
        return isBounded(node) && isSmooth;
    }

    private boolean apply(Node node, BinaryFunction function) {
        Interval always = function.range(Interval.ALL, Interval.ALL);
        boolean isSmooth = true;
        for (int k = 0; k < node.size; k++) {
            Interval x = at(node.operands[0], k);
            Interval y = at(node.operands[1], k);
            isSmooth = isSmooth && function.isContinuousOn(x, y);
            double scale = function == BinaryFunction.LOGADDEXP ? Math.max(x.absolute().high(), y.absolute().high()) : 0;
            set(node.start + k, function.isExact() ? function.range(x, y) : Rounding.widened(function.range(x, y), always, scale));
        }
        return isBounded(node) && isSmooth;
    }

    /** Continuous where all entries are of one side: what the other side is does not matter. */
    private boolean select(Node node) {
        boolean isFirst = false;
        boolean isSecond = false;
        for (int k = 0; k < node.size; k++) {
            Interval condition = at(node.operands[0], k);
            Interval x = at(node.operands[1], k);
            Interval y = at(node.operands[2], k);
            boolean mayHold = condition.low() != 0 || condition.high() != 0;
            boolean mayFail = condition.contains(0);
            set(node.start + k, mayHold ? mayFail ? x.or(y) : x : y);
            isFirst |= mayHold;
            isSecond |= mayFail;
        }
        node.isEmpty = node.operands[0].isEmpty || isFirst != isSecond && node.operands[isFirst ? 1 : 2].isEmpty;
        return isFirst != isSecond && node.operands[0].isContinuous && node.operands[isFirst ? 1 : 2].isContinuous;
    }

    /** Something done to entries at a place by those at another one. */
    private interface Change {
        void of(int place, int by);
    }

    private boolean folded(Node node, Change change) {
        System.arraycopy(low, node.operands[0].start, low, node.start, node.size);
        System.arraycopy(high, node.operands[0].start, high, node.start, node.size);
        for (int i = 1; i < node.operands.length; i++) {
            for (int k = 0; k < node.size; k++) {
                change.of(node.start + k, node.operands[i].start + k);
            }
        }
        return isBounded(node);
    }

    private boolean sum(Node node) {
        folded(node, this::add);
        node.logSoftmax.ifPresent(logarithms -> {
            List<Node> exponents = logarithms.exponents().stream().map(this::node).toList();
            if (exponents.stream().allMatch(exponent -> isFinite(exponent.start))) {
                for (int k = 0; k < node.size; k++) {
                    set(node.start + k, at(node, k).and(logarithms.range(k, j -> at(exponents.get(j), 0))));
                }
            }
        });
        return isBounded(node);
    }

    private boolean isFinite(int place) {
        return Double.isFinite(low[place]) && Double.isFinite(high[place]);
    }

    private void add(int place, int by) {
        low[place] = Rounding.addDown(low[place], low[by]);
        high[place] = Rounding.addUp(high[place], high[by]);
    }

    private void multiply(int place, int by) {
        double least = Outward.productDown(low[place], high[place], low[by], high[by]);
        high[place] = Outward.productUp(low[place], high[place], low[by], high[by]);
        low[place] = least;
    }

    private static Interval sum(Node operand, IntFunction<Interval> term) {
        double least = 0;
        double greatest = 0;
        for (int k = 0; k < operand.size; k++) {
            Interval x = term.apply(k);
            least = Rounding.addDown(least, x.low());
            greatest = Rounding.addUp(greatest, x.high());
        }
        return new Interval(least, greatest);
    }

    private boolean matrixProduct(Node node, int inner) {
        int columns = node.operands[1].size / inner;
        for (int k = 0; k < node.size; k++) {
            double least = 0;
            double greatest = 0;
            for (int j = 0; j < inner; j++) {
                int a = node.operands[0].start + k / columns * inner + j;
                int b = node.operands[1].start + j * columns + k % columns;
                least = Rounding.addDown(least, Outward.productDown(low[a], high[a], low[b], high[b]));
                greatest = Rounding.addUp(greatest, Outward.productUp(low[a], high[a], low[b], high[b]));
            }
            low[node.start + k] = least;
            high[node.start + k] = greatest;
        }
        return isBounded(node);
    }

    private boolean outerProduct(Node node) {
        int columns = node.operands[1].size;
        for (int k = 0; k < node.size; k++) {
            int a = node.operands[0].start + k / columns;
            int b = node.operands[1].start + k % columns;
            low[node.start + k] = Outward.productDown(low[a], high[a], low[b], high[b]);
            high[node.start + k] = Outward.productUp(low[a], high[a], low[b], high[b]);
        }
        return isBounded(node);
    }

    private boolean solve(Node node, int n) {
        var system = new IntervalSystem(n, (i, j) -> at(node.operands[0], i * n + j));
        int columns = node.size / n;
        for (int column = 0; column < columns; column++) {
            int of = column;
            Interval[] solution = system.solve(i -> at(node.operands[1], i * columns + of));
            for (int i = 0; i < n; i++) {
                set(node.start + i * columns + column, solution[i]);
            }
        }
        return isBounded(node);
    }

    private boolean moved(Node node, IntUnaryOperator from) {
        for (int k = 0; k < node.size; k++) {
            int place = node.operands[0].start + from.applyAsInt(k);
            low[node.start + k] = low[place];
            high[node.start + k] = high[place];
        }
        return node.operands[0].isContinuous;
    }

    private static int transposed(Shape shape, int k) {
        int columns = shape.dimension(1);
        return k % columns * shape.dimension(0) + k / columns;
    }

    private static int first(Entry node) {
        Shape shape = node.operand().shape();
        int place = 0;
        for (int position : node.index()) {
            shape = shape.withoutLeading(1);
            place += position * shape.size();
        }
        return place;
    }

    private boolean stack(Node node) {
        int place = node.start;
        for (Node part : node.operands) {
            System.arraycopy(low, part.start, low, place, part.size);
            System.arraycopy(high, part.start, high, place, part.size);
            place += part.size;
        }
        return areContinuous(node.operands);
    }
}
