package dev.nabla.rendering;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads printed equations by the rules of the equation language, for either place that a language may give unary minus:
 * above products, (−x) y, or below them, −(x y). A print must be the same expression in both.
 */
final class EquationReader {

    private static final Pattern TOKEN =
            Pattern.compile(" *([0-9]+(?:\\.[0-9]+)?(?:e-?[0-9]+)?|[A-Za-z_][A-Za-z0-9_.]*|[^ ])");

    private final List<String> tokens;
    private final Map<String, Expression> names;
    private final boolean minusBindsTighterThanProducts;
    private int at;

    private EquationReader(String text, Map<String, Expression> names, boolean minusBindsTighterThanProducts) {
        this.tokens = TOKEN.matcher(text).results().map(token -> token.group(1)).toList();
        this.names = names;
        this.minusBindsTighterThanProducts = minusBindsTighterThanProducts;
    }

    static Expression read(String text, Map<String, Expression> names, boolean minusBindsTighterThanProducts) {
        var reader = new EquationReader(text, names, minusBindsTighterThanProducts);
        Expression expression = reader.sum();
        if (reader.at < reader.tokens.size()) {
            throw reader.unexpected();
        }
        return expression;
    }

    private Expression sum() {
        var terms = new ArrayList<Expression>();
        terms.add(!minusBindsTighterThanProducts && accept("-") ? Arithmetic.negate(product()) : product());
        while (true) {
            if (accept("+")) {
                terms.add(product());
            } else if (accept("-")) {
                terms.add(Arithmetic.negate(product()));
            } else {
                return spread(terms, Arithmetic::sum);
            }
        }
    }

    private Expression product() {
        var factors = new ArrayList<Expression>(List.of(signed()));
        while (true) {
            if (accept("*")) {
                factors.add(signed());
            } else if (accept("/")) {
                factors.add(Arithmetic.power(signed(), -1));
            } else if (accept("@")) {
                Expression left = spread(factors, Arithmetic::product);
                factors.clear();
                factors.add(LinearAlgebra.matrixProduct(left, signed()));
            } else {
                return spread(factors, Arithmetic::product);
            }
        }
    }

    private Expression signed() {
        return accept("-") ? Arithmetic.negate(signed()) : power();
    }

    private Expression power() {
        Expression base = indexed();
        return accept("^") ? spread(List.of(base, signed()), p -> Arithmetic.power(p.get(0), p.get(1))) : base;
    }

    private Expression indexed() {
        Expression array = atom();
        while (accept("[")) {
            array = LinearAlgebra.entry(array, list("]", () -> Integer.parseInt(next()) - 1));
        }
        return array;
    }

    private Expression atom() {
        String token = next();
        if (token.equals("(")) {
            return list(")", this::sum).getFirst();
        }
        if (token.equals("[")) {
            return LinearAlgebra.stack(list("]", this::sum));
        }
        if (Character.isDigit(token.charAt(0))) {
            return Arithmetic.constant(Double.parseDouble(token));
        }
        if (accept("(")) {
            return call(token, list(")", this::sum));
        }
        if (!names.containsKey(token)) {
            throw unexpected();
        }
        return names.get(token);
    }

    private static Expression call(String function, List<Expression> arguments) {
        Expression first = arguments.getFirst();
        return switch (function) {
            case "sum" -> LinearAlgebra.entrySum(first);
            case "transpose" -> LinearAlgebra.transpose(first);
            case "outer" -> LinearAlgebra.outerProduct(first, arguments.getLast());
            case "zeros" -> Arithmetic.constant(0, shape(arguments));
            case "ones" -> Arithmetic.constant(1, shape(arguments));
            default -> Arithmetic.apply(ScalarFunction.named(function).orElseThrow(), first);
        };
    }

    private static Shape shape(List<Expression> dimensions) {
        return new Shape(dimensions.stream().map(d -> (int) ((Constant) d).value()).toList());
    }

    private static Expression spread(List<Expression> operands, Function<List<Expression>, Expression> combine) {
        if (operands.size() == 1) {
            return operands.getFirst();
        }
        Shape shape = operands.stream().map(Expression::shape).filter(s -> !s.isScalar()).findFirst()
                .orElse(Shape.SCALAR);
        return combine.apply(operands.stream()
                .map(operand -> operand.isScalar() ? LinearAlgebra.broadcast(operand, shape) : operand).toList());
    }

    private <T> List<T> list(String end, Supplier<T> element) {
        var elements = new ArrayList<T>();
        do {
            elements.add(element.get());
        } while (accept(","));
        if (!accept(end)) {
            throw unexpected();
        }
        return elements;
    }

    private String next() {
        if (at == tokens.size()) {
            throw unexpected();
        }
        return tokens.get(at++);
    }

    private boolean accept(String token) {
        boolean isNext = at < tokens.size() && tokens.get(at).equals(token);
        at += isNext ? 1 : 0;
        return isNext;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("cannot read token " + at + " of " + tokens);
    }
}
