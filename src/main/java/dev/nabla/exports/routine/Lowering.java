package dev.nabla.exports.routine;

import static dev.nabla.exports.routine.Loops.flat;
import static dev.nabla.exports.routine.Loops.over;

import dev.nabla.exports.routine.Buffer.Kind;
import dev.nabla.exports.routine.Statement.Assign;
import dev.nabla.exports.routine.Statement.Define;
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

    /** Terms or factors in one line. */
    static final int MOST_OPERANDS = 24;
    private static final double NANOS_OF_NODE = 2_000;

    private final Set<Expression> kept = new HashSet<>();
    private final Map<Expression, Buffer> buffers = new HashMap<>();
    private final Map<Symbol, Integer> offsets = new HashMap<>();
    private final OwnBuffers own = new OwnBuffers();
    private final List<Statement> body = new ArrayList<>();
    private final Buffer inputs;
    private final Buffer parameters;

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
        kept.addAll(KeptNodes.of(order, roots));
        var results = new ArrayList<Buffer>();
        var ofResults = new HashMap<Expression, Buffer>();
        for (Expression root : roots) {
            var result = new Buffer("result" + (results.size() + 1), Kind.RESULT, root.shape().size(), true);
            results.add(result);
            if (kept.contains(root) && root.isPerSample()) {
                ofResults.putIfAbsent(root, result);
            }
        }
        for (Expression node : order) {
            Work.spend(NANOS_OF_NODE * (1 + node.operands().size()));
            if (kept.contains(node)) {
                keep(node, ofResults.get(node));
            }
        }
        for (int i = 0; i < roots.size(); i++) {
            Expression root = roots.get(i);
            if (!results.get(i).equals(ofResults.get(root))) {
                write(root, results.get(i), Index.of(0), 0, body);
            }
        }
        return Routine.of(inputs, parameters, results, own.arrays(), body);
    }

    private void keep(Expression node, @Nullable Buffer result) {
        Buffer buffer;
        if (result != null) {
            buffer = result;
            write(node, buffer, Index.of(0), 0, body);
        } else if (node.isScalar() && isDefined(node)) {
            buffer = own.scalar(node.isPerSample());
            body.add(new Define(buffer, switch (node) {
                case EntrySum s -> entrySum(s, 0, body);
                case Norm n -> norm(n, 0, body);
                default -> element(node, List.of(), 0, body);
            }));
        } else {
            buffer = own.array(node.shape().size(), node.isPerSample());
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

    /** Writes all entries of a node to a buffer, from a position on. */
    private void write(Expression node, Buffer target, Index at, int depth, List<Statement> out) {
        if (buffers.containsKey(node)) {
            writeEntries(node, target, at, depth, out);
            return;
        }
        Runnable writing = switch (node) {
            case MatrixProduct m -> () -> new MatrixProducts(own, this::element).write(m, target, at, depth, out);
            case EntrySum s -> () -> out.add(new Assign(target, at, entrySum(s, depth, out)));
            case Norm n -> () -> out.add(new Assign(target, at, norm(n, depth, out)));
            case Solve s -> () -> new Elimination(own, this::element).write(s, target, at, depth, out);
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

    private Scalar entrySum(EntrySum s, int depth, List<Statement> out) {
        Buffer sum = own.scalar(s.isPerSample());
        out.add(new Define(sum, Scalar.of(0)));
        Shape shape = s.operand().shape();
        over(shape, depth, out, (index, inner) -> new Assign(sum, Index.of(0),
                Scalar.sum(Scalar.of(sum), element(s.operand(), index, depth + shape.rank(), inner))));
        return Scalar.of(sum);
    }

    /** With the entries next to the largest one, so that no square overflows. */
    private Scalar norm(Norm n, int depth, List<Statement> out) {
        Buffer largest = own.scalar(n.isPerSample());
        Buffer scale = own.scalar(n.isPerSample());
        Buffer sum = own.scalar(n.isPerSample());
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
        Buffer name = own.scalar(perSample);
        out.add(new Define(name, value));
        return Scalar.of(name);
    }

    /** A small whole number, 0 for any other exponent. */
    private static int constantOf(Expression exponent) {
        return exponent instanceof Constant c && c.value() == Math.rint(c.value()) && Math.abs(c.value()) <= 3
                ? (int) c.value() : 0;
    }
}
