package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.nabla.expression.ScalarFunction;
import java.lang.foreign.MemorySegment;
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

    private static void xLogY(MemorySegment memory, long x, long y, long target, int count) {
        for (int i = 0; i < count; i++) {
            set(memory, target + i, Logarithm.xLogY(get(memory, x + i), get(memory, y + i)));
        }
    }

    private static void atan2(MemorySegment memory, long y, long x, long target, int count) {
        for (int i = 0; i < count; i++) {
            set(memory, target + i, Arc.atan2(get(memory, y + i), get(memory, x + i)));
        }
    }

    private static void logAddExp(MemorySegment memory, long x, long y, long target, int count) {
        for (int i = 0; i < count; i++) {
            set(memory, target + i, Logarithm.logAddExp(get(memory, x + i), get(memory, y + i)));
        }
    }

    private static void exp(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Exponential.exp(x));
        }
    }

    private static void log(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Logarithm.log(x));
        }
    }

    private static void sqrt(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Math.sqrt(x));
        }
    }

    private static void abs(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Math.abs(x));
        }
    }

    static void sin(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Trigonometry.sin(x));
        }
    }

    static void cos(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Trigonometry.cos(x));
        }
    }

    static void tan(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Trigonometry.tan(x));
        }
    }

    private static void sinh(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Exponential.sinh(x));
        }
    }

    private static void cosh(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Exponential.cosh(x));
        }
    }

    private static void tanh(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Exponential.tanh(x));
        }
    }

    private static void sigmoid(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Exponential.sigmoid(x));
        }
    }

    private static void tanhAndSlope(MemorySegment memory, long source, long target, long slope, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Exponential.tanh(x));
            set(memory, slope + i, Exponential.tanhSlope(x));
        }
    }

    private static void sigmoids(MemorySegment memory, long source, long target, long negated, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Exponential.sigmoid(x));
            set(memory, negated + i, Exponential.sigmoid(-x));
        }
    }

    private static void softplus(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Logarithm.softplus(x));
        }
    }

    private static void relu(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, x <= 0 ? 0 : x);
        }
    }

    private static void gelu(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Normal.gelu(x));
        }
    }

    private static void swish(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Exponential.swish(x));
        }
    }

    private static void erf(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Normal.erf(x));
        }
    }

    private static void sech(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Exponential.sech(x));
        }
    }

    private static void normcdf(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Normal.normcdf(x));
        }
    }

    private static void normpdf(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Normal.normpdf(x));
        }
    }

    private static void sign(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Math.signum(x));
        }
    }

    private static void step(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, x > 0 ? 1 : 0);
        }
    }

    private static void nonzero(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, x == 0 ? Double.POSITIVE_INFINITY : x);
        }
    }

    private static void atan(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Arc.atan(x));
        }
    }

    private static void asin(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Arc.asin(x));
        }
    }

    private static void acos(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Arc.acos(x));
        }
    }

    private static void asinh(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Area.asinh(x));
        }
    }

    private static void acosh(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Area.acosh(x));
        }
    }

    private static void atanh(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Area.atanh(x));
        }
    }

    private static void log1p(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Area.log1p(x));
        }
    }

    private static void expm1(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Exponential.expm1(x));
        }
    }

    private static void erfc(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            double x = get(memory, source + i);
            set(memory, target + i, Normal.erfc(x));
        }
    }

    private static double get(MemorySegment memory, long offset) {
        return memory.getAtIndex(JAVA_DOUBLE, offset);
    }

    private static void set(MemorySegment memory, long offset, double value) {
        memory.setAtIndex(JAVA_DOUBLE, offset, value);
    }
}
