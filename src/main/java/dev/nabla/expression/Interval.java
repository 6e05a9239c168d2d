package dev.nabla.expression;

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
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers from {@code low} to {@code high}, which may be infinite: outside of them there is no value of an expression (Moore,
 * "Interval Analysis", 1966). They may be more than its values, as where one symbol stands twice.
 */
public record Interval(double low, double high) {

    public static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    static final Interval NON_NEGATIVE = new Interval(0, Double.POSITIVE_INFINITY);

    private static final Interval PROBABILITIES = new Interval(0, 1);
    private static final Interval SINES = new Interval(-1, 1);

    /** Of arithmetic with infinities no bound is known. */
    public Interval {
        low = Double.isNaN(low) ? Double.NEGATIVE_INFINITY : low;
        high = Double.isNaN(high) ? Double.POSITIVE_INFINITY : high;
    }

    /**
     * The values of every entry of a vector.
     *
     * @param ofSymbols those of all entries of a symbol
     */
    public static List<Interval> ofEntries(Expression vector, Function<Symbol, Interval> ofSymbols) {
        List<Interval> entries = Graph.<List<Interval>>fold(List.of(vector), (node, operands) ->
                of(node, operands, ofSymbols)).getOrDefault(vector, List.of(ALL));
        return IntStream.range(0, vector.shape().size()).mapToObj(i -> at(entries, i)).toList();
    }

    /** One interval for every entry of a vector or a scalar, or one that is of all entries. */
    private static List<Interval> of(Expression node, List<List<Interval>> operands, Function<Symbol, Interval> ofSymbols) {
        return switch (node) {
            case Constant c -> List.of(new Interval(c.value(), c.value()));
            case Symbol s -> List.of(ofSymbols.apply(s));
            case Apply a -> entrywise(operands, x -> a.function().range(x.getFirst()));
            case ApplyBinary a -> entrywise(operands, x -> a.function().range(x.get(0), x.get(1)));
            case Select _ -> entrywise(operands, x -> x.get(1).or(x.get(2)));
            case Sum s when isLogarithmOfProbabilities(s) -> List.of(new Interval(Double.NEGATIVE_INFINITY, 0));
            case Sum _ -> entrywise(operands, terms -> terms.stream().reduce(Interval::plus).orElseThrow());
            case Product p when isPartOfSum(p.factors().stream().filter(factor -> !Factors.isNumber(factor)).toList()) ->
                entrywise(operands, factors -> product(factors).and(IntStream.range(0, factors.size())
                        .filter(i -> Factors.isNumber(p.factors().get(i))).mapToObj(factors::get).reduce(SINES, Interval::times)));
            case Product _ -> entrywise(operands, Interval::product);
            case Power p -> entrywise(operands, x -> x.getFirst().power(p.exponent()));
            case MatrixProduct m -> List.of(product(Stream.of(hull(operands.get(0)), hull(operands.get(1))).toList())
                    .times(m.operands().getLast().shape().dimension(0)));
            case OuterProduct _ -> List.of(hull(operands.get(0)).times(hull(operands.get(1))));
            case EntrySum s -> List.of(hull(operands.getFirst()).times(s.operand().shape().size()));
            case Norm _ -> List.of(NON_NEGATIVE);
            case Solve _, SampleSum _ -> List.of(ALL);
            case Transpose _ -> List.of(hull(operands.getFirst()));
            case Broadcast b -> b.operand().isScalar() ? operands.getFirst() : List.of(hull(operands.getFirst()));
            case Entry e -> List.of(e.operand().shape().isVector() ? at(operands.getFirst(), e.index().getFirst())
                    : hull(operands.getFirst()));
            case Stack s -> s.shape().isVector() ? operands.stream().map(List::getFirst).toList()
                    : List.of(operands.stream().map(Interval::hull).reduce(Interval::or).orElseThrow());
        };
    }

    private static Interval at(List<Interval> entries, int i) {
        return entries.get(entries.size() == 1 ? 0 : i);
    }

    private static Interval hull(List<Interval> entries) {
        return entries.stream().reduce(Interval::or).orElseThrow();
    }

    private static List<Interval> entrywise(List<List<Interval>> operands, Function<List<Interval>, Interval> function) {
        int size = operands.stream().mapToInt(List::size).max().orElseThrow();
        return IntStream.range(0, size).mapToObj(i -> function.apply(operands.stream().map(of -> at(of, i)).toList())).toList();
    }

