package dev.nabla.exports.routine;

import static java.util.Objects.requireNonNull;

import dev.nabla.exports.routine.Buffer.Kind;
import dev.nabla.exports.routine.Statement.Assign;
import dev.nabla.exports.routine.Statement.Define;
import dev.nabla.exports.routine.Statement.For;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a routine of expressions: what is used more than once, and what a sum over entries makes, is computed once and
 * kept; transposes, entries and what is repeated are only other ways to read it; what is left stands in the loop of its
 * user.
 */
public final class Lowering {

    /** Operations in one line; also what bounds how deep parentheses are nested. */
    private static final int MOST_OPERATIONS = 24;
    /** Terms or factors in one line. */
    private static final int MOST_OPERANDS = 24;
    private static final double NANOS_OF_NODE = 2_000;

    private final Map<Expression, Integer> uses = new HashMap<>();
    private final Set<Expression> kept = new HashSet<>();
    private final Map<Expression, Buffer> buffers = new HashMap<>();
    private final Map<Symbol, Integer> offsets = new HashMap<>();
    private final List<Buffer> arrays = new ArrayList<>();
    private final List<Statement> body = new ArrayList<>();
    private final Buffer inputs;
    private final Buffer parameters;
    private int names;

    private Lowering(Symbol inputs, List<Symbol> parameters) {
        this.inputs = new Buffer("inputs", Kind.INPUTS, inputs.shape().size(), true);
        int offset = 0;
        for (Symbol parameter : parameters) {
            offsets.put(parameter, offset);
            offset += parameter.shape().size();
        }
        this.parameters = new Buffer("parameters", Kind.PARAMETERS, offset, false);
        buffers.put(inputs, this.inputs);
        parameters.forEach(symbol -> buffers.put(symbol, this.parameters));
    }

    /**
     * The routine that computes expressions.
     *
     * @param inputs the vector that has a value for every sample
     * @param parameters all other symbols, in the order in which their entries follow one another
     * @throws NotOfOneSampleException if an expression adds up over samples
     */
    public static Routine lower(List<Expression> expressions, Symbol inputs, List<Symbol> parameters) {
        return new Lowering(inputs, parameters).lower(expressions);
    }

    private Routine lower(List<Expression> roots) {
        List<Expression> order = Graph.topologicalOrder(roots);
        uses.putAll(Graph.useCounts(roots));
        choose(order, roots);
        var results = new ArrayList<Buffer>();
        var own = new HashMap<Expression, Buffer>();
        for (Expression root : roots) {
            var result = new Buffer("result" + (results.size() + 1), Kind.RESULT, root.shape().size(), true);
            results.add(result);
            if (kept.contains(root) && root.isPerSample()) {
                own.putIfAbsent(root, result);
            }
        }
        for (Expression node : order) {
            Work.spend(NANOS_OF_NODE * (1 + node.operands().size()));
            if (kept.contains(node)) {
                keep(node, own.get(node));
            }
        }
        for (int i = 0; i < roots.size(); i++) {
            Expression root = roots.get(i);
            if (!results.get(i).equals(own.get(root))) {
                write(root, results.get(i), Index.of(0), 0, body);
            }
        }
        return Routine.of(inputs, parameters, results, arrays, body);
    }

    /** Decides what is kept. */
    private void choose(List<Expression> order, List<Expression> roots) {
        var users = new HashMap<Expression, Expression>();
        order.forEach(node -> node.operands().forEach(operand -> users.put(operand, node)));
        var operations = new HashMap<Expression, Integer>();
        for (Expression node : order) {
            int own = 1;
            for (Expression operand : node.operands()) {
                own += kept.contains(operand) ? 0 : requireNonNull(operations.get(operand));
            }
            boolean isKept = switch (node) {
                case Constant _, Symbol _, Transpose _, Entry _, Broadcast _ -> false;
                case MatrixProduct _, EntrySum _, Norm _, Solve _, Stack _ -> true;
                case SampleSum _ -> throw new NotOfOneSampleException("a part of it");
                case Apply _, Sum _, Product _, Power _, ApplyBinary _, Select _, OuterProduct _ ->
                    own > MOST_OPERATIONS || node.operands().size() > MOST_OPERANDS
                            || requireNonNull(uses.get(node)) > 1
                            || users.get(node) instanceof Expression user && !takesIn(user, node);
            };
            if (isKept && !(node instanceof Stack && isPartOfOneStack(node, users.get(node)))) {
                kept.add(node);
            }
            operations.put(node, own);
        }
        roots.stream().filter(root -> root.isPerSample() && !isOnlyRead(root)).forEach(kept::add);
    }

