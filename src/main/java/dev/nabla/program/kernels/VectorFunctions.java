package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.all;
import static dev.nabla.program.kernels.Lanes.load;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.nabla.expression.ScalarFunction;
import java.util.EnumMap;
import java.util.Map;
import jdk.incubator.vector.DoubleVector;

/**
 * The kernels with the Vector API; what is less than a vector at the end is left to {@link PlainFunctions}. Each is a method
 * named …OnRun, which the JVM's options have C2 compile by itself: in a caller that has grown large its vectors would be objects.
 * They are called from arrays, of whose elements C2 makes no constants, as it does of what a lambda has from around it.
 */
final class VectorFunctions implements FunctionKernels {

    private static final PlainFunctions PLAIN = new PlainFunctions();
    /** The kernels of their own that functions have; any other is left to {@link PlainFunctions} altogether. */
    private static final Map<ScalarFunction, OfOne> OWN = new EnumMap<>(ScalarFunction.class);

    static {
        OWN.put(ScalarFunction.EXP, VectorFunctions::expOnRun);
        OWN.put(ScalarFunction.LOG, VectorFunctions::logOnRun);
        OWN.put(ScalarFunction.SQRT, VectorFunctions::sqrtOnRun);
        OWN.put(ScalarFunction.ABS, VectorFunctions::absOnRun);
        OWN.put(ScalarFunction.SIN, VectorFunctions::sinOnRun);
        OWN.put(ScalarFunction.COS, VectorFunctions::cosOnRun);
        OWN.put(ScalarFunction.TAN, TangentLanes::tanOnRun);
        OWN.put(ScalarFunction.SINH, VectorFunctions::sinhOnRun);
        OWN.put(ScalarFunction.COSH, VectorFunctions::coshOnRun);
        OWN.put(ScalarFunction.TANH, VectorFunctions::tanhOnRun);
        OWN.put(ScalarFunction.SECH, VectorFunctions::sechOnRun);
        OWN.put(ScalarFunction.SIGMOID, VectorFunctions::sigmoidOnRun);
        OWN.put(ScalarFunction.SOFTPLUS, VectorFunctions::softplusOnRun);
        OWN.put(ScalarFunction.RELU, VectorFunctions::reluOnRun);
        OWN.put(ScalarFunction.GELU, NormalLanes::gelu);
        OWN.put(ScalarFunction.SWISH, VectorFunctions::swishOnRun);
        OWN.put(ScalarFunction.ERF, NormalLanes::erfOnRun);
        OWN.put(ScalarFunction.NORMCDF, NormalLanes::normcdf);
        OWN.put(ScalarFunction.NORMPDF, NormalLanes::normpdfOnRun);
        OWN.put(ScalarFunction.SIGN, VectorFunctions::signOnRun);
        OWN.put(ScalarFunction.STEP, VectorFunctions::stepOnRun);
        OWN.put(ScalarFunction.NONZERO, VectorFunctions::nonzeroOnRun);
        OWN.put(ScalarFunction.ATAN, ArcLanes::atanOnRun);
        OWN.put(ScalarFunction.ASIN, ArcLanes::asinOnRun);
        OWN.put(ScalarFunction.ACOS, ArcLanes::acosOnRun);
        OWN.put(ScalarFunction.ASINH, AreaLanes::asinhOnRun);
        OWN.put(ScalarFunction.ACOSH, AreaLanes::acoshOnRun);
        OWN.put(ScalarFunction.ATANH, AreaLanes::atanhOnRun);
        OWN.put(ScalarFunction.LOG1P, AreaLanes::log1pOnRun);
        OWN.put(ScalarFunction.EXPM1, VectorFunctions::expm1OnRun);
        OWN.put(ScalarFunction.ERFC, NormalLanes::erfcOnRun);
    }

    private static final DoubleVector ZERO = all(0);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector MINUS_ONE = all(-1);
    private static final DoubleVector INFINITY = all(Double.POSITIVE_INFINITY);

    @Override
    public OfOne of(ScalarFunction function) {
        OfOne rest = PLAIN.of(function);
        OfOne[] vectors = {OWN.getOrDefault(function, rest)};
        return (source, target, count) -> {
            int whole = count - count % LENGTH;
            vectors[0].apply(source, target, whole);
            if (whole < count) {
                rest.apply(source + whole, target + whole, count - whole);
            }
        };
    }

    @Override
    public OfPair of(FunctionPair pair) {
        OfPair[] vectors = {switch (pair) {
            case TANH_AND_SLOPE -> ExponentialLanes::tanhAndSlopeOnRun;
            case SIGMOIDS -> ExponentialLanes::sigmoidsOnRun;
        }};
        OfPair rest = PLAIN.of(pair);
        return (source, first, second, count) -> {
            int whole = count - count % LENGTH;
            vectors[0].apply(source, first, second, whole);
            if (whole < count) {
                rest.apply(source + whole, first + whole, second + whole, count - whole);
            }
        };
    }

    @Override
    public OfTwo of(FunctionOfTwo function) {
        OfTwo[] vectors = {switch (function) {
            case XLOGY -> VectorFunctions::xLogYOnRun;
            case ATAN2 -> ArcLanes::atan2OnRun;
            case LOGADDEXP -> LogarithmLanes::logAddExpOnRun;
        }};
        OfTwo rest = PLAIN.of(function);
        return (x, y, target, count) -> {
            int whole = count - count % LENGTH;
            vectors[0].apply(x, y, target, whole);
            if (whole < count) {
                rest.apply(x + whole, y + whole, target + whole, count - whole);
            }
        };
    }

    private static void xLogYOnRun(long x, long y, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            LogarithmLanes.xLogY(load(x + i), load(y + i)).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void expOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            ExponentialLanes.exp(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void expm1OnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            ExponentialLanes.expm1(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void logOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            LogarithmLanes.log(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void sqrtOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            x.sqrt().intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void absOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            x.abs().intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void sinOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            if (TrigonometryLanes.anyLarge(x)) {
                PlainFunctions.sin(source + i, target + i, LENGTH);
            } else {
                TrigonometryLanes.sin(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
            }
        }
    }

    private static void cosOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            if (TrigonometryLanes.anyLarge(x)) {
                PlainFunctions.cos(source + i, target + i, LENGTH);
            } else {
                TrigonometryLanes.cos(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
            }
        }
    }

    private static void sinhOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            ExponentialLanes.sinh(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void coshOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            ExponentialLanes.cosh(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void tanhOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            ExponentialLanes.tanh(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void sechOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            ExponentialLanes.sech(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void sigmoidOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            ExponentialLanes.sigmoid(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void softplusOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            LogarithmLanes.softplus(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void reluOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            x.blend(ZERO, x.compare(LE, ZERO)).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void swishOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            ExponentialLanes.swish(x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void signOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            x.blend(ONE, x.compare(GT, ZERO)).blend(MINUS_ONE, x.compare(LT, ZERO)).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void nonzeroOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            x.blend(INFINITY, x.compare(EQ, ZERO)).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static void stepOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(source + i);
            ZERO.blend(ONE, x.compare(GT, ZERO)).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }
}
