package dev.nabla.expression;

import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.ApplyBinary;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Norm;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Select;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the entrywise expressions, simplified and in canonical order.
 *
 * <p>Arithmetic is done as it is written: constants are merged where that is exact, so 2 (3 x) is 6 x but 0.1 (0.3 x)
 * stays, and what is divided by a constant stays divided. What may change is the order within one sum or one product:
 * 2 x y is any order of its factors, x·y·x is x² y, and a constant of moderate size moves into a product that it
 * multiplies. Nested sums and products are left nested, as flattening them would copy shared parts.
 *
 * <p>No rule changes the value where all parts are finite. These rules have a value also where a part has none, and no
 * others do: 0·x = 0, x − x = 0, x⁰ = 1ˣ = 1, (x⁻ᵃ)⁻ᵇ = xᵃᵇ,
 * {@code xlogy(0, x) = 0}, {@code solve(A, 0) = 0}, {@code min(x, x) = max(x, x) = x} and {@code where(c, x, x) = x}.
 * An operation on constants that has no value is refused with an {@link UndefinedException}.
 */
public final class Arithmetic {

    private Arithmetic() {}

    public static Expression constant(double value) {
        return constant(value, Shape.SCALAR);
    }

    /**
     * An array of one repeated number.
     *
     * @throws ArithmeticException if {@code value} is not finite
     */
    public static Expression constant(double value, Shape shape) {
        return Constant.of(value, shape);
    }

    /** A symbol with one value for all samples, such as a parameter. */
    public static Expression symbol(String name, Shape shape) {
        return Expression.Symbol.of(name, shape, false);
    }

    /** A symbol with a value of its own for every sample of a batch, such as the inputs. */
    public static Expression perSampleSymbol(String name, Shape shape) {
        return Expression.Symbol.of(name, shape, true);
    }

    /** f of every entry. */
    public static Expression apply(ScalarFunction function, Expression x) {
        if (x instanceof Constant c && !(function == ScalarFunction.NONZERO && c.value() == 0)) {
            String operation = function.text() + "(" + written(c.value()) + ")";
            return constant(c.value() == 0 ? definedAtZero(function.value(0), operation)
                    : defined(function.value(c.value()), operation), x.shape());
        }
        if (x instanceof Broadcast b) {
            return LinearAlgebra.broadcast(apply(function, b.operand()), x.shape());
        }
        return Apply.of(function, x);
    }

    /** Whether a factor may change its place in a product without leaving the range of doubles, but near its ends. */
    public static boolean isModerate(double number) {
        return Factors.isModerate(number);
    }

    public static Expression negate(Expression x) {
        return product(constant(-1, x.shape()), x);
    }

    public static Expression subtract(Expression x, Expression y) {
        return sum(x, negate(y));
    }

    public static Expression divide(Expression x, Expression y) {
        return product(x, reciprocal(y));
    }

    /** What divides as a factor: of a constant it stays one, unless it is exact, and is a number on its own. */
    public static Expression reciprocal(Expression y) {
        return y instanceof Constant c && c.value() != 0 && Exact.reciprocal(c.value()).isEmpty()
                ? Power.of(y, constant(-1, y.shape())) : power(y, -1);
    }

    /** The constant that a reciprocal of a constant is where it is no factor. */
    static Expression onItsOwn(Expression x) {
        return Factors.isNumber(x) ? product(List.of(x)) : x;
    }

    public static Expression sum(Expression... terms) {
        return sum(Arrays.asList(terms));
    }

    /**
     * The entrywise sum: numbers are added up where that is exact, like terms collected (2x + 3x = 5x).
     *
     * @throws ShapeException if the shapes differ
     */
    public static Expression sum(List<Expression> terms) {
        return Terms.sum(terms);
    }

    public static Expression product(Expression... factors) {
        return product(Arrays.asList(factors));
    }

    /**
     * The entrywise product: numbers are multiplied where that is exact, 0·x = 0, 1·x = x, and equal bases collected
     * (x·x = x²) where their exponents are integers of one sign, so that x·x⁻¹ stays what it is at 0.
     *
     * @throws ShapeException if the shapes differ
     */
    public static Expression product(List<Expression> factors) {
        return Factors.product(factors);
    }