    private static boolean isOnlyRead(Expression node) {
        return switch (node) {
            case Constant _, Symbol _, Transpose _, Entry _, Broadcast _ -> true;
            case MatrixProduct _, EntrySum _, Norm _, Solve _, Stack _, SampleSum _, Apply _, Sum _, Product _, Power _,
                    ApplyBinary _, Select _, OuterProduct _ -> false;
        };
    }

    /** Whether the user reads each entry of the node once. */
    private static boolean takesIn(Expression user, Expression node) {
        return switch (user) {
            case Apply _, Sum _, Product _, Power _, ApplyBinary _, Select _, EntrySum _ -> true;
            case Stack _ -> true;
            case OuterProduct _, MatrixProduct _, Norm _, Solve _, Transpose _, Entry _, Broadcast _ -> false;
            case Constant _, Symbol _, SampleSum _ -> throw new IllegalStateException(user + " uses " + node);
        };
    }

    private boolean isPartOfOneStack(Expression node, @Nullable Expression user) {
        return user instanceof Stack && requireNonNull(uses.get(node)) == 1;
    }

    private void keep(Expression node, @Nullable Buffer own) {
        Buffer buffer;
        if (own != null) {
            buffer = own;
            write(node, buffer, Index.of(0), 0, body);
        } else if (node.isScalar() && isDefined(node)) {
            buffer = scalar(node.isPerSample());
            body.add(new Define(buffer, switch (node) {
                case EntrySum s -> entrySum(s, 0, body);
                case Norm n -> norm(n, 0, body);
                default -> element(node, List.of(), 0, body);
            }));
        } else {
            buffer = array(node.shape().size(), node.isPerSample());
            write(node, buffer, Index.of(0), 0, body);
        }
        buffers.put(node, buffer);
    }

    /** Whether it is the value of one line. */
    private static boolean isDefined(Expression node) {
        return node.operands().size() <= MOST_OPERANDS && switch (node) {
            case Apply _, Sum _, Product _, Power _, ApplyBinary _, Select _, EntrySum _, Norm _ -> true;
            default -> false;
        };
    }

    private Buffer scalar(boolean perSample) {
        return new Buffer("t" + ++names, Kind.SCALAR, 1, perSample);
    }

    private Buffer array(int size, boolean perSample) {
        var array = new Buffer("t" + ++names, Kind.ARRAY, size, perSample);
        arrays.add(array);
        return array;
    }

    /** Writes all entries of a node to a buffer, from a position on. */
    private void write(Expression node, Buffer target, Index at, int depth, List<Statement> out) {
        if (buffers.containsKey(node)) {
            writeEntries(node, target, at, depth, out);
            return;
        }
        Runnable writing = switch (node) {
            case MatrixProduct m -> () -> writeProduct(m, target, at, depth, out);
            case EntrySum s -> () -> out.add(new Assign(target, at, entrySum(s, depth, out)));
            case Norm n -> () -> out.add(new Assign(target, at, norm(n, depth, out)));
            case Solve s -> () -> writeSolve(s, target, at, depth, out);
            case Stack s -> () -> writeParts(s.parts(), target, at, depth, out);
            case Sum s when s.terms().size() > MOST_OPERANDS -> () -> writeLong(s, target, at, depth, out);
            case Product p when p.factors().size() > MOST_OPERANDS -> () -> writeLong(p, target, at, depth, out);
            default -> () -> writeEntries(node, target, at, depth, out);
        };
        writing.run();
    }

    private void writeParts(List<Expression> parts, Buffer target, Index at, int depth, List<Statement> out) {
        int size = parts.getFirst().shape().size();
        for (int i = 0; i < parts.size(); i++) {
            write(parts.get(i), target, at.plus(i * size), depth, out);
        }
    }

    private void writeEntries(Expression node, Buffer target, Index at, int depth, List<Statement> out) {
        over(node.shape(), depth, out, (index, inner) -> new Assign(target, at.plus(flat(node.shape(), index)),
                element(node, index, depth + index.size(), inner)));
    }

