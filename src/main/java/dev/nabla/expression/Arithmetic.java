package dev.nabla.expression;

import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Norm;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.XLogY;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * others do: 0·x = 0, x − x = 0, x⁰ = 1, (x⁻ᵃ)⁻ᵇ = xᵃᵇ, and {@code solve(A, 0) = 0}. An operation on constants that has no
 * value is refused with an {@link UndefinedException}.
 */
public final class Arithmetic {

    /** A constant up to this size, or its reciprocal, changes its place in a product. */
    private static final double MODERATE = 0x1p53;

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
            String operation = function.text() + "(" + written(c) + ")";
            return constant(c.value() == 0 ? definedAtZero(function.value(0), operation)
                    : defined(function.value(c.value()), operation), x.shape());
        }
        if (x instanceof Broadcast b) {
            return LinearAlgebra.broadcast(apply(function, b.operand()), x.shape());
        }
        return Apply.of(function, x);
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
        return isNumber(x) ? product(List.of(x)) : x;
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
        Shape shape = commonShape(terms, "+");
        int leading = 0;
        double number = 0;
        while (leading < terms.size() && terms.get(leading) instanceof Constant c
                && (leading == terms.size() - 1 || Double.isFinite(number + c.value()))) {
            number = defined(number + c.value(), number + " + " + c.value());
            leading++;
        }
        var numbers = new ArrayList<Double>(List.of(number));
        var coefficients = new LinkedHashMap<Expression, List<Double>>();
        var given = new HashMap<Expression, Map<Double, Expression>>();
        for (Expression term : gatherBroadcasts(terms.subList(leading, terms.size()), Arithmetic::sum)) {
            if (term instanceof Constant c) {
                Exact.insert(numbers, c.value(), Exact::sum);
            } else {
                Expression core = withoutCoefficient(term);
                Exact.insert(coefficients.computeIfAbsent(core, _ -> new ArrayList<>()), coefficient(term), Exact::sum);
                given.computeIfAbsent(core, _ -> new HashMap<>()).putIfAbsent(coefficient(term), term);
            }
        }
        var collected = new ArrayList<Expression>();
        coefficients.forEach((core, multiples) -> multiples.stream().filter(c -> c != 0)
                .map(c -> given.get(core).computeIfAbsent(c, _ -> product(constant(c, shape), core)))
                .forEach(collected::add));
        return sumOf(collected, numbers.stream().filter(n -> n != 0).toList(), shape);
    }

    /** The sum of terms that cannot be collected and of numbers that cannot be merged, which are added in their order. */
    private static Expression sumOf(List<Expression> terms, List<Double> numbers, Shape shape) {
        if (terms.isEmpty()) {
            double sum = numbers.stream().reduce(0.0, Double::sum);
            return constant(defined(sum, "the sum of " + numbers), shape);
        }
        if (numbers.size() > 1) {
            Expression inner = sumOf(terms, numbers.subList(0, numbers.size() - 1), shape);
            return sumOf(List.of(inner), List.of(numbers.getLast()), shape);
        }
        if (terms.size() == 1 && terms.getFirst() instanceof Broadcast b) {
            return LinearAlgebra.broadcast(numbers.isEmpty() ? b.operand() : sum(b.operand(),
                    constant(numbers.getFirst(), b.operand().shape())), shape);
        }
        var all = new ArrayList<>(terms);
        numbers.forEach(number -> all.add(constant(number, shape)));
        if (all.size() == 1) {
            return all.getFirst();
        }
        all.sort(CanonicalOrder.OF_TERMS);
        return Sum.of(all);
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
        Shape shape = commonShape(factors, "*");
        int leading = 0;
        double number = 1;
        while (leading < factors.size() && isNumber(factors.get(leading))) {
            double next = times(number, factors.get(leading));
            boolean isLast = leading == factors.size() - 1;
            if (!isLast && number != 0 && !isNormal(next) && !factors.get(leading).isConstant(0)) {
                break;
            }
            number = defined(next, number + (factors.get(leading) instanceof Constant c ? " * " + written(c)
                    : " / " + divisor(factors.get(leading))));
            leading++;
        }
        var numbers = new ArrayList<Double>(List.of(number));
        var divisors = new ArrayList<Double>();
        var positivePowers = new LinkedHashMap<Expression, Long>();
        var negativePowers = new LinkedHashMap<Expression, Long>();
        for (Expression factor : gatherBroadcasts(factors.subList(leading, factors.size()), Arithmetic::product)) {
            if (factor instanceof Constant c) {
                Exact.insert(numbers, c.value(), Exact::product);
            } else if (isNumber(factor)) {
                Exact.insert(numbers, Math.signum(divisor(factor)), Exact::product);
                Exact.insert(divisors, Math.abs(divisor(factor)), Exact::product);
            } else if (integerExponent(factor) > 0) {
                positivePowers.merge(base(factor), integerExponent(factor), Long::sum);
            } else {
                negativePowers.merge(base(factor), integerExponent(factor), Long::sum);
            }
        }
        if (numbers.stream().anyMatch(n -> n == 0)) {
            return constant(0, shape);
        }
        var collected = new ArrayList<Expression>();
        positivePowers.forEach((base, exponent) -> collected.add(power(base, exponent)));
        negativePowers.forEach((base, exponent) -> collected.add(power(base, exponent)));
        return productOf(collected, numbers.stream().filter(n -> n != 1).toList(), divisors, shape);
    }

    /** The product of factors that cannot be collected, numbers and divisors that cannot be merged, in their order. */
    private static Expression productOf(List<Expression> factors, List<Double> numbers, List<Double> divisors,
            Shape shape) {
        if (factors.isEmpty()) {
            double product = numbers.stream().reduce(1.0, (x, y) -> x * y);
            double quotient = divisors.stream().reduce(product, (x, y) -> x / y);
            return constant(defined(quotient, "the product of " + numbers + (divisors.isEmpty() ? ""
                    : " divided by " + divisors)), shape);
        }
        if (numbers.size() > 1) {
            Expression inner = productOf(factors, numbers.subList(0, numbers.size() - 1), divisors, shape);
            return productOf(List.of(inner), List.of(numbers.getLast()), List.of(), shape);
        }
        if (divisors.size() > 1) {
            Expression inner = productOf(factors, numbers, divisors.subList(0, divisors.size() - 1), shape);
            return productOf(List.of(inner), List.of(), List.of(divisors.getLast()), shape);
        }
        boolean hasNumber = !numbers.isEmpty() || !divisors.isEmpty();
        if (factors.size() == 1 && hasNumber && factors.getFirst() instanceof Broadcast b) {
            Shape inner = b.operand().shape();
            return LinearAlgebra.broadcast(productOf(List.of(b.operand()), numbers, divisors, inner), shape);
        }
        if (factors.size() == 1 && hasNumber && factors.getFirst() instanceof Product inner
                && mayMoveInto(inner, numbers, divisors)) {
            var all = new ArrayList<>(inner.factors());
            numbers.forEach(number -> all.addFirst(constant(number, shape)));
            divisors.forEach(divisor -> all.add(reciprocal(divisor, shape)));
            return product(all);
        }
        var all = new ArrayList<>(factors);
        numbers.forEach(number -> all.add(constant(number, shape)));
        divisors.forEach(divisor -> all.add(reciprocal(divisor, shape)));
        if (all.size() == 1) {
            return all.getFirst();
        }
        all.sort(CanonicalOrder.OF_FACTORS);
        return Product.of(all);
    }

    /** Whether numbers may multiply, and divide, the factors of a product one by one, rather than their product. */
    private static boolean mayMoveInto(Product inner, List<Double> numbers, List<Double> divisors) {
        double ofInner = coefficient(inner);
        boolean isDivided = isNumber(inner.factors().getLast());
        return (divisors.isEmpty() || !isDivided
                || Exact.product(divisors.getFirst(), divisor(inner.factors().getLast())).isPresent()) && numbers.stream().allMatch(number -> isModerate(number) && isModerate(ofInner)
                && Exact.product(number, ofInner).isPresent() || Math.abs(number) == 1);
    }

    /** Whether a factor may change its place without leaving the range of doubles on the way, but near its ends. */
    public static boolean isModerate(double number) {
        return Math.abs(number) <= MODERATE && Math.abs(number) >= 1 / MODERATE;
    }

    private static boolean isNormal(double number) {
        return Double.isFinite(number) && Math.abs(number) >= Double.MIN_NORMAL;
    }

    /** A constant, or what divides by one. */
    static boolean isNumber(Expression factor) {
        return factor instanceof Constant
                || factor instanceof Power p && p.base() instanceof Constant && p.exponent().isConstant(-1);
    }

    private static double times(double number, Expression factor) {
        return factor instanceof Constant c ? number * c.value() : number / divisor(factor);
    }

    private static double divisor(Expression reciprocal) {
        return ((Constant) ((Power) reciprocal).base()).value();
    }

    private static Expression reciprocal(double divisor, Shape shape) {
        return reciprocal(constant(divisor, shape));
    }

    private static String written(Constant number) {
        return number.value() == Math.rint(number.value()) && Math.abs(number.value()) < 1e15
                ? String.valueOf((long) number.value()) : String.valueOf(number.value());
    }

    private static double defined(double value, String operation) {
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
     * The entrywise power: x¹ = x, x⁰ = 1, (xᵃ)ᵇ = xᵃᵇ for integers, and √x² = x and ‖x‖² = Σ x² with their powers where x is
     * nowhere negative.
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
            String operation = e.value() == -1 ? "1 / " + written(b) : written(b) + "^" + written(e);
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

    /** The square of a root, where that is defined everywhere. */
    private static Optional<Expression> squareOf(Expression root) {
        return switch (root) {
            case Norm n -> Optional.of(LinearAlgebra.entrySum(power(n.operand(), 2)));
            case Apply a when a.function() == ScalarFunction.SQRT && a.operand().sign() != Sign.ANY ->
                Optional.of(a.operand());
            default -> Optional.empty();
        };
    }

    /** x ln y, and 0 where x is 0 and y is not negative. */
    public static Expression xLogY(Expression x, Expression y) {
        Shape shape = commonShape(List.of(x, y), "xlogy");
        if (x.isConstant(0)) {
            return constant(0, shape);
        }
        if (x instanceof Constant a && y instanceof Constant b) {
            double value = XLogY.value(a.value(), b.value());
            String operation = "xlogy(" + written(a) + ", " + written(b) + ")";
            return constant(b.value() == 0 ? definedAtZero(value, operation) : defined(value, operation), shape);
        }
        if (x instanceof Constant && y instanceof Broadcast b) {
            return LinearAlgebra.broadcast(xLogY(entryLike(x, b), b.operand()), shape);
        }
        if (x instanceof Broadcast b && y instanceof Constant) {
            return LinearAlgebra.broadcast(xLogY(b.operand(), entryLike(y, b)), shape);
        }
        if (x instanceof Broadcast a && y instanceof Broadcast b && a.operand().shape().equals(b.operand().shape())) {
            return LinearAlgebra.broadcast(xLogY(a.operand(), b.operand()), shape);
        }
        return XLogY.of(x, y);
    }

    /** A constant of the shape that is broadcast. */
    private static Expression entryLike(Expression constant, Broadcast broadcast) {
        return constant(((Constant) constant).value(), broadcast.operand().shape());
    }

    /** The number in front: c for c·x, 1 for everything else. */
    private static double coefficient(Expression term) {
        return term instanceof Product p && p.factors().getFirst() instanceof Constant c ? c.value() : 1;
    }

    private static Expression withoutCoefficient(Expression term) {
        return term instanceof Product p && p.factors().getFirst() instanceof Constant
                ? product(p.factors().subList(1, p.factors().size())) : term;
    }

    private static Expression base(Expression factor) {
        return factor instanceof Power p && isInteger(p.exponent()) ? p.base() : factor;
    }

    private static long integerExponent(Expression factor) {
        return factor instanceof Power p && isInteger(p.exponent()) ? (long) ((Constant) p.exponent()).value() : 1;
    }

    /** Integers up to 2²⁰ in size: what is collected stays exact. */
    private static boolean isInteger(Expression exponent) {
        return exponent instanceof Constant c && c.value() == Math.rint(c.value()) && Math.abs(c.value()) <= 1 << 20;
    }

    /** Combines what is broadcast from one shape before it is broadcast: the cheaper order, and the readable one. */
    private static List<Expression> gatherBroadcasts(List<Expression> operands,
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

    private static Shape commonShape(List<Expression> operands, String operator) {
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
