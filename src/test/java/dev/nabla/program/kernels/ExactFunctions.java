package dev.nabla.program.kernels;

import dev.nabla.expression.ScalarFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.hipparchus.dfp.DfpMath;

/** The functions to more than 30 decimal digits. */
final class ExactFunctions {

    private static final DfpField FIELD = new DfpField(48);
    /** To so many digits that any double can be reduced by it. */
    private static final BigDecimal TWO_PI = twoPi(380);
    private static final Dfp ONE = FIELD.getOne();
    private static final Dfp SQRT_PI = FIELD.getPi().sqrt();
    /** Below, the first term of a Taylor series has 30 digits. */
    private static final double TINY = 1e-16;
    /** Below, the first two terms of an odd one have. */
    private static final double SMALL = 1e-8;

    private ExactFunctions() {
    }

    /** How far {@code value} is from f({@code x}), in units in the last place of the latter. */
    static double errorInUlp(ScalarFunction function, double x, double value) {
        double library = function.value(x);
        if (!Double.isFinite(library) || !Double.isFinite(value)) {
            return Double.compare(library, value) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return errorInUlp(value(function, x), value);
    }

    /**
     * How far {@code value} is from f({@code x}, {@code y}), in units in the last place of the latter, or of the larger argument of
     * logaddexp where that is larger.
     */
    static double errorInUlp(FunctionOfTwo function, double x, double y, double value) {
        double library = function.value(x, y);
        boolean isSpecial = !Double.isFinite(x) || !Double.isFinite(y) || function != FunctionOfTwo.LOGADDEXP && (x == 0 || y == 0);
        if (isSpecial || !Double.isFinite(library) || !Double.isFinite(value)) {
            return Double.compare(library, value) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        Dfp exact = value(function, x, y);
        double size = function == FunctionOfTwo.LOGADDEXP ? Math.max(Math.abs(exact.toDouble()), Math.abs(Math.max(x, y)))
                : exact.toDouble();
        return exact.subtract(FIELD.newDfp(value)).abs().divide(FIELD.newDfp(Math.ulp(size))).toDouble();
    }

    private static Dfp value(FunctionOfTwo function, double x, double y) {
        return switch (function) {
            case XLOGY -> exactly(x).multiply(DfpMath.log(exactly(y)));
            case LOGADDEXP -> exactly(Math.max(x, y)).add(softplus(exactly(Math.min(x, y)).subtract(exactly(Math.max(x, y)))));
            case ATAN2 -> signed(x, angle(exactly(x).abs(), exactly(y)));
        };
    }

    /** Of (x, y) with a positive y. */
    private static Dfp angle(Dfp y, Dfp x) {
        Dfp right = FIELD.getPi().divide(2);
        if (y.greaterThan(x.abs())) {
            return right.subtract(arctanOfSmallToo(x.divide(y)));
        }
        Dfp angle = arctanOfSmallToo(y.divide(x));
        return x.lessThan(FIELD.getZero()) ? angle.add(FIELD.getPi()) : angle;
    }

    private static Dfp arctanOfSmallToo(Dfp x) {
        return x.abs().lessThan(FIELD.newDfp(SMALL)) ? odd(x, -1, 3) : arctan(x);
    }

    /** How far {@code value} is from tanh′({@code x}), in the same units. */
    static double slopeErrorInUlp(double x, double value) {
        Dfp sech = value(ScalarFunction.SECH, x);
        return errorInUlp(sech.multiply(sech), value);
    }

    private static double errorInUlp(Dfp exact, double value) {
        Dfp error = exact.subtract(FIELD.newDfp(value)).abs();
        return error.divide(FIELD.newDfp(Math.ulp(exact.toDouble()))).toDouble();
    }

    static Dfp exactly(double x) {
        return FIELD.newDfp(x);
    }

    static Dfp value(ScalarFunction function, double argument) {
        Dfp x = exactly(argument);
        boolean tiny = Math.abs(argument) < TINY;
        return switch (function) {
            case EXP -> exp(x);
            case LOG -> DfpMath.log(x);
            case SQRT -> x.sqrt();
            case ABS, RELU, SIGN, STEP, NONZERO -> FIELD.newDfp(function.value(argument));
            case SIN -> tiny ? x : DfpMath.sin(angle(argument));
            case COS -> tiny ? ONE : DfpMath.cos(angle(argument));
            case TAN -> tiny ? x : DfpMath.sin(angle(argument)).divide(DfpMath.cos(angle(argument)));
            case SINH -> tiny ? x : exp(x).subtract(exp(x.negate())).divide(2);
            case COSH -> exp(x).add(exp(x.negate())).divide(2);
            case TANH -> tiny ? x : tanh(exp(x.abs().multiply(-2)), argument);
            case SECH -> ONE.multiply(2).divide(exp(x).add(exp(x.negate())));
            case SIGMOID -> exp(x.negate()).add(ONE).reciprocal();
            case SOFTPLUS -> softplus(x);
            case GELU -> x.multiply(normcdf(x));
            case SWISH -> x.divide(exp(x.negate()).add(ONE));
            case ERF -> erf(x);
            case ERFC -> erfc(x);
            case LOG1P -> tiny ? x.subtract(x.multiply(x).divide(2)) : DfpMath.log(x.add(ONE));
            case EXPM1 -> tiny ? x.add(x.multiply(x).divide(2)) : exp(x).subtract(ONE);
            case ATAN -> Math.abs(argument) < SMALL ? odd(x, -1, 3) : arctan(x);
            case ASIN -> Math.abs(argument) < SMALL ? odd(x, 1, 6) : arcsin(x);
            case ACOS -> FIELD.getPi().divide(2).subtract(Math.abs(argument) < SMALL ? odd(x, 1, 6) : arcsin(x));
            case ASINH -> Math.abs(argument) < SMALL ? odd(x, -1, 6) : signed(argument,
                    DfpMath.log(x.abs().add(x.multiply(x).add(ONE).sqrt())));
            case ACOSH -> DfpMath.log(x.add(x.subtract(ONE).multiply(x.add(ONE)).sqrt()));
            case ATANH -> Math.abs(argument) < SMALL ? odd(x, 1, 3)
                    : DfpMath.log(ONE.add(x).divide(ONE.subtract(x))).divide(2);
            case NORMCDF -> normcdf(x);
            case NORMPDF -> exp(x.multiply(x).divide(2).negate()).divide(FIELD.getPi().multiply(2).sqrt());
        };
    }

    /** x + c x³ / d, to 30 digits for a small x. */
    private static Dfp odd(Dfp x, int c, int d) {
        return x.add(x.multiply(x).multiply(x).multiply(c).divide(d));
    }

    private static Dfp signed(double sign, Dfp magnitude) {
        return sign < 0 ? magnitude.negate() : magnitude;
    }

    /** By halving the angle until Taylor's series is short: atan(x) = 2 atan(x / (1 + √(1 + x²))). */
    private static Dfp arctan(Dfp x) {
        Dfp t = x.abs().greaterThan(ONE) ? x.reciprocal() : x;
        int halvings = 12;
        for (int i = 0; i < halvings; i++) {
            t = t.divide(ONE.add(t.multiply(t).add(ONE).sqrt()));
        }
        Dfp square = t.multiply(t).negate();
        Dfp power = t;
        Dfp sum = t;
        for (int n = 3; n < 40; n += 2) {
            power = power.multiply(square);
            sum = sum.add(power.divide(n));
        }
        sum = sum.multiply(1 << halvings);
        Dfp right = FIELD.getPi().divide(2);
        return !x.abs().greaterThan(ONE) ? sum : (x.greaterThan(FIELD.getZero()) ? right : right.negate()).subtract(sum);
    }

    private static Dfp arcsin(Dfp x) {
        Dfp cosine = ONE.subtract(x).multiply(ONE.add(x)).sqrt();
        return cosine.equals(FIELD.getZero()) ? x.multiply(FIELD.getPi()).divide(2) : arctan(x.divide(cosine));
    }

    /** Clamped where the result is beyond a double anyway, as the time this takes grows with the argument. */
    private static Dfp exp(Dfp x) {
        if (x.abs().greaterThan(FIELD.newDfp(2000))) {
            return DfpMath.exp(FIELD.newDfp(x.greaterThan(FIELD.getZero()) ? 2000 : -2000));
        }
        return DfpMath.exp(x);
    }

    private static Dfp angle(double x) {
        if (Math.abs(x) < 1e6) {
            return FIELD.newDfp(x);
        }
        return FIELD.newDfp(new BigDecimal(x).remainder(TWO_PI).toString());
    }

    private static Dfp tanh(Dfp e, double argument) {
        Dfp magnitude = ONE.subtract(e).divide(ONE.add(e));
        return argument < 0 ? magnitude.negate() : magnitude;
    }

    private static Dfp softplus(Dfp x) {
        Dfp e = exp(x.abs().negate());
        boolean small = e.lessThan(FIELD.newDfp(TINY));
        Dfp logarithm = small ? e.subtract(e.multiply(e).divide(2)) : DfpMath.log(ONE.add(e));
        return x.greaterThan(FIELD.getZero()) ? x.add(logarithm) : logarithm;
    }

    private static Dfp normcdf(Dfp x) {
        return erfc(x.negate().divide(FIELD.getTwo().sqrt())).divide(2);
    }

    /** By the series exp(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!! (Abramowitz and Stegun 7.1.6), all terms of one sign. */
    private static Dfp erf(Dfp x) {
        if (x.abs().greaterThan(FIELD.newDfp(12))) {
            return x.divide(x.abs());
        }
        Dfp square = x.multiply(x);
        Dfp term = x;
        Dfp sum = x;
        for (int n = 1; !sum.add(term).equals(sum) || n < 5; n++) {
            term = term.multiply(square).multiply(2).divide(2 * n + 1);
            sum = sum.add(term);
        }
        return sum.multiply(2).divide(SQRT_PI).multiply(exp(square.negate()));
    }

    static Dfp slopeOfErf(Dfp x) {
        return exp(x.multiply(x).negate()).multiply(2).divide(SQRT_PI);
    }

    /** By a continued fraction for large arguments (Abramowitz and Stegun 7.1.14). */
    private static Dfp erfc(Dfp x) {
        if (x.lessThan(FIELD.newDfp(4))) {
            return ONE.subtract(erf(x));
        }
        Dfp fraction = x;
        for (int n = 120; n > 0; n--) {
            fraction = x.add(FIELD.newDfp(n).divide(2).divide(fraction));
        }
        return exp(x.multiply(x).negate()).divide(SQRT_PI.multiply(fraction));
    }

    /** By Machin's formula, π = 16 arctan(1/5) − 4 arctan(1/239). */
    private static BigDecimal twoPi(int digits) {
        BigDecimal fifth = arctanOfReciprocal(5, digits).multiply(BigDecimal.valueOf(32));
        return fifth.subtract(arctanOfReciprocal(239, digits).multiply(BigDecimal.valueOf(8)));
    }

    private static BigDecimal arctanOfReciprocal(int x, int digits) {
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(x), digits, RoundingMode.DOWN);
        BigDecimal sum = power;
        for (int n = 3; power.signum() != 0; n += 2) {
            power = power.divide(BigDecimal.valueOf(-x * x), digits, RoundingMode.DOWN);
            sum = sum.add(power.divide(BigDecimal.valueOf(n), digits, RoundingMode.DOWN));
        }
        return sum;
    }
}
