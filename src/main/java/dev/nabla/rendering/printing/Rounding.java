package dev.nabla.rendering.printing;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Sum;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * With how many significant digits numbers are printed: so many, and more where a number is added to what is much smaller. In 0.0233 (p − 101325.18)
 * the parenthesis varies by about 1 / 0.0233, in 101325.18 + 40.3 tanh(x) by 40.3; four digits of the large number
 * alone would leave none of what the formula tells.
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
                double variation = sum.terms().stream().map(Rounding::spread).filter(Product.class::isInstance)
                        .mapToDouble(term -> coefficient((Product) term)).max().orElse(1 / factors.getOrDefault(sum, 1.0));
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

    private static double coefficient(Product product) {
        return product.factors().stream().map(Rounding::spread).filter(Constant.class::isInstance)
                .mapToDouble(factor -> Math.abs(((Constant) factor).value())).reduce(1, (a, b) -> a * b);
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