    /** A number as it stands in a message. */
    static String written(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    /** @throws UndefinedException if the value of an operation on numbers is none */
    static double defined(double value, String operation) {
        if (!Double.isFinite(value)) {
            throw new UndefinedException(operation + (Double.isNaN(value) ? " is undefined" : " is larger than any double"));
        }
        return value;
    }

    /** Of an operation on 0, whose value is infinite only where it has none. */
    private static double definedAtZero(double value, String operation) {
        return defined(Double.isFinite(value) ? value : Double.NaN, operation);
    }

    public static Expression power(Expression base, double exponent) {
        return power(base, constant(exponent, base.shape()));
    }

    /**
     * The entrywise power: x¹ = x, x⁰ = 1, (xᵃ)ᵇ = xᵃᵇ for integers, |x|² = x² and ‖x‖² = Σ x², and √x² = x where x is nowhere
     * negative, with their powers.
     *
     * @throws ShapeException if the shapes differ
     */
    public static Expression power(Expression base, Expression exponent) {
        commonShape(List.of(base, exponent), "^");
        if (exponent.isConstant(1)) {
            return base;
        }
        if (exponent.isConstant(0) || base.isConstant(1)) {
            return constant(1, base.shape());
        }
        if (base instanceof Constant b && exponent instanceof Constant e) {
            String operation = b.value() == 0 && e.value() == -1 ? "division by 0"
                    : (b.value() < 0 ? "(" + written(b.value()) + ")" : written(b.value())) + "^" + written(e.value());
            return constant(b.value() == 0 ? definedAtZero(Math.pow(0, e.value()), operation)
                    : defined(Math.pow(b.value(), e.value()), operation), base.shape());
        }
        if (base instanceof Apply a && a.function() == ScalarFunction.NONZERO && a.operand().isConstant(0)
                && exponent instanceof Constant e && e.value() < 0) {
            return constant(0, base.shape());
        }
        if (isInteger(exponent) && ((Constant) exponent).value() % 2 == 0 && squareOf(base).isPresent()) {
            return power(squareOf(base).get(), ((Constant) exponent).value() / 2);
        }
        if (base instanceof Power inner && isInteger(inner.exponent()) && isInteger(exponent)) {
            return power(inner.base(), product(inner.exponent(), exponent));
        }
        if (base instanceof Broadcast b) {
            if (exponent instanceof Constant e) {
                return LinearAlgebra.broadcast(power(b.operand(), e.value()), base.shape());
            }
            if (exponent instanceof Broadcast e && e.operand().shape().equals(b.operand().shape())) {
                return LinearAlgebra.broadcast(power(b.operand(), e.operand()), base.shape());
            }
        }
        if (base instanceof Constant b && exponent instanceof Broadcast e) {
            return LinearAlgebra.broadcast(power(constant(b.value(), e.operand().shape()), e.operand()), base.shape());
        }
        return Power.of(base, exponent);
    }

    /** The square of a root or an absolute value, where that is defined everywhere. */
    private static Optional<Expression> squareOf(Expression root) {
        return switch (root) {
            case Norm n -> Optional.of(LinearAlgebra.entrySum(power(n.operand(), 2)));
            case Apply a when a.function() == ScalarFunction.ABS -> Optional.of(power(a.operand(), 2));
            case Apply a when a.function() == ScalarFunction.SQRT && a.operand().sign() != Sign.ANY ->
                Optional.of(a.operand());
            default -> Optional.empty();
        };
    }

    /**
     * f of every pair of entries; xlogy(0, y) = 0, min(x, x) = max(x, x) = x.
     *
     * @throws ShapeException if the shapes differ
     */
    public static Expression apply(BinaryFunction function, Expression x, Expression y) {
        Shape shape = commonShape(List.of(x, y), function.text());
        if (function == BinaryFunction.XLOGY && x.isConstant(0)) {
            return constant(0, shape);
        }
        if (x == y && (function == BinaryFunction.MIN || function == BinaryFunction.MAX)) {
            return x;
        }
        if (x instanceof Constant a && y instanceof Constant b) {
            double value = function.value(a.value(), b.value());
            String operation = function.text() + "(" + written(a.value()) + ", " + written(b.value()) + ")";
            return constant(b.value() == 0 ? definedAtZero(value, operation) : defined(value, operation), shape);
        }
        if (x instanceof Constant && y instanceof Broadcast b) {
            return LinearAlgebra.broadcast(apply(function, entryLike(x, b), b.operand()), shape);
        }
        if (x instanceof Broadcast b && y instanceof Constant) {
            return LinearAlgebra.broadcast(apply(function, b.operand(), entryLike(y, b)), shape);
        }
        if (x instanceof Broadcast a && y instanceof Broadcast b && a.operand().shape().equals(b.operand().shape())) {
            return LinearAlgebra.broadcast(apply(function, a.operand(), b.operand()), shape);
        }
        return ApplyBinary.of(function, x, y);
    }

    /**
     * Entry by entry x where the condition is not 0, and y where it is; where(c, x, x) = x.
     *
     * @throws ShapeException if the shapes differ
     */
    public static Expression select(Expression condition, Expression x, Expression y) {
        Shape shape = commonShape(List.of(condition, x, y), "where");
        if (x == y) {
            return x;
        }
        if (condition instanceof Constant c) {
            return c.value() == 0 ? y : x;
        }
        if (x.isConstant(1) && y.isConstant(0) && condition instanceof ApplyBinary a && a.function().isComparison()) {
            return condition;
        }
        if (condition instanceof Broadcast b && isLike(b, x) && isLike(b, y)) {
            return LinearAlgebra.broadcast(select(b.operand(), unspread(x, b), unspread(y, b)), shape);
        }
        return Select.of(condition, x, y);
    }

    /** Whether it is a constant, or broadcast from the same shape. */
    private static boolean isLike(Broadcast broadcast, Expression x) {
        return x instanceof Constant || x instanceof Broadcast b && b.operand().shape().equals(broadcast.operand().shape());
    }

    private static Expression unspread(Expression x, Broadcast broadcast) {
        return x instanceof Broadcast b ? b.operand() : entryLike(x, broadcast);
    }

    /** A constant of the shape that is broadcast. */
    private static Expression entryLike(Expression constant, Broadcast broadcast) {
        return constant(((Constant) constant).value(), broadcast.operand().shape());
    }

    /** Integers up to 2²⁰ in size: what is collected stays exact. */
    static boolean isInteger(Expression exponent) {
        return exponent instanceof Constant c && c.value() == Math.rint(c.value()) && Math.abs(c.value()) <= 1 << 20;
    }

    /** Combines what is broadcast from one shape before it is broadcast: the cheaper order, and the readable one. */
    static List<Expression> gatherBroadcasts(List<Expression> operands,
            Function<List<Expression>, Expression> combine) {
        if (operands.isEmpty()) {
            return operands;
        }
        var byShape = new LinkedHashMap<Shape, List<Expression>>();
        var gathered = new ArrayList<Expression>();
        for (Expression operand : operands) {
            if (operand instanceof Broadcast b) {
                byShape.computeIfAbsent(b.operand().shape(), _ -> new ArrayList<>()).add(b.operand());
            } else {
                gathered.add(operand);
            }
        }
        if (byShape.isEmpty()) {
            return operands;
        }
        Shape shape = operands.getFirst().shape();
        byShape.values().forEach(group -> gathered.add(LinearAlgebra.broadcast(combine.apply(group), shape)));
        return gathered;
    }

    static Shape commonShape(List<Expression> operands, String operator) {
        Shape shape = operands.getFirst().shape();
        for (Expression operand : operands) {
            if (operand.shape() != shape && !operand.shape().equals(shape)) {
                throw new ShapeException(
                        "shapes " + shape + " and " + operand.shape() + " do not fit " + operator);
            }
        }
        return shape;
    }
}
