package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.select;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.Arithmetic.sum;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * The functions of two real variables, and the comparisons, which are 1 where they hold and 0 where not. As with
 * {@link ScalarFunction}, everything about one stands in its entry but how LaTeX writes it: its value, what a small change
 * of an argument makes of it, and how NumPy writes it.
 */
public enum BinaryFunction {

    /** x ln y, and 0 where x is 0 and y is not negative, the limit at y = 0 included. */
    XLOGY((x, y) -> x == 0 && y >= 0 ? 0 : x * Math.log(y), (dx, x, y) -> xLogY(dx, y),
            (dy, x, y) -> product(dy, divide(x, y)), "xlogy", """
            def xlogy(x, y):
                vanishes = (x == 0) & (y >= 0)
                return np.where(vanishes, 0.0, x * np.log(np.where(vanishes, 1.0, y)))"""),

    /** The angle of the point (y, x) from the x axis, in (−π, π]: the first argument is the second coordinate. */
    ATAN2(Math::atan2, (dx, x, y) -> divide(product(dx, y), squares(x, y)),
            (dy, x, y) -> negate(divide(product(dy, x), squares(x, y))), "np.arctan2"),

    /** ln(exp(x) + exp(y)), which neither overflows nor loses the smaller one. */
    LOGADDEXP((x, y) -> Math.max(x, y) + Math.log1p(Math.exp(x == y ? 0 : -Math.abs(x - y))),
            (dx, x, y) -> product(dx, apply(ScalarFunction.SIGMOID, subtract(x, y))),
            (dy, x, y) -> product(dy, apply(ScalarFunction.SIGMOID, subtract(y, x))), "np.logaddexp"),

    /** The smaller one; where both are equal its derivative is the mean of theirs. */
    MIN(Math::min, (dx, x, y) -> ofLarger(y, x, dx), (dy, x, y) -> ofLarger(x, y, dy), "np.minimum"),

    /** The larger one; where both are equal its derivative is the mean of theirs. */
    MAX(Math::max, (dx, x, y) -> ofLarger(x, y, dx), (dy, x, y) -> ofLarger(y, x, dy), "np.maximum"),

    LESS("<", (x, y) -> x < y ? 1 : x >= y ? 0 : Double.NaN, "def less(x, y): return np.where(x < y, 1.0, 0.0)"),

    LESS_EQUAL("<=", (x, y) -> x <= y ? 1 : x > y ? 0 : Double.NaN,
            "def less_equal(x, y): return np.where(x <= y, 1.0, 0.0)"),

    GREATER(">", (x, y) -> x > y ? 1 : x <= y ? 0 : Double.NaN, "def greater(x, y): return np.where(x > y, 1.0, 0.0)"),

    GREATER_EQUAL(">=", (x, y) -> x >= y ? 1 : x < y ? 0 : Double.NaN,
            "def greater_equal(x, y): return np.where(x >= y, 1.0, 0.0)"),

    EQUAL("==", (x, y) -> x == y ? 1 : x < y || x > y ? 0 : Double.NaN,
            "def equal(x, y): return np.where(x == y, 1.0, 0.0)"),

    NOT_EQUAL("!=", (x, y) -> x < y || x > y ? 1 : x == y ? 0 : Double.NaN,
            "def not_equal(x, y): return np.where(x != y, 1.0, 0.0)");

    private final DoubleBinaryOperator value;
    private final Change byFirst;
    private final Change bySecond;
    private final Optional<String> operator;
    private final String python;
    private final List<String> pythonDefinitions;

    BinaryFunction(DoubleBinaryOperator value, Change byFirst, Change bySecond, String python,
            String... pythonDefinitions) {
        this.value = value;
        this.byFirst = byFirst;
        this.bySecond = bySecond;
        this.operator = Optional.empty();
        this.python = python;
        this.pythonDefinitions = List.of(pythonDefinitions);
    }

    BinaryFunction(String operator, DoubleBinaryOperator value, String pythonDefinition) {
        this.value = value;
        this.byFirst = (dx, _, _) -> constant(0, dx.shape());
        this.bySecond = byFirst;
        this.operator = Optional.of(operator);
        this.python = name().toLowerCase(Locale.ROOT);
        this.pythonDefinitions = List.of(pythonDefinition);
    }

    /** The derivative by an argument times a change of that argument, all of one shape. */
    @FunctionalInterface
    private interface Change {

