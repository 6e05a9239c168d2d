package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;

import dev.nabla.expression.ScalarFunction;
import java.util.EnumMap;
import java.util.Map;

/** The kernels in plain Java, for machines and runtimes without vectors, and for what is less than a vector. */
final class PlainFunctions implements FunctionKernels {

    private static final FunctionKernels LIBRARY = new LibraryFunctions();
    /** The kernels of their own that functions have; any other is computed by its value, slower and no less right. */
    private static final Map<ScalarFunction, OfOne> OWN = new EnumMap<>(ScalarFunction.class);

    static {
        OWN.put(ScalarFunction.EXP, PlainFunctions::exp);
        OWN.put(ScalarFunction.LOG, PlainFunctions::log);
        OWN.put(ScalarFunction.SQRT, PlainFunctions::sqrt);
        OWN.put(ScalarFunction.ABS, PlainFunctions::abs);
        OWN.put(ScalarFunction.SIN, PlainFunctions::sin);
        OWN.put(ScalarFunction.COS, PlainFunctions::cos);
        OWN.put(ScalarFunction.TAN, PlainFunctions::tan);
        OWN.put(ScalarFunction.SINH, PlainFunctions::sinh);
        OWN.put(ScalarFunction.COSH, PlainFunctions::cosh);
        OWN.put(ScalarFunction.TANH, PlainFunctions::tanh);
        OWN.put(ScalarFunction.SECH, PlainFunctions::sech);
        OWN.put(ScalarFunction.SIGMOID, PlainFunctions::sigmoid);
        OWN.put(ScalarFunction.SOFTPLUS, PlainFunctions::softplus);
        OWN.put(ScalarFunction.RELU, PlainFunctions::relu);
        OWN.put(ScalarFunction.GELU, PlainFunctions::gelu);
        OWN.put(ScalarFunction.SWISH, PlainFunctions::swish);
        OWN.put(ScalarFunction.ERF, PlainFunctions::erf);
        OWN.put(ScalarFunction.NORMCDF, PlainFunctions::normcdf);
        OWN.put(ScalarFunction.NORMPDF, PlainFunctions::normpdf);
        OWN.put(ScalarFunction.SIGN, PlainFunctions::sign);
        OWN.put(ScalarFunction.STEP, PlainFunctions::step);
        OWN.put(ScalarFunction.NONZERO, PlainFunctions::nonzero);
        OWN.put(ScalarFunction.ATAN, PlainFunctions::atan);
        OWN.put(ScalarFunction.ASIN, PlainFunctions::asin);
        OWN.put(ScalarFunction.ACOS, PlainFunctions::acos);
        OWN.put(ScalarFunction.ASINH, PlainFunctions::asinh);
        OWN.put(ScalarFunction.ACOSH, PlainFunctions::acosh);
        OWN.put(ScalarFunction.ATANH, PlainFunctions::atanh);
        OWN.put(ScalarFunction.LOG1P, PlainFunctions::log1p);
        OWN.put(ScalarFunction.EXPM1, PlainFunctions::expm1);
        OWN.put(ScalarFunction.ERFC, PlainFunctions::erfc);
    }

    @Override
    public OfOne of(ScalarFunction function) {
        return OWN.getOrDefault(function, LIBRARY.of(function));
    }

    @Override
    public OfPair of(FunctionPair pair) {
        return switch (pair) {
            case TANH_AND_SLOPE -> PlainFunctions::tanhAndSlope;
            case SIGMOIDS -> PlainFunctions::sigmoids;
        };
    }

    @Override
    public OfTwo of(FunctionOfTwo function) {
        return switch (function) {
            case XLOGY -> PlainFunctions::xLogY;
            case ATAN2 -> PlainFunctions::atan2;
            case LOGADDEXP -> PlainFunctions::logAddExp;
        };
    }

    private static void xLogY(long x, long y, long target, int count) {
        for (int i = 0; i < count; i++) {
            set(target + i, Logarithm.xLogY(get(x + i), get(y + i)));
        }
    }

    private static void atan2(long y, long x, long target, int count) {
        for (int i = 0; i < count; i++) {
            set(target + i, Arc.atan2(get(y + i), get(x + i)));
        }
    }

    private static void logAddExp(long x, long y, long target, int count) {
        for (int i = 0; i < count; i++) {
            set(target + i, Logarithm.logAddExp(get(x + i), get(y + i)));
        }
    }

    private static void exp(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Exponential.exp(x));
        }
    }

    private static void log(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Logarithm.log(x));
        }
    }

    private static void sqrt(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Math.sqrt(x));
        }
    }

    private static void abs(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Math.abs(x));
        }
    }

    static void sin(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Trigonometry.sin(x));
        }
    }

    static void cos(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Trigonometry.cos(x));
        }
    }

    static void tan(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Trigonometry.tan(x));
        }
    }

    private static void sinh(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Exponential.sinh(x));
        }
    }

    private static void cosh(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Exponential.cosh(x));
        }
    }

    private static void tanh(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Exponential.tanh(x));
        }
    }

    private static void sigmoid(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Exponential.sigmoid(x));
        }
    }

    private static void tanhAndSlope(long source, long target, long slope, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Exponential.tanh(x));
            set(slope + i, Exponential.tanhSlope(x));
        }
    }

    private static void sigmoids(long source, long target, long negated, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Exponential.sigmoid(x));
            set(negated + i, Exponential.sigmoid(-x));
        }
    }

    private static void softplus(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Logarithm.softplus(x));
        }
    }

    private static void relu(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, x <= 0 ? 0 : x);
        }
    }

    private static void gelu(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Normal.gelu(x));
        }
    }

    private static void swish(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Exponential.swish(x));
        }
    }

    private static void erf(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Normal.erf(x));
        }
    }

    private static void sech(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Exponential.sech(x));
        }
    }

    private static void normcdf(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Normal.normcdf(x));
        }
    }

    private static void normpdf(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Normal.normpdf(x));
        }
    }

    private static void sign(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Math.signum(x));
        }
    }

    private static void step(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, x > 0 ? 1 : 0);
        }
    }

    private static void nonzero(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, x == 0 ? Double.POSITIVE_INFINITY : x);
        }
    }

    private static void atan(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Arc.atan(x));
        }
    }

    private static void asin(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Arc.asin(x));
        }
    }

    private static void acos(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Arc.acos(x));
        }
    }

    private static void asinh(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Area.asinh(x));
        }
    }

    private static void acosh(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Area.acosh(x));
        }
    }

    private static void atanh(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Area.atanh(x));
        }
    }

    private static void log1p(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Area.log1p(x));
        }
    }

    private static void expm1(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Exponential.expm1(x));
        }
    }

    private static void erfc(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(source + i);
            set(target + i, Normal.erfc(x));
        }
    }
}