    /** Whether it is x minus the logarithm of a sum of exponentials of which exp(x) is one, as in softmax. */
    private static boolean isLogarithmOfProbabilities(Sum sum) {
        return sum.terms().size() == 2 && sum.terms().stream().anyMatch(x -> x.shape().isVector()
                && sum == Arithmetic.subtract(x, LinearAlgebra.broadcast(LinearAlgebra.logSumExp(x), x.shape())));
    }

    /** Whether it is x / (|x| + …), or x / (x + …) with no negative term, where … are not negative. */
    private static boolean isPartOfSum(List<Expression> factors) {
        return factors.size() > 1 && factors.stream().anyMatch(divisor -> divisorOf(divisor) instanceof Expression whole
                && isPartOf(whole, Arithmetic.product(factors.stream().filter(factor -> factor != divisor).toList())));
    }

    private static @Nullable Expression divisorOf(Expression factor) {
        Expression spread = factor instanceof Broadcast b ? b.operand() : factor;
        return spread instanceof Power p && p.exponent().isConstant(-1)
                ? p.base() instanceof Broadcast b ? b.operand() : p.base() : null;
    }

    private static boolean isPartOf(Expression whole, Expression part) {
        Expression size = part.sign() == Sign.ANY ? Arithmetic.apply(ScalarFunction.ABS, part) : part;
        return whole.sign() != Sign.ANY && switch (whole) {
            case Sum s -> s.terms().contains(size) && s.terms().stream().noneMatch(term -> term.sign() == Sign.ANY);
            case EntrySum s -> s.operand() == size;
            default -> false;
        };
    }

    /** Of a function that falls nowhere. */
    static Interval increasing(Interval x, Interval y, DoubleBinaryOperator function) {
        return new Interval(function.applyAsDouble(x.low, y.low), function.applyAsDouble(x.high, y.high));
    }

    private static Interval product(List<Interval> factors) {
        return factors.stream().reduce(Interval::times).orElseThrow();
    }

    private Interval plus(Interval other) {
        return new Interval(low + other.low, high + other.high);
    }

    private Interval times(double factor) {
        return times(new Interval(factor, factor));
    }

    Interval times(Interval other) {
        double a = times(low, other.low);
        double b = times(low, other.high);
        double c = times(high, other.low);
        double d = times(high, other.high);
        return new Interval(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }

    /** An end that is infinite is no value. */
    private static double times(double x, double y) {
        return x == 0 || y == 0 ? 0 : x * y;
    }

    private Interval power(Expression exponent) {
        return exponent instanceof Constant c ? power(c.value()) : low >= 0 ? NON_NEGATIVE : ALL;
    }

    /** Of the powers with one exponent; all numbers where one of these has none. */
    public Interval power(double p) {
        Interval size = p % 2 == 0 ? absolute() : this;
        if (size.low < 0 && (p % 2 == 0 || Math.abs(p % 2) != 1)) {
            return ALL;
        }
        boolean hasPole = p < 0 && size.low <= 0 && size.high >= 0;
        return hasPole ? size.low == 0 ? new Interval(Math.pow(size.high, p), Double.POSITIVE_INFINITY) : ALL
                : new Interval(Math.pow(p > 0 ? size.low : size.high, p), Math.pow(p > 0 ? size.high : size.low, p));
    }

    /** Of the absolute values. */
    public Interval absolute() {
        return new Interval(low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)),
                Math.max(Math.abs(low), Math.abs(high)));
    }

    /** All that is in one of both or between them. */
    public Interval or(Interval other) {
        return new Interval(Math.min(low, other.low), Math.max(high, other.high));
    }

    /** What is in both, of which at least one is right. */
    public Interval and(Interval other) {
        return new Interval(Math.max(low, other.low), Math.min(high, other.high));
    }

    public boolean contains(double number) {
        return low <= number && number <= high;
    }

    /** Whether both ends are the same. */
    public boolean isOneNumber() {
        return low == high;
    }

    public boolean contains(Interval other) {
        return low <= other.low && other.high <= high;
    }

    public boolean isOfProbabilities() {
        return PROBABILITIES.contains(this);
    }
}