    /** A sum or product of many, some after some. */
    private void writeLong(Expression node, Buffer target, Index at, int depth, List<Statement> out) {
        List<Expression> operands = node.operands();
        for (int from = 0; from < operands.size(); from += MOST_OPERANDS) {
            List<Expression> some = operands.subList(from, Math.min(from + MOST_OPERANDS, operands.size()));
            boolean isFirst = from == 0;
            over(node.shape(), depth, out, (index, inner) -> {
                Index place = at.plus(flat(node.shape(), index));
                int within = depth + index.size();
                Stream<Scalar> before = isFirst ? Stream.empty() : Stream.of(new Scalar.Load(target, place));
                if (node instanceof Sum) {
                    return new Assign(target, place, new Scalar.Sum(Stream.concat(before,
                            some.stream().map(term -> element(term, index, within, inner))).toList()));
                }
                return new Assign(target, place, product(before.toList(), some, index, within, inner));
            });
        }
    }

    /** What is done for one entry. */
    private interface ForEntry {

        Statement of(List<Index> index, List<Statement> inner);
    }

    /** A nest of loops over all entries of a shape. */
    private static void over(Shape shape, int depth, List<Statement> out, ForEntry entry) {
        over(shape, 0, depth, List.of(), out, entry);
    }

    private static void over(Shape shape, int axis, int depth, List<Index> index, List<Statement> out, ForEntry entry) {
        if (axis == shape.rank()) {
            out.add(entry.of(index, out));
            return;
        }
        int count = shape.dimension(axis);
        var inner = new ArrayList<Statement>();
        // The depth is kept for an axis of one entry too, so that it follows from the rank.
        Index here = count == 1 ? Index.of(0) : Index.variable(depth + axis);
        over(shape, axis + 1, depth, Stream.concat(index.stream(), Stream.of(here)).toList(), inner, entry);
        if (count == 1) {
            out.addAll(inner);
        } else {
            out.add(new For(depth + axis, Index.of(0), count, inner));
        }
    }

    private static void loop(int depth, Index from, int until, List<Statement> out, Function<Index,
            List<Statement>> inner) {
        out.add(new For(depth, from, until, inner.apply(Index.variable(depth))));
    }

    private static Index flat(Shape shape, List<Index> index) {
        Index flat = Index.of(0);
        for (int axis = 0; axis < shape.rank(); axis++) {
            flat = flat.times(shape.dimension(axis)).plus(index.get(axis));
        }
        return flat;
    }

    /**
     * A matrix product, with the innermost loop over what lies side by side in memory: entries of the result where
     * these
     * are the columns of a matrix or the left one is a transpose, else the products that are added.
     */
    private void writeProduct(MatrixProduct m, Buffer target, Index at, int depth, List<Statement> out) {
        Shape shape = m.shape();
        int rows = shape.dimension(0);
        int inner = m.left().shape().dimension(1);
        boolean isVector = shape.isVector();
        int columns = isVector ? 1 : shape.dimension(1);
        boolean isInPlace = isVector ? m.left() instanceof Transpose && rows > 1 : columns > 1;
        if (!isInPlace) {
            Buffer sum = scalar(m.isPerSample());
            over(shape, depth, out, (index, body) -> {
                int d = depth + shape.rank();
                body.add(new Define(sum, Scalar.of(0)));
                loop(d, Index.of(0), inner, body, k -> accumulate(sum, m, index, k, d + 1));
                return new Assign(target, at.plus(flat(shape, index)), Scalar.of(sum));
            });
            return;
        }
        over(shape, depth, out, (index, _) -> new Assign(target, at.plus(flat(shape, index)), Scalar.of(0)));
        if (isVector) {
            loop(depth, Index.of(0), inner, out, k -> {
                var body = new ArrayList<Statement>();
                loop(depth + 1, Index.of(0), rows, body, i ->
                        addTo(target, at.plus(flat(shape, List.of(i))), m, List.of(i), k, depth + 2));
                return body;
            });
            return;
        }
        loop(depth, Index.of(0), rows, out, i -> {
            var middle = new ArrayList<Statement>();
            loop(depth + 1, Index.of(0), inner, middle, k -> {
                var body = new ArrayList<Statement>();
                loop(depth + 2, Index.of(0), columns, body, j ->
                        addTo(target, at.plus(flat(shape, List.of(i, j))), m, List.of(i, j), k, depth + 3));
                return body;
            });
            return middle;
        });
    }

