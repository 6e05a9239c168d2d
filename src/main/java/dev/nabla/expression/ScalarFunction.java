package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.sum;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * The functions of one real variable. Everything about one stands in its entry: its value, its derivative as an
 * expression in the argument x and the value y = f(x), and how LaTeX and NumPy write it. Its name in the equation
 * language is its own in lower case.
 */
public enum ScalarFunction {

    EXP(Math::exp, (x, y) -> y, "\\exp", "np.exp"),

    LOG(Math::log, (x, y) -> divide(one(x), x), "\\ln", "np.log"),

    /** ln(1 + x), whose digits are those of a small x. */
    LOG1P(Math::log1p, (x, y) -> divide(one(x), sum(x, one(x))), "\\operatorname{log1p}", "np.log1p"),

    /** exp(x) − 1, whose digits are those of a small x. */
    EXPM1(Math::expm1, (x, y) -> of("exp", x), "\\operatorname{expm1}", "np.expm1"),

    /** With derivative 0 at 0 where its argument is nowhere negative, as that has a minimum there. */
    SQRT(Math::sqrt, (x, y) -> x.sign() == Sign.NON_NEGATIVE ? divide(constant(0.5, x.shape()), of("nonzero", y))
            : divide(one(x), product(constant(2, x.shape()), y)), "\\operatorname{sqrt}", "np.sqrt"),

    ABS(Math::abs, (x, y) -> of("sign", x), "\\operatorname{abs}", "np.abs"),

    SIN(Math::sin, (x, y) -> of("cos", x), "\\sin", "np.sin"),

    COS(Math::cos, (x, y) -> negate(of("sin", x)), "\\cos", "np.cos"),

    TAN(Math::tan, (x, y) -> sum(one(x), power(y, 2)), "\\tan", "np.tan"),

    ASIN(Math::asin, (x, y) -> divide(one(x), of("sqrt", sum(one(x), negate(power(x, 2))))),
            "\\arcsin", "np.arcsin"),

    ACOS(Math::acos, (x, y) -> divide(negate(one(x)), of("sqrt", sum(one(x), negate(power(x, 2))))),
            "\\arccos", "np.arccos"),

    ATAN(Math::atan, (x, y) -> divide(one(x), sum(power(x, 2), one(x))), "\\arctan", "np.arctan"),

    SINH(Math::sinh, (x, y) -> of("cosh", x), "\\sinh", "np.sinh"),

    COSH(Math::cosh, (x, y) -> of("sinh", x), "\\cosh", "np.cosh"),

    /** The derivative is not written 1 − tanh²: that leaves no digit where tanh is near 1. */
    TANH(Math::tanh, (x, y) -> power(of("sech", x), 2), "\\tanh", "np.tanh"),

    /** 1 / cosh(x). */
    SECH(x -> 2 * Math.exp(-Math.abs(x)) / (1 + Math.exp(-2 * Math.abs(x))),
            (x, y) -> negate(product(y, of("tanh", x))), "\\operatorname{sech}", "sech",
            "def sech(x): return 2 * np.exp(-np.abs(x)) / (1 + np.exp(-2 * np.abs(x)))"),

    ASINH(ScalarFunction::asinh, (x, y) -> divide(one(x), of("sqrt", sum(power(x, 2), one(x)))),
            "\\operatorname{arsinh}", "np.arcsinh"),

    ACOSH(ScalarFunction::acosh, (x, y) -> divide(one(x), of("sqrt", sum(power(x, 2), negate(one(x))))),
            "\\operatorname{arcosh}", "np.arccosh"),

    ATANH(ScalarFunction::atanh, (x, y) -> divide(one(x), sum(one(x), negate(power(x, 2)))),
            "\\operatorname{artanh}", "np.arctanh"),

    /** The logistic function 1 / (1 + exp(−x)); its derivative is not written σ (1 − σ), as σ may be near 1. */
    SIGMOID(ScalarFunction::sigmoid, (x, y) -> product(y, of("sigmoid", negate(x))), "\\sigma", "sigmoid",
            "def sigmoid(x): return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))"),