        Expression of(Expression change, Expression x, Expression y);
    }

    /** The comparison that is written with this operator. */
    public static Optional<BinaryFunction> comparison(String operator) {
        return Arrays.stream(values()).filter(f -> f.operator.equals(Optional.of(operator))).findFirst();
    }

    public double value(double x, double y) {
        return value.applyAsDouble(x, y);
    }

    /** The derivative by the first argument times a change of it; all of one shape. */
    Expression changeByFirst(Expression change, Expression x, Expression y) {
        return byFirst.of(change, x, y);
    }

    /** The derivative by the second argument times a change of it; all of one shape. */
    Expression changeBySecond(Expression change, Expression x, Expression y) {
        return bySecond.of(change, x, y);
    }

    /** Outside of which there is no value for arguments of these. */
    public Interval range(Interval x, Interval y) {
        return switch (this) {
            case XLOGY -> y.low() < 0 ? Interval.ALL : x.times(ScalarFunction.LOG.range(y));
            case ATAN2 -> isContinuousOn(x, y) ? ofCorners(x, y) : new Interval(-Math.PI, Math.PI);
            case LOGADDEXP, MIN, MAX -> Interval.increasing(x, y, value);
            case LESS -> decided(x.high() < y.low(), x.low() >= y.high());
            case LESS_EQUAL -> decided(x.high() <= y.low(), x.low() > y.high());
            case GREATER -> decided(x.low() > y.high(), x.high() <= y.low());
            case GREATER_EQUAL -> decided(x.low() >= y.high(), x.high() < y.low());
            case EQUAL -> decided(x.isOneNumber() && x.equals(y), isApart(x, y));
            case NOT_EQUAL -> decided(isApart(x, y), x.isOneNumber() && x.equals(y));
        };
    }

    /** Whether it has a value for all of these arguments, and no jump between them. */
    public boolean isContinuousOn(Interval x, Interval y) {
        return switch (this) {
            case XLOGY -> y.low() > 0;
            // Its first argument is the second coordinate: the jump is where that passes 0 on the left.
            case ATAN2 -> y.low() > 0 || !x.contains(0);
            case LOGADDEXP, MIN, MAX -> true;
            case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL -> range(x, y).isOneNumber();
        };
    }

    /** Whether its values are computed without rounding. */
    public boolean isExact() {
        return switch (this) {
            case MIN, MAX, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL -> true;
            case XLOGY, ATAN2, LOGADDEXP -> false;
        };
    }

    private static boolean isApart(Interval x, Interval y) {
        return x.high() < y.low() || x.low() > y.high();
    }

    private static Interval decided(boolean always, boolean never) {
        return new Interval(always ? 1 : 0, never ? 0 : 1);
    }

    /** Of a function that rises or falls along every side. */
    private Interval ofCorners(Interval x, Interval y) {
        double a = value(x.low(), y.low());
        double b = value(x.low(), y.high());
        double c = value(x.high(), y.low());
        double d = value(x.high(), y.high());
        return new Interval(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }

    /** What is known of the sign of the values for arguments of these signs. */
    Sign sign(Sign x, Sign y) {
        return Sign.of(range(x.interval(), y.interval()));
    }

    /** Whether it is written between its arguments. */
    public boolean isComparison() {
        return operator.isPresent();
    }

    /** The name in the equation language, of a comparison its operator. */
    public String text() {
        return operator.orElseGet(() -> name().toLowerCase(Locale.ROOT));
    }

    /** The Python name, with NumPy as {@code np}. */
    public String python() {
        return python;
    }

    /** What defines {@link #python()} from NumPy, where that lacks it: functions of arrays of any shape. */
    public List<String> pythonDefinitions() {
        return pythonDefinitions;
    }

    private static Expression xLogY(Expression x, Expression y) {
        return apply(XLOGY, x, y);
    }

    private static Expression squares(Expression x, Expression y) {
        return sum(power(x, 2), power(y, 2));
    }

    /** The change where x is the larger one, half of it where both are equal, else 0. */
    private static Expression ofLarger(Expression x, Expression y, Expression change) {
        Expression zero = constant(0, change.shape());
        return select(apply(GREATER, x, y), change,
                select(apply(EQUAL, x, y), product(constant(0.5, change.shape()), change), zero));
    }
}
