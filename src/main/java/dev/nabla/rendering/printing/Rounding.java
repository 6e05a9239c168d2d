package dev.nabla.rendering.printing;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Symbol;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        Map<Expression, List<Product>> multiplied = new HashMap<>();
        for (Expression node : nodes) {
            if (node instanceof Product product) {
                product.factors().forEach(factor -> multiplied.computeIfAbsent(spread(factor), _ -> new ArrayList<>()).add(product));
            }
        }
        for (Expression node : nodes) {
            if (node instanceof Sum sum && sum.terms().stream().anyMatch(Rounding::hasNumbers)) {
                List<Product> by = multiplied.getOrDefault(sum, List.of());
                boolean alike = Stream.concat(sum.terms().stream(), by.stream().flatMap(product -> product.factors().stream()))
                        .allMatch(part -> spread(part) instanceof Constant || !hasNumbers(part));
                for (int entry = 0; entry < (alike ? 1 : sum.shape().size()); entry++) {
                    consider(sum, by, entry);
                }
            }
        }
    }

    private void consider(Sum sum, List<Product> by, int entry) {
        double factor = by.stream().flatMapToDouble(product -> sum.shape().equals(product.shape())
                ? DoubleStream.of(coefficient(product, entry))
                : IntStream.range(0, product.shape().size()).mapToDouble(each -> coefficient(product, each))).max().orElse(1);
        double variation = sum.terms().stream().filter(term -> number(term, entry).isEmpty())
                .filter(term -> factor != 1 || !isOfUnknownSize(term))
                .mapToDouble(term -> isOfUnknownSize(term) ? 1 / factor : coefficient(term, entry)).max().orElse(Double.NaN);
        sum.terms().forEach(term -> number(term, entry).ifPresent(number -> {
            double ratio = Math.abs(number) / variation;
            if (ratio >= 10 && Double.isFinite(ratio)) {
                printed(term, entry).forEach(each -> more.merge(Math.abs(each), (int) Math.log10(ratio) + 1, Math::max));
            }
        }));
    }

    /** The numbers that stand for a number: those of its factors. */
    private static DoubleStream printed(Expression term, int entry) {
        return term instanceof Product product ? product.factors().stream().flatMapToDouble(factor -> printed(factor, entry))
                : term instanceof Power power ? printed(power.base(), entry) : number(term, entry).stream();
    }

    /** The size of the number that an entry of a term is multiplied by. */
    private static double coefficient(Expression term, int entry) {
        return term instanceof Product product ? Math.abs(numbers(product, entry)) : 1;
    }

    /** The product of the factors that are numbers. */
    private static double numbers(Product product, int entry) {
        return product.factors().stream().flatMapToDouble(factor -> number(factor, entry).stream()).reduce(1, (a, b) -> a * b);
    }

    /** The number that an entry of an array, by its row-major place, is whatever the symbols are, if it is one. */
    private static OptionalDouble number(Expression array, int entry) {
        return switch (array) {
            case Constant constant -> OptionalDouble.of(constant.value());
            case Broadcast broadcast -> {
                int times = broadcast.shape().size() / broadcast.operand().shape().size();
                yield number(broadcast.operand(), entry / times);
            }
            case Stack stack -> {
                int size = stack.parts().getFirst().shape().size();
                yield number(stack.parts().get(entry / size), entry % size);
            }
            case Product product when product.factors().stream().allMatch(factor -> number(factor, entry).isPresent()) ->
                    OptionalDouble.of(numbers(product, entry));
            case Power power when power.exponent() instanceof Constant exponent ->
                    number(power.base(), entry).stream().map(base -> Math.pow(base, exponent.value())).findFirst();
            default -> OptionalDouble.empty();
        };
    }

    private static boolean hasNumbers(Expression array) {
        return switch (array) {
            case Constant _ -> true;
            case Broadcast broadcast -> hasNumbers(broadcast.operand());
            case Stack stack -> stack.parts().stream().anyMatch(Rounding::hasNumbers);
            case Power power -> power.exponent() instanceof Constant && hasNumbers(power.base());
            case Product product -> product.factors().stream().allMatch(Rounding::hasNumbers);
            default -> false;
        };
    }

    /** Whether a term has inputs and parameters alone, which may be of any size: 0.001 T is 0.3 at 300 K. */
    private static boolean isOfUnknownSize(Expression term) {
        return switch (spread(term)) {
            case Symbol _, Entry _, Constant _ -> true;
            case Power power -> isOfUnknownSize(power.base());
            case Product product -> product.factors().stream().allMatch(Rounding::isOfUnknownSize);
            case Stack stack -> stack.parts().stream().allMatch(Rounding::isOfUnknownSize);
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