    private List<Statement> accumulate(Buffer sum, MatrixProduct m, List<Index> index, Index k, int depth) {
        var body = new ArrayList<Statement>();
        Scalar term = termOf(m, index, k, depth, body);
        body.add(new Assign(sum, Index.of(0), Scalar.sum(Scalar.of(sum), term)));
        return body;
    }

    private List<Statement> addTo(Buffer target, Index place, MatrixProduct m, List<Index> index, Index k, int depth) {
        var body = new ArrayList<Statement>();
        Scalar term = termOf(m, index, k, depth, body);
        body.add(new Assign(target, place, Scalar.sum(new Scalar.Load(target, place), term)));
        return body;
    }

    private Scalar termOf(MatrixProduct m, List<Index> index, Index k, int depth, List<Statement> out) {
        List<Index> right = Stream.concat(Stream.of(k), index.stream().skip(1)).toList();
        return Scalar.product(element(m.left(), List.of(index.getFirst(), k), depth, out),
                element(m.right(), right, depth, out));
    }

    private Scalar entrySum(EntrySum s, int depth, List<Statement> out) {
        Buffer sum = scalar(s.isPerSample());
        out.add(new Define(sum, Scalar.of(0)));
        Shape shape = s.operand().shape();
        over(shape, depth, out, (index, inner) -> new Assign(sum, Index.of(0),
                Scalar.sum(Scalar.of(sum), element(s.operand(), index, depth + shape.rank(), inner))));
        return Scalar.of(sum);
    }

    /** With the entries next to the largest one, so that no square overflows. */
    private Scalar norm(Norm n, int depth, List<Statement> out) {
        Buffer largest = scalar(n.isPerSample());
        Buffer scale = scalar(n.isPerSample());
        Buffer sum = scalar(n.isPerSample());
        Shape shape = n.operand().shape();
        out.add(new Define(largest, Scalar.of(0)));
        over(shape, depth, out, (index, inner) -> new Assign(largest, Index.of(0), Scalar.call("max",
                Scalar.of(largest),
                Scalar.call("abs", element(n.operand(), index, depth + shape.rank(), inner)))));
        out.add(new Define(scale, Scalar.call("scale", Scalar.of(largest))));
        out.add(new Define(sum, Scalar.of(0)));
        over(shape, depth, out, (index, inner) -> new Assign(sum, Index.of(0), Scalar.sum(Scalar.of(sum),
                Scalar.call("square", new Scalar.Quotient(element(n.operand(), index, depth + shape.rank(), inner),
                        Scalar.of(scale))))));
        return Scalar.product(Scalar.of(scale), Scalar.call("sqrt", Scalar.of(sum)));
    }

