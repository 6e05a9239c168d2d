package dev.nabla.program;

import static java.util.Objects.requireNonNull;

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
import dev.nabla.expression.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says why an expression, or a part of it, is no finite number at a sample: computes all its nodes there, goes down from an
 * entry that is none as long as it is made of such entries, and names the operation where that ends.
 */
public final class Diagnosis {

    /** The most numbers that are held at once, unless one sample has more. */
    private static final int MOST_NUMBERS = 1_000_000;

    /** Where the operations one by one are finite, and only rounding together are not. */
    private static final String UNKNOWN = "no finite number";

    private final List<Expression> nodes;
    private final Map<Expression, Integer> numbers = new HashMap<>();
    private final Evaluation evaluation;

    /** An entry, by its row-major number, of a node. */
    private record Place(Expression node, int entry) {}

    /** @param symbols all symbols that will have a value */
    public Diagnosis(Expression expression, List<Symbol> symbols, Engine engine) {
        this.nodes = Graph.topologicalOrder(List.of(expression));
        nodes.forEach(node -> numbers.put(node, numbers.size()));
        this.evaluation = Evaluation.of(nodes, symbols, engine);
    }

    /**
     * For every sample a reason such as {@code log of 0}.
     *
     * @param shared the values of the shared symbols, row-major
     * @param perSample of each per-sample symbol its values in every sample, {@code [sample][entry]}
     * @param samples how many there are, at all of which the expression or a part of it is no finite number
     */
    public List<String> reasons(Map<Symbol, double[]> shared, Map<Symbol, double[][]> perSample, int samples) {
        long ofSample = nodes.stream().mapToLong(node -> node.shape().size()).sum();
        int atOnce = (int) Math.max(1, MOST_NUMBERS / ofSample);
        var reasons = new ArrayList<String>();
        for (int from = 0; from < samples; from += atOnce) {
            int to = Math.min(from + atOnce, samples);
            Map<Symbol, double[][]> rows = new HashMap<>();
            for (var values : perSample.entrySet()) {
                rows.put(values.getKey(), Arrays.copyOfRange(values.getValue(), from, to));
            }
            double[][][] computed = evaluation.evaluate(shared, rows, to - from);
            IntStream.range(0, to - from)
                    .mapToObj(s -> reason(place -> computed[requireNonNull(numbers.get(place.node))][s][place.entry]))
                    .forEach(reasons::add);
        }
        return reasons;
    }

    private String reason(ToDoubleFunction<Place> value) {
        Optional<Place> undefined = Optional.empty();
        Optional<Place> next = firstUndefined(all(nodes.getLast()), value)
                .or(() -> firstUndefined(taken(value).filter(place -> isWatched(place.node)), value));
        while (next.isPresent()) {
            undefined = next;
            next = firstUndefined(sources(next.get(), value), value);
        }
        return undefined.map(place -> reason(place, value)).orElse(UNKNOWN);
    }

    private static Optional<Place> firstUndefined(Stream<Place> places, ToDoubleFunction<Place> value) {
        return places.filter(place -> !Double.isFinite(value.applyAsDouble(place))).findFirst();
    }

    /** Whether it is finite where its operands are, but for what is undefined. */
    private static boolean isWatched(Expression node) {
        return !(node instanceof Apply a && a.function() == ScalarFunction.NONZERO);
    }

    /** All that the value is computed from but for what is not taken, operands before their users. */
    private Stream<Place> taken(ToDoubleFunction<Place> value) {
        if (nodes.stream().noneMatch(Select.class::isInstance)) {
            return nodes.stream().flatMap(Diagnosis::all);
        }
        Set<Place> taken = all(nodes.getLast()).collect(Collectors.toCollection(HashSet::new));
        for (Expression node : nodes.reversed()) {
            all(node).filter(taken::contains).toList().forEach(place -> sources(place, value).forEach(taken::add));
        }
        return nodes.stream().flatMap(Diagnosis::all).filter(taken::contains);
    }

    private static Stream<Place> all(Expression node) {
        return IntStream.range(0, node.shape().size()).mapToObj(entry -> new Place(node, entry));
    }

    /** What an entry is computed from. */
    private static Stream<Place> sources(Place place, ToDoubleFunction<Place> value) {
        int entry = place.entry;
        int size = place.node.shape().size();
        return switch (place.node) {
            case Constant _, Symbol _ -> Stream.empty();
            case Apply _, Sum _, Product _, Power _, ApplyBinary _, SampleSum _ ->
                place.node.operands().stream().map(operand -> new Place(operand, entry));
            case Select s -> {
                var condition = new Place(s.condition(), entry);
                yield Stream.of(condition, new Place(value.applyAsDouble(condition) == 0 ? s.y() : s.x(), entry));
            }
            case MatrixProduct m -> {
                int inner = m.left().shape().dimension(1);
                int columns = m.right().shape().size() / inner;
                yield IntStream.range(0, inner).boxed().flatMap(k -> Stream.of(
                        new Place(m.left(), entry / columns * inner + k),
                        new Place(m.right(), k * columns + entry % columns)));
            }
            case Transpose t -> {
                int columns = t.shape().dimension(1);
                yield Stream.of(new Place(t.operand(), entry % columns * t.shape().dimension(0) + entry / columns));
            }
            case OuterProduct o -> {
                int columns = o.shape().dimension(1);
                yield Stream.of(new Place(o.left(), entry / columns), new Place(o.right(), entry % columns));
            }
            case Solve s -> s.operands().stream().flatMap(Diagnosis::all);
            case EntrySum s -> all(s.operand());
            case Norm n -> all(n.operand());
            case Broadcast b -> Stream.of(new Place(b.operand(), entry / (size / b.operand().shape().size())));
            case Entry e -> Stream.of(new Place(e.operand(),
                    e.operand().shape().withoutTrailing(e.shape().rank()).offset(e.index()) * size + entry));
            case Stack s -> {
                int ofPart = size / s.parts().size();
                yield Stream.of(new Place(s.parts().get(entry / ofPart), entry % ofPart));
            }
        };
    }

    /** What an operation does that has no finite value for finite operands. */
    private static String reason(Place place, ToDoubleFunction<Place> value) {
        double[] operands = place.node instanceof Apply || place.node instanceof Power || place.node instanceof ApplyBinary
                ? sources(place, value).mapToDouble(value).toArray() : new double[0];
        boolean isInfinite = Double.isInfinite(value.applyAsDouble(place));
        return switch (place.node) {
            case Apply a -> (isInfinite && operands[0] != 0 ? "overflow of " : "") + a.function().text() + " of "
                    + number(operands[0]);
            case Power _ when operands[0] == 0 -> "division by 0";
            case Power _ -> (isInfinite ? "overflow of " : "") + number(operands[0]) + " to the power "
                    + number(operands[1]);
            case ApplyBinary a -> (isInfinite && operands[1] != 0 ? "overflow of " : "") + a.function().text() + " of "
                    + number(operands[0]) + " and " + number(operands[1]);
            case Sum _, EntrySum _, SampleSum _ -> "overflow of a sum";
            case Norm _ -> "overflow of a norm";
            case Product _, OuterProduct _, MatrixProduct _ -> "overflow of a product";
            case Solve _ -> "solve with a singular matrix";
            case Symbol s -> s.name() + " is no finite number";
            case Constant _, Select _, Transpose _, Broadcast _, Entry _, Stack _ -> UNKNOWN;
        };
    }

    private static String number(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return isWhole ? String.valueOf((long) value) : String.valueOf(value);
    }
}
