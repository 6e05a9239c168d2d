package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.product;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/**
 * The functions of two real variables that are no operators. As with {@link ScalarFunction}, everything about one stands
 * in its entry but how LaTeX writes it: its value, what a small change of an argument makes of it, and how NumPy writes it.
 */
public enum BinaryFunction {

    /** x ln y, and 0 where x is 0 and y is not negative, the limit at y = 0 included. */
    XLOGY((x, y) -> x == 0 && y >= 0 ? 0 : x * Math.log(y), (dx, x, y) -> xLogY(dx, y),
            (dy, x, y) -> product(dy, divide(x, y)), "xlogy", """
            def xlogy(x, y):
                vanishes = (x == 0) & (y >= 0)
                return np.where(vanishes, 0.0, x * np.log(np.where(vanishes, 1.0, y)))""");

    private final DoubleBinaryOperator value;
    private final Change byFirst;
    private final Change bySecond;
    private final String python;
    private final List<String> pythonDefinitions;

    BinaryFunction(DoubleBinaryOperator value, Change byFirst, Change bySecond, String python,
            String... pythonDefinitions) {
        this.value = value;
        this.byFirst = byFirst;
        this.bySecond = bySecond;
        this.python = python;
        this.pythonDefinitions = List.of(pythonDefinitions);
    }

    /** The derivative by an argument times a change of that argument, all of one shape. */
    @FunctionalInterface
    private interface Change {

        Expression of(Expression change, Expression x, Expression y);
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

    /** The name in the equation language. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
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
}