    /**
     * Gaussian elimination of [A B I], each pivot brought to its place by exchanges with what is smaller next to the
     * largest entry of its row; NaN where a relative change of n ulp makes the matrix singular, as in Nabla itself.
     */
    private void writeSolve(Solve s, Buffer target, Index at, int depth, List<Statement> out) {
        int n = s.matrix().shape().dimension(0);
        int m = s.right().shape().isVector() ? 1 : s.right().shape().dimension(1);
        int width = 2 * n + m;
        boolean perSample = s.isPerSample();
        Buffer rows = array(n * width, perSample);
        Buffer scales = array(n, perSample);
        Function<List<Index>, Scalar> row = index -> new Scalar.Load(rows,
                index.get(0).times(width).plus(index.get(1)));
        int d = depth;
        loop(d, Index.of(0), n, out, i -> {
            var body = new ArrayList<Statement>();
            Index start = i.times(width);
            body.add(new Assign(scales, i, Scalar.of(0)));
            loop(d + 1, Index.of(0), n, body, j -> {
                var inner = new ArrayList<Statement>();
                inner.add(new Assign(rows, start.plus(j), element(s.matrix(), List.of(i, j), d + 2, inner)));
                inner.add(new Assign(scales, i, Scalar.call("max", new Scalar.Load(scales, i),
                        Scalar.call("abs", new Scalar.Load(rows, start.plus(j))))));
                inner.add(new Assign(rows, start.plus(j).plus(n + m), Scalar.of(0)));
                return inner;
            });
            loop(d + 1, Index.of(0), m, body, j -> {
                var inner = new ArrayList<Statement>();
                List<Index> index = s.right().shape().isVector() ? List.of(i) : List.of(i, j);
                inner.add(new Assign(rows, start.plus(j).plus(n), element(s.right(), index, d + 2, inner)));
                return inner;
            });
            body.add(new Assign(rows, start.plus(i).plus(n + m), Scalar.of(1)));
            return body;
        });
        loop(d, Index.of(0), n, out, k -> {
            var body = new ArrayList<Statement>();
            loop(d + 1, k.plus(1), n, body, i -> {
                var inner = new ArrayList<Statement>();
                Buffer larger = scalar(perSample);
                Buffer above = scalar(perSample);
                Buffer below = scalar(perSample);
                inner.add(new Define(larger, Scalar.call("greater",
                        new Scalar.Quotient(Scalar.call("abs", row.apply(List.of(i, k))), new Scalar.Load(scales, i)),
                        new Scalar.Quotient(Scalar.call("abs", row.apply(List.of(k, k))), new Scalar.Load(scales,
                        k)))));
                exchange(larger, above, below, new Place(scales, k), new Place(scales, i), inner);
                Buffer first = scalar(perSample);
                Buffer second = scalar(perSample);
                loop(d + 2, Index.of(0), width, inner, j -> {
                    var swap = new ArrayList<Statement>();
                    exchange(larger, first, second, new Place(rows, k.times(width).plus(j)),
                            new Place(rows, i.times(width).plus(j)), swap);
                    return swap;
                });
                return inner;
            });
            Buffer factor = scalar(perSample);
            loop(d + 1, k.plus(1), n, body, i -> {
                var inner = new ArrayList<Statement>();
                inner.add(new Define(factor, new Scalar.Quotient(row.apply(List.of(i, k)), row.apply(List.of(k, k)))));
                loop(d + 2, k.plus(1), width, inner, j -> subtract(rows, i, j, k, factor, width));
                return inner;
            });
            return body;
        });
        loop(d, Index.of(0), n, out, up -> {
            var body = new ArrayList<Statement>();
            Index i = up.times(-1).plus(n - 1);
            Buffer factor = scalar(perSample);
            loop(d + 1, i.plus(1), n, body, k -> {
                var inner = new ArrayList<Statement>();
                inner.add(new Define(factor, row.apply(List.of(i, k))));
                loop(d + 2, Index.of(n), width, inner, j -> subtract(rows, i, j, k, factor, width));
                return inner;
            });
            loop(d + 1, Index.of(n), width, body, j -> List.of(new Assign(rows, i.times(width).plus(j),
                    new Scalar.Quotient(row.apply(List.of(i, j)), row.apply(List.of(i, i))))));
            return body;
        });
        Buffer condition = scalar(perSample);
        Buffer sum = scalar(perSample);
        out.add(new Define(condition, Scalar.of(0)));
        loop(d, Index.of(0), n, out, i -> {
            var body = new ArrayList<Statement>();
            body.add(new Define(sum, Scalar.of(0)));
            loop(d + 1, Index.of(0), n, body, j -> {
                var inner = new ArrayList<Statement>();
                inner.add(new Assign(sum, Index.of(0), Scalar.sum(Scalar.of(sum), Scalar.call("abs", Scalar.product(
                        row.apply(List.of(i, j.plus(n + m))), element(s.matrix(), List.of(j, i), d + 2, inner))))));
                return inner;
            });
            body.add(new Assign(condition, Index.of(0), Scalar.call("max", Scalar.of(condition), Scalar.of(sum))));
            return body;
        });
        Buffer regular = scalar(perSample);
        out.add(new Define(regular, Scalar.call("regular", Scalar.product(Scalar.of(n), Scalar.of(condition)))));
        over(s.shape(), d, out, (index, _) -> {
            Index j = index.size() == 1 ? Index.of(0) : index.get(1);
            return new Assign(target, at.plus(flat(s.shape(), index)), Scalar.product(Scalar.of(regular),
                    row.apply(List.of(index.getFirst(), j.plus(n)))));
        });
    }

    private record Place(Buffer buffer, Index at) {

        Scalar load() {
            return new Scalar.Load(buffer, at);
        }
    }

    private static void exchange(Buffer condition, Buffer first, Buffer second, Place here, Place there,
            List<Statement> out) {
        out.add(new Define(first, Scalar.call("where", Scalar.of(condition), there.load(), here.load())));
        out.add(new Define(second, Scalar.call("where", Scalar.of(condition), here.load(), there.load())));
        out.add(new Assign(here.buffer(), here.at(), Scalar.of(first)));
        out.add(new Assign(there.buffer(), there.at(), Scalar.of(second)));
    }