    /** ln(1 + exp(x)). */
    SOFTPLUS(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), (x, y) -> of("sigmoid", x),
            "\\operatorname{softplus}", "softplus", "def softplus(x): return np.logaddexp(0, x)"),

    /** max(x, 0), with derivative 0 at 0. */
    RELU(x -> Math.max(x, 0), (x, y) -> of("step", x),
            "\\operatorname{relu}", "relu", "def relu(x): return np.maximum(x, 0)"),

    /** x Φ(x) (Hendrycks and Gimpel 2016, arXiv:1606.08415). */
    GELU(x -> x * normalDistribution(x), (x, y) -> sum(of("normcdf", x), product(x, of("normpdf", x))),
            "\\operatorname{gelu}", "gelu", Python.NORMPDF, Python.NORMCDF, "def gelu(x): return x * normcdf(x)"),

    /** x sigmoid(x), also called SiLU. */
    SWISH(ScalarFunction::swish, (x, y) -> sum(of("sigmoid", x), product(y, of("sigmoid", negate(x)))),
            "\\operatorname{swish}", "swish",
            "def swish(x): return x * np.exp(np.minimum(x, 0) / 2) / (1 + np.exp(-np.abs(x))) "
            + "* np.exp(np.minimum(x, 0) / 2)"),

    /** Its derivative 2 exp(−x²) / √π is 4 √π φ(x)², in which no rounded square is exponentiated. */
    ERF(Erf::value, (x, y) -> product(constant(4 * Math.sqrt(Math.PI), x.shape()), power(of("normpdf", x), 2)),
            "\\operatorname{erf}", "erf", "def erf(x): return np.vectorize(math.erf, otypes=[float])(x)"),

    /** 1 − erf(x), whose digits are not lost where it is small. */
    ERFC(x -> x > 28 ? 0 : Erfc.value(x), (x, y) -> product(constant(-4 * Math.sqrt(Math.PI), x.shape()), power(of("normpdf", x), 2)),
            "\\operatorname{erfc}", "erfc", "def erfc(x): return np.vectorize(math.erfc, otypes=[float])(x)"),

    /** The distribution function Φ of the standard normal distribution. */
    NORMCDF(ScalarFunction::normalDistribution, (x, y) -> of("normpdf", x), "\\Phi", "normcdf",
            Python.NORMPDF, Python.NORMCDF),

    /** The density φ of the standard normal distribution. */
    NORMPDF(x -> gaussian(x) / Math.sqrt(2 * Math.PI), (x, y) -> negate(product(x, y)), "\\varphi", "normpdf",
            Python.NORMPDF),

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

    private static final double LN_2 = Math.log(2);

    private final DoubleUnaryOperator value;
    private final BinaryOperator<Expression> derivative;
    private final String latex;
    private final String python;
    private final List<String> pythonDefinitions;

    ScalarFunction(DoubleUnaryOperator value, BinaryOperator<Expression> derivative, String latex, String python,
            String... pythonDefinitions) {
        this.value = value;
        this.derivative = derivative;
        this.latex = latex;
        this.python = python;
        this.pythonDefinitions = List.of(pythonDefinitions);
    }

    /** The function of this name in the equation language. */
    public static Optional<ScalarFunction> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public double value(double x) {
        return value.applyAsDouble(x);
    }

    /** The derivative at every entry of {@code x}, an expression of the shape of {@code x}. */
    Expression derivative(Expression x) {
        return derivative.apply(x, Arithmetic.apply(this, x));
    }

    /** Outside of which there is no value for arguments of these, as far as there are values. */
    public Interval range(Interval x) {
        return switch (this) {
            case EXP, EXPM1, ATAN, SINH, TANH, ASINH, SIGMOID, SOFTPLUS, RELU, ERF, NORMCDF, SIGN, STEP ->
                new Interval(value(x.low()), value(x.high()));
            case ERFC -> new Interval(value(x.high()), value(x.low()));
            case LOG, SQRT -> increasing(x, 0, Double.POSITIVE_INFINITY);
            case LOG1P -> increasing(x, -1, Double.POSITIVE_INFINITY);
            case ACOSH -> increasing(x, 1, Double.POSITIVE_INFINITY);
            case ASIN, ATANH -> increasing(x, -1, 1);
            case ACOS -> new Interval(value(Math.clamp(x.high(), -1, 1)), value(Math.clamp(x.low(), -1, 1)));
            case ABS, COSH -> new Interval(value(x.absolute().low()), value(x.absolute().high()));
            case SECH, NORMPDF -> new Interval(value(x.absolute().high()), value(x.absolute().low()));
            case SIN -> waves(x, -0.5 * Math.PI, 0.5 * Math.PI);
            case COS -> waves(x, -Math.PI, 0);
            case GELU -> withMinimum(x, -0.7517915246935645, -0.16997120747990369);
            case SWISH -> withMinimum(x, -1.2784645427610737, -0.27846454276107380);
            case NONZERO -> x.contains(0) ? new Interval(x.low(), Double.POSITIVE_INFINITY) : x;
            case TAN -> isNear(x, 0.5 * Math.PI, Math.PI) ? Interval.ALL : new Interval(value(x.low()), value(x.high()));
        };
    }

    /**
     * Whether it has a value for every one of these arguments, and no jump between them: then what it does between two of them
     * is what its derivative says, which may be infinite.
     */
    public boolean isContinuousOn(Interval x) {
        return switch (this) {
            case EXP, EXPM1, ABS, SIN, COS, ATAN, SINH, COSH, TANH, SECH, ASINH, SIGMOID, SOFTPLUS, RELU, GELU, SWISH, ERF, ERFC,
                    NORMCDF, NORMPDF -> true;
            case LOG -> x.low() > 0;
            case LOG1P -> x.low() > -1;
            case SQRT -> x.low() >= 0;
            case ASIN, ACOS -> x.low() >= -1 && x.high() <= 1;
            case ATANH -> x.low() > -1 && x.high() < 1;
            case ACOSH -> x.low() >= 1;
            case SIGN, STEP, NONZERO -> !x.contains(0);
            case TAN -> !isNear(x, 0.5 * Math.PI, Math.PI);
        };
    }

    /** Whether it may have a value for some of these arguments. */
    public boolean hasValueOn(Interval x) {
        return switch (this) {
            case EXP, EXPM1, ABS, SIN, COS, TAN, ATAN, SINH, COSH, TANH, SECH, ASINH, SIGMOID, SOFTPLUS, RELU, GELU, SWISH, ERF, ERFC,
                    NORMCDF, NORMPDF, SIGN, STEP, NONZERO -> true;
            case LOG -> x.high() > 0;
            case LOG1P -> x.high() > -1;
            case SQRT -> x.high() >= 0;
            case ASIN, ACOS -> x.high() >= -1 && x.low() <= 1;
            case ATANH -> x.high() > -1 && x.low() < 1;
            case ACOSH -> x.high() >= 1;
        };
    }

    /** Whether its values are computed without rounding. */
    public boolean isExact() {
        return switch (this) {
            case ABS, RELU, SIGN, STEP, NONZERO -> true;
            case EXP, LOG, LOG1P, EXPM1, SQRT, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, SECH, ASINH, ACOSH, ATANH, SIGMOID,
                    SOFTPLUS, GELU, SWISH, ERF, ERFC, NORMCDF, NORMPDF -> false;
        };
    }

    /** Of a function of period 2π with values from −1, at {@code least}, to 1, at {@code greatest}. */
    private Interval waves(Interval x, double least, double greatest) {
        double low = value(x.low());
        double high = value(x.high());
        return new Interval(isNear(x, least, 2 * Math.PI) ? -1 : Math.min(low, high),
                isNear(x, greatest, 2 * Math.PI) ? 1 : Math.max(low, high));
    }

    /** Whether a place that comes again with a period is in an interval, or so near that rounding may have put it outside. */
    private static boolean isNear(Interval x, double place, double period) {
        double slack = 1e-9;
        double next = place + period * Math.ceil((x.low() - slack - place) / period);
        return x.absolute().high() > 1e5 || next <= x.high() + slack;
    }

    private Interval increasing(Interval x, double least, double greatest) {
        return new Interval(value(Math.clamp(x.low(), least, greatest)), value(Math.clamp(x.high(), least, greatest)));
    }

    /**
     * Of a function that falls up to a place, where it has this minimum, and rises from there; towards −∞ it has no
     * higher values than 0.
     */
    private Interval withMinimum(Interval x, double place, double minimum) {
        double low = x.low() == Double.NEGATIVE_INFINITY ? 0 : value(x.low());
        double high = value(x.high());
        double least = x.contains(place) ? minimum : Math.min(low, high);
        return new Interval(x.high() == Double.NEGATIVE_INFINITY ? 0 : least, Math.max(low, high));
    }

    /** What is known of the sign of the values for arguments of a sign. */
    Sign sign(Sign ofArgument) {
        return Sign.of(range(ofArgument.interval()));
    }

    /** Whether it has a finite value and finite derivatives of all orders wherever its argument is finite. */
    boolean isTame() {
        return switch (this) {
            case ABS, SIN, COS, TAN, ATAN, TANH, SECH, ASINH, SIGMOID, SOFTPLUS, RELU, GELU, SWISH, ERF, ERFC, NORMCDF, NORMPDF,
                    SIGN, STEP -> true;
            case EXP, LOG, LOG1P, EXPM1, SQRT, ASIN, ACOS, SINH, COSH, ACOSH, ATANH, NONZERO -> false;
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

    /**
     * What defines {@link #python()} from NumPy and {@code math}, where these lack it: functions of arrays of any shape,
     * each of those that it calls before it.
     */
    public List<String> pythonDefinitions() {
        return pythonDefinitions;
    }

    private static double asinh(double x) {
        double a = Math.abs(x);
        return Math.copySign(a > 1e8 ? Math.log(a) + LN_2 : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1))), x);
    }

    /** Of t = x − 1. */
    private static double acosh(double x) {
        double t = x < 1 ? Double.NaN : x - 1;
        return x > 1e8 ? Math.log(x) + LN_2 : Math.log1p(t + Math.sqrt(t * (x + 1)));
    }

    private static double atanh(double x) {
        double a = Math.abs(x);
        return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
    }

    private static double sigmoid(double x) {
        return Math.exp(Math.min(x, 0)) / (1 + Math.exp(-Math.abs(x)));
    }

    /** With exp(x) for negative x in two factors, as it may be too small. */
    private static double swish(double x) {
        double root = Math.exp(Math.min(x, 0) / 2);
        return x * root / (1 + Math.exp(-Math.abs(x))) * root;
    }

    private static double normalDistribution(double x) {
        double a = Math.abs(x);
        double tail = 0.5 * gaussian(a) * Erfcx.value(a * Math.sqrt(0.5));
        return x < 0 ? tail : 1 - tail;
    }

    /** exp(−x²/2) with the rounding error of x², which exp would multiply; 0 from 40 on. */
    private static double gaussian(double x) {
        double c = Math.min(Math.abs(x), 40);
        double square = c * c;
        return Math.exp(-0.5 * square) * (1 - 0.5 * Math.fma(c, c, -square));
    }

    private static Expression one(Expression x) {
        return constant(1, x.shape());
    }

    /** By name, as a constant may refer to a later one. */
    private static Expression of(String name, Expression x) {
        return Arithmetic.apply(requireNonNull(BY_NAME.get(name)), x);
    }

    /** Python that several functions need. */
    private static final class Python {

        /** The square of x has its rounding error with it: h has so few digits that h² is exact. */
        private static final String NORMPDF = """
                def normpdf(x):
                    x = np.clip(x, -40, 40)
                    h = np.float32(x).astype(float)
                    return np.exp(-h * h / 2) * np.exp((h - x) * (h + x) / 2) / math.sqrt(2 * math.pi)""";

        /** The tail by a continued fraction (Abramowitz and Stegun 26.2.14), near 0 by the error function. */
        private static final String NORMCDF = """
                def normcdf(x):
                    a = np.abs(x)
                    b = np.maximum(a, 3)
                    f = b
                    for k in range(60, 0, -1):
                        f = b + k / f
                    near = np.vectorize(math.erfc, otypes=[float])(a * math.sqrt(0.5)) / 2
                    tail = np.where(a < 3, near, normpdf(a) / f)
                    return np.where(x < 0, tail, 1 - tail)""";
    }
}
