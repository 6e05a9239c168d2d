package dev.nabla.imports.onnx;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.network.layers.Activation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** The operators of ONNX that work entry by entry, and softmax, as functions of expressions. */
final class EntrywiseOperators {

    /** What single precision makes of the defaults, as ONNX states them. */
    private static final double SELU_ALPHA = 1.6732632;
    private static final double SELU_GAMMA = 1.050701;

    /** Of one array, as an activation with the attributes of the node. */
    private static final Map<String, Function<Attributes, Activation>> ACTIVATIONS = Map.ofEntries(
            named("Identity", "identity"),
            named("Relu", "relu"),
            named("Tanh", "tanh"),
            named("Sigmoid", "sigmoid"),
            named("Softplus", "softplus"),
            named("Softsign", "softsign"),
            named("Mish", "mish"),
            named("Erf", "erf"),
            named("Exp", "exp"),
            named("Log", "log"),
            named("Sqrt", "sqrt"),
            named("Abs", "abs"),
            named("Sign", "sign"),
            named("Sin", "sin"),
            named("Cos", "cos"),
            named("Tan", "tan"),
            named("Asin", "asin"),
            named("Acos", "acos"),
            named("Atan", "atan"),
            named("Sinh", "sinh"),
            named("Cosh", "cosh"),
            named("Asinh", "asinh"),
            named("Acosh", "acosh"),
            named("Atanh", "atanh"),
            Map.entry("Elu", attributes -> of("elu", "where(x > 0, x, %s * expm1(where(x > 0, 0, x)))",
            attributes.number("alpha", 1))),
            Map.entry("Celu", attributes -> celu(attributes.number("alpha", 1))),
            Map.entry("Selu", attributes -> selu(attributes.number("alpha", SELU_ALPHA), attributes.number("gamma",
            SELU_GAMMA))),
            Map.entry("LeakyRelu", attributes -> leaky(attributes.number("alpha", 0.01))),
            Map.entry("HardSigmoid", attributes -> new Activation("max(0, min(1, " + attributes.number("alpha", 0.2)
            + " * x + "
                    + attributes.number("beta", 0.5) + "))")),
            Map.entry("HardSwish", _ -> new Activation("x * max(0, min(1, x / 6 + 0.5))")),
            Map.entry("Swish", attributes -> swish(attributes.number("alpha", 1))),
            Map.entry("Gelu", EntrywiseOperators::gelu));

    private static final Map<String, BinaryOperator<Expression>> OF_TWO = Map.of(
            "Add", (x, y) -> Arithmetic.sum(x, y),
            "Sub", Arithmetic::subtract,
            "Mul", (x, y) -> Arithmetic.product(x, y),
            "Div", Arithmetic::divide,
            "Pow", Arithmetic::power,
            "Min", (x, y) -> Arithmetic.apply(BinaryFunction.MIN, x, y),
            "Max", (x, y) -> Arithmetic.apply(BinaryFunction.MAX, x, y),
            "Sum", (x, y) -> Arithmetic.sum(x, y));

    private EntrywiseOperators() {}

    private static Map.Entry<String, Function<Attributes, Activation>> named(String operator, String activation) {
        return Map.entry(operator, _ -> new Activation(activation));
    }

    private static Activation of(String name, String equation, double number) {
        return number == 1 ? new Activation(name) : new Activation(equation.formatted(number));
    }

    private static Activation celu(double alpha) {
        return of("elu", "where(x > 0, x, %1$s * expm1(where(x > 0, 0, x) / %1$s))", alpha);
    }

    private static Activation selu(double alpha, double gamma) {
        return alpha == SELU_ALPHA && gamma == SELU_GAMMA ? new Activation("selu")
                : new Activation(gamma + " * where(x > 0, x, " + alpha + " * expm1(where(x > 0, 0, x)))");
    }

    private static Activation leaky(double alpha) {
        return alpha == 0.01 ? new Activation("leaky-relu") : new Activation("where(x > 0, x, " + alpha + " * x)");
    }

    private static Activation swish(double alpha) {
        return alpha == 1 ? new Activation("swish") : new Activation("x * sigmoid(" + alpha + " * x)");
    }

    private static Activation gelu(Attributes attributes) {
        String approximation = attributes.text("approximate", "none");
        return switch (approximation) {
            case "none" -> new Activation("gelu");
            case "tanh" -> new Activation("0.5 * x * (1 + tanh(" + Math.sqrt(2 / Math.PI)
                    + " * (x + 0.044715 * x ^ 3)))");
            default -> throw new Refusal("must have approximate = none or tanh, had '" + approximation + "'");
        };
    }

    /** What an operator makes of one array; empty if it is none of these. */
    static Optional<Expression> apply(String operator, Attributes attributes, Expression x) {
        return switch (operator) {
            case "Neg" -> Optional.of(Arithmetic.negate(x));
            case "Reciprocal" -> Optional.of(Arithmetic.reciprocal(x));
            default -> Optional.ofNullable(ACTIVATIONS.get(operator)).map(activation ->
                    activated(activation.apply(attributes), x));
        };
    }

    /**
     * The function of numbers that an operator of one array is, of the standard or of Nabla's own; empty if it is none.
     */
    static Optional<DoubleUnaryOperator> ofNumbers(String operator, Attributes attributes) {
        if (operator.equals("Neg")) {
            return Optional.of(x -> -x);
        }
        return Optional.ofNullable(ACTIVATIONS.get(operator)).flatMap(activation -> activation.apply(attributes)
                .function())
                .or(() -> ScalarFunction.named(operator)).map(function -> function::value);
    }

    private static Expression activated(Activation activation, Expression x) {
        return activation.text().equals(Activation.IDENTITY.text()) ? x : activation.apply(x);
    }

    /** What an operator makes of two arrays of one shape. */
    static Optional<BinaryOperator<Expression>> ofTwo(String operator) {
        return Optional.ofNullable(OF_TWO.get(operator));
    }

    /** What one of the functions makes that Nabla's own files have. */
    static Expression own(String function, List<Expression> operands) {
        if (function.equals("where") && operands.size() == 3) {
            return Arithmetic.select(operands.get(0), operands.get(1), operands.get(2));
        }
        Optional<ScalarFunction> ofOne = ScalarFunction.named(function);
        if (ofOne.isPresent() && operands.size() == 1) {
            return Arithmetic.apply(ofOne.get(), operands.getFirst());
        }
        for (BinaryFunction ofTwo : BinaryFunction.values()) {
            if (ofTwo.name().equalsIgnoreCase(function) && operands.size() == 2) {
                return Arithmetic.apply(ofTwo, operands.get(0), operands.get(1));
            }
        }
        throw new Refusal("is no function that models are made of");
    }

    static Expression softmax(String operator, Expression x) {
        return operator.equals("Softmax") ? LinearAlgebra.softmax(x)
                : Arithmetic.subtract(x, LinearAlgebra.broadcast(LinearAlgebra.logSumExp(x), x.shape()));
    }
}