    private static List<Statement> subtract(Buffer rows, Index i, Index j, Index k, Buffer factor, int width) {
        Index place = i.times(width).plus(j);
        return List.of(new Assign(rows, place, Scalar.sum(new Scalar.Load(rows, place), new Scalar.Negation(
                Scalar.product(Scalar.of(factor), new Scalar.Load(rows, k.times(width).plus(j)))))));
    }

    /** One entry of a node; what is too long for a line is computed in the lines before. */
    private Scalar element(Expression node, List<Index> index, int depth, List<Statement> out) {
        Buffer buffer = buffers.get(node);
        if (buffer != null) {
            int offset = node instanceof Symbol symbol ? offsets.getOrDefault(symbol, 0) : 0;
            return new Scalar.Load(buffer, flat(node.shape(), index).plus(offset));
        }
        Function<Expression, Scalar> same = operand -> element(operand, index, depth, out);
        return switch (node) {
            case Constant c -> Scalar.of(c.value());
            case Symbol s -> throw new IllegalArgumentException("no value for " + s.name());
            case Apply a -> new Scalar.Call(a.function().text(), List.of(same.apply(a.operand())));
            case ApplyBinary a -> new Scalar.Call(a.function().name().toLowerCase(Locale.ROOT),
                    List.of(same.apply(a.x()), same.apply(a.y())));
            case Select s -> new Scalar.Call("where", s.operands().stream().map(same).toList());
            case Sum s -> new Scalar.Sum(s.terms().stream().map(same).toList());
            case Product p -> product(List.of(), p.factors(), index, depth, out);
            case Power _ -> product(List.of(), List.of(node), index, depth, out);
            case OuterProduct o -> Scalar.product(element(o.left(), index.subList(0, 1), depth, out),
                    element(o.right(), index.subList(1, 2), depth, out));
            case Broadcast b -> element(b.operand(), index.subList(0, b.operand().shape().rank()), depth, out);
            case Transpose t -> element(t.operand(), index.reversed(), depth, out);
            case Entry e -> element(e.operand(), Stream.concat(e.index().stream().map(Index::of),
                    index.stream()).toList(),
                    depth, out);
            case MatrixProduct _, EntrySum _, Norm _, Solve _, SampleSum _, Stack _ ->
                throw new IllegalStateException(node + " is kept");
        };
    }

    /** A product, with what has negative powers below the line. */
    private Scalar product(List<Scalar> before, List<Expression> factors, List<Index> index, int depth,
            List<Statement> out) {
        var above = new ArrayList<>(before);
        var below = new ArrayList<Scalar>();
        boolean isNegative = false;
        for (Expression factor : factors) {
            if (factor instanceof Constant c && c.value() < 0) {
                isNegative = !isNegative;
                above.addAll(c.value() == -1 ? List.of() : List.of(new Scalar.Literal(-c.value())));
            } else if (factor instanceof Power p && !buffers.containsKey(p)) {
                Scalar base = element(p.base(), index, depth, out);
                int exponent = constantOf(p.exponent());
                (exponent == -1 || exponent == -2 ? below : above).addAll(switch (exponent) {
                    case -1 -> List.of(base);
                    case -2 -> Collections.nCopies(2, named(base, p.base().isPerSample(), out));
                    case 2 -> List.of(Scalar.call("square", base));
                    case 3 -> List.of(Scalar.call("cube", base));
                    default -> List.of(Scalar.call("pow", base, element(p.exponent(), index, depth, out)));
                });
            } else {
                above.add(element(factor, index, depth, out));
            }
        }
        Scalar product = above.isEmpty() ? Scalar.of(1) : above.size() == 1 ? above.getFirst()
                : new Scalar.Product(above);
        for (Scalar divisor : below) {
            product = new Scalar.Quotient(product, divisor);
        }
        return isNegative ? new Scalar.Negation(product) : product;
    }

    /** What may be written more than once. */
    private Scalar named(Scalar value, boolean perSample, List<Statement> out) {
        if (value instanceof Scalar.Load) {
            return value;
        }
        Buffer name = scalar(perSample);
        out.add(new Define(name, value));
        return Scalar.of(name);
    }

    /** A small whole number, 0 for any other exponent. */
    private static int constantOf(Expression exponent) {
        return exponent instanceof Constant c && c.value() == Math.rint(c.value()) && Math.abs(c.value()) <= 3
                ? (int) c.value() : 0;
    }
}
