package dev.nabla.rendering.printing;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Symbol;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * With how many significant digits numbers are printed: so many, and more where a number is added to what is much smaller. In
 * 0.0233 (p − 101325.18) the parenthesis varies by about 1 / 0.0233, in 101325.18 + 40.3 tanh(x) by 40.3; four digits of the large
 * number would leave nothing of what the formula tells.
 */
final class Rounding {

    /** As large as whole numbers are written without an exponent. */
    private static final double WHOLE = 1e15;

    private final int digits;
    private final Map<Double, Integer> more = new HashMap<>();

    Rounding(int digits) {
        this.digits = digits;
    }

    /** Looks at what is to be printed. */
    void consider(List<Expression> nodes) {
        Map<Expression, Double> factors = new HashMap<>();
        for (Expression node : nodes) {
            if (node instanceof Product product) {
                double coefficient = coefficient(product);
                product.factors().forEach(factor -> factors.merge(spread(factor), coefficient, Math::max));
            }
        }
        for (Expression node : nodes) {
            if (node instanceof Sum sum) {
                double factor = factors.getOrDefault(sum, 1.0);
                double variation = sum.terms().stream().map(Rounding::spread).filter(term -> !(term instanceof Constant))
                        .filter(term -> factor != 1 || !isOfUnknownSize(term))
                        .mapToDouble(term -> isOfUnknownSize(term) ? 1 / factor : coefficient(term)).max().orElse(Double.NaN);
                sum.terms().forEach(term -> {
                    if (spread(term) instanceof Constant constant) {
                        add(Math.abs(constant.value()), variation);
                    }
                });
            }
        }
    }

    private void add(double size, double variation) {
        double ratio = size / variation;
        if (ratio >= 10 && Double.isFinite(ratio)) {
            more.merge(size, (int) Math.log10(ratio) + 1, Math::max);
        }
    }

    /** The number that a term is multiplied by. */
    private static double coefficient(Expression term) {
        return !(term instanceof Product product) ? 1 : product.factors().stream().map(Rounding::spread)
                .filter(Constant.class::isInstance).mapToDouble(factor -> Math.abs(((Constant) factor).value())).reduce(1, (a, b) -> a * b);
    }

    /** Whether a term has inputs and parameters alone, which may be of any size: 0.001 T is 0.3 at 300 K. */
    private static boolean isOfUnknownSize(Expression term) {
        return switch (spread(term)) {
            case Symbol _, Entry _, Constant _ -> true;
            case Power power -> isOfUnknownSize(power.base());
            case Product product -> product.factors().stream().allMatch(Rounding::isOfUnknownSize);
            default -> false;
        };
    }

    private static Expression spread(Expression operand) {
        return operand instanceof Broadcast broadcast ? broadcast.operand() : operand;
    }

    double round(double number) {
        int places = digits + more.getOrDefault(Math.abs(number), 0);
        return places >= Printer.ALL_DIGITS || number == Math.rint(number) && Math.abs(number) < WHOLE ? number
                : new BigDecimal(number).round(new MathContext(places)).doubleValue();
    }
}
