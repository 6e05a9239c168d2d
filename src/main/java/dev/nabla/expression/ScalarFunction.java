package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.Arithmetic.sum;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * The functions of one real variable. Everything about one stands in its entry: its value, its derivative as an
 * expression in the argument x and the value y = f(x), and how LaTeX and NumPy write it. Its name in the equation
 * language is its own in lower case.
 */
public enum ScalarFunction {

    EXP(Math::exp, (x, y) -> y, "\\exp", "np.exp"),

    LOG(Math::log, (x, y) -> divide(one(x), x), "\\ln", "np.log"),

    /** With derivative 0 at 0 where its argument is nowhere negative, as that has a minimum there. */
    SQRT(Math::sqrt, (x, y) -> x.sign() == Sign.NON_NEGATIVE ? divide(constant(0.5, x.shape()), of("nonzero", y))
            : divide(one(x), product(constant(2, x.shape()), y)), "\\operatorname{sqrt}", "np.sqrt"),

    ABS(Math::abs, (x, y) -> of("sign", x), "\\operatorname{abs}", "np.abs"),

    SIN(Math::sin, (x, y) -> of("cos", x), "\\sin", "np.sin"),

    COS(Math::cos, (x, y) -> negate(of("sin", x)), "\\cos", "np.cos"),

    TAN(Math::tan, (x, y) -> sum(one(x), power(y, 2)), "\\tan", "np.tan"),

    SINH(Math::sinh, (x, y) -> of("cosh", x), "\\sinh", "np.sinh"),

    COSH(Math::cosh, (x, y) -> of("sinh", x), "\\cosh", "np.cosh"),

    TANH(Math::tanh, (x, y) -> subtract(one(x), power(y, 2)), "\\tanh", "np.tanh"),

    /** The logistic function 1 / (1 + exp(−x)). */
    SIGMOID(x -> x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)),
            (x, y) -> product(y, subtract(one(x), y)),
            "\\sigma", "sigmoid", "def sigmoid(x): return np.exp(-np.logaddexp(0, -x))"),

    /** ln(1 + exp(x)). */
    SOFTPLUS(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), (x, y) -> of("sigmoid", x),
            "\\operatorname{softplus}", "softplus", "def softplus(x): return np.logaddexp(0, x)"),

    /** max(x, 0), with derivative 0 at 0. */
    RELU(x -> Math.max(x, 0), (x, y) -> of("step", x),
            "\\operatorname{relu}", "relu", "def relu(x): return np.maximum(x, 0)"),

    /** x Φ(x) with the standard normal distribution function Φ (Hendrycks and Gimpel 2016, arXiv:1606.08415). */
    GELU(x -> x * normalDistribution(x), (x, y) -> sum(
            product(constant(0.5, x.shape()), sum(one(x), of("erf", product(constant(Math.sqrt(0.5), x.shape()), x)))),
            product(constant(1 / Math.sqrt(2 * Math.PI), x.shape()), x,
                    of("exp", product(constant(-0.5, x.shape()), power(x, 2))))),
            "\\operatorname{gelu}", "gelu",
            "def gelu(x): return 0.5 * x * np.vectorize(math.erfc)(-x / math.sqrt(2))"),

    /** x sigmoid(x), also called SiLU. */
    SWISH(x -> x * SIGMOID.value(x), (x, y) -> sum(of("sigmoid", x), product(x, SIGMOID.derivative(x))),
            "\\operatorname{swish}", "swish", "def swish(x): return x * np.exp(-np.logaddexp(0, -x))"),

    ERF(Erf::value, (x, y) -> product(constant(2 / Math.sqrt(Math.PI), x.shape()), of("exp", negate(power(x, 2)))),
            "\\operatorname{erf}", "erf", "def erf(x): return np.vectorize(math.erf)(x)"),

    /** −1, 0 or 1. */
    SIGN(Math::signum, (x, y) -> constant(0, x.shape()), "\\operatorname{sgn}", "np.sign"),

    /** 1 where x is positive, else 0. */
    STEP(x -> x > 0 ? 1 : 0, (x, y) -> constant(0, x.shape()),
            "\\theta", "step", "def step(x): return np.where(x > 0, 1.0, 0.0)"),

    /**
     * x, and ∞ at 0: what divides without an infinite slope, as in x / nonzero(‖x‖). It has no derivative at 0, so that of a
     * power of it is that of the power of x.
     */
    NONZERO(x -> x == 0 ? Double.POSITIVE_INFINITY : x, (x, y) -> one(x), "\\operatorname{nonzero}", "nonzero",
            "def nonzero(x): return np.where(x == 0, np.inf, x)");

    private static final Map<String, ScalarFunction> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ScalarFunction::text, f -> f));

    private final DoubleUnaryOperator value;
    private final BinaryOperator<Expression> derivative;
    private final String latex;
    private final String python;
    private final Optional<String> pythonDefinition;

    ScalarFunction(DoubleUnaryOperator value, BinaryOperator<Expression> derivative, String latex, String python) {
        this(value, derivative, latex, python, Optional.empty());
    }

    ScalarFunction(DoubleUnaryOperator value, BinaryOperator<Expression> derivative, String latex, String python,
            String pythonDefinition) {
        this(value, derivative, latex, python, Optional.of(pythonDefinition));
    }

    ScalarFunction(DoubleUnaryOperator value, BinaryOperator<Expression> derivative, String latex, String python,
            Optional<String> pythonDefinition) {
        this.value = value;
        this.derivative = derivative;
        this.latex = latex;
        this.python = python;
        this.pythonDefinition = pythonDefinition;
    }

    /** The function of this name in the equation language. */
    public static Optional<ScalarFunction> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public double value(double x) {
        return value.applyAsDouble(x);
    }

    /** The derivative at every entry of {@code x}, an expression of the shape of {@code x}. */
    public Expression derivative(Expression x) {
        return derivative.apply(x, Arithmetic.apply(this, x));
    }

    /** What is known of the sign of the values for arguments of a sign. */
    Sign sign(Sign ofArgument) {
        return switch (this) {
            case COSH -> Sign.POSITIVE;
            case EXP, ABS, SIGMOID, SOFTPLUS, RELU, STEP -> Sign.NON_NEGATIVE;
            case SQRT -> ofArgument.atLeast(Sign.NON_NEGATIVE);
            case SINH, TANH, GELU, SWISH, ERF, SIGN, NONZERO -> ofArgument.atMost(Sign.NON_NEGATIVE);
            case LOG, SIN, COS, TAN -> Sign.ANY;
        };
    }

    /** The name in the equation language. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The LaTeX command that is followed by the argument. */
    public String latex() {
        return latex;
    }

    /** The Python name, with NumPy as {@code np}. */
    public String python() {
        return python;
    }

    /** The line of Python that defines {@link #python()} from NumPy and {@code math}, where these lack it. */
    public Optional<String> pythonDefinition() {
        return pythonDefinition;
    }

    private static double normalDistribution(double x) {
        return 0.5 * Erfc.value(-x * Math.sqrt(0.5));
    }

    private static Expression one(Expression x) {
        return constant(1, x.shape());
    }

    /** By name, as a constant may refer to a later one. */
    private static Expression of(String name, Expression x) {
        return Arithmetic.apply(BY_NAME.get(name), x);
    }
}
