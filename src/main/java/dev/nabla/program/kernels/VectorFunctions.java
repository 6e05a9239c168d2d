package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.all;
import static dev.nabla.program.kernels.Lanes.load;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.nabla.expression.ScalarFunction;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import jdk.incubator.vector.DoubleVector;

/**
 * The kernels with the Vector API; what is less than a vector at the end is left to {@link PlainFunctions}. All of them are
 * called in one place, which C2 therefore never puts one into: a caller that knows a kernel less well than the kernel's
 * own compilation would make objects of its vectors.
 */
final class VectorFunctions implements FunctionKernels {

    private static final PlainFunctions PLAIN = new PlainFunctions();
    /** The kernels of their own that functions have; any other is left to {@link PlainFunctions} altogether. */
    private static final Map<ScalarFunction, OfOne> OWN = new EnumMap<>(ScalarFunction.class);

    static {
        OWN.put(ScalarFunction.EXP, VectorFunctions::exp);
        OWN.put(ScalarFunction.LOG, VectorFunctions::log);
        OWN.put(ScalarFunction.SQRT, VectorFunctions::sqrt);
        OWN.put(ScalarFunction.ABS, VectorFunctions::abs);
        OWN.put(ScalarFunction.SIN, VectorFunctions::sin);
        OWN.put(ScalarFunction.COS, VectorFunctions::cos);
        OWN.put(ScalarFunction.TAN, TangentLanes::tan);
        OWN.put(ScalarFunction.SINH, VectorFunctions::sinh);
        OWN.put(ScalarFunction.COSH, VectorFunctions::cosh);
        OWN.put(ScalarFunction.TANH, VectorFunctions::tanh);
        OWN.put(ScalarFunction.SECH, VectorFunctions::sech);
        OWN.put(ScalarFunction.SIGMOID, VectorFunctions::sigmoid);
        OWN.put(ScalarFunction.SOFTPLUS, VectorFunctions::softplus);
        OWN.put(ScalarFunction.RELU, VectorFunctions::relu);
        OWN.put(ScalarFunction.GELU, NormalLanes::gelu);
        OWN.put(ScalarFunction.SWISH, VectorFunctions::swish);
        OWN.put(ScalarFunction.ERF, NormalLanes::erf);
        OWN.put(ScalarFunction.NORMCDF, NormalLanes::normcdf);
        OWN.put(ScalarFunction.NORMPDF, NormalLanes::normpdf);
        OWN.put(ScalarFunction.SIGN, VectorFunctions::sign);
        OWN.put(ScalarFunction.STEP, VectorFunctions::step);
        OWN.put(ScalarFunction.NONZERO, VectorFunctions::nonzero);
        OWN.put(ScalarFunction.ATAN, ArcLanes::atan);
        OWN.put(ScalarFunction.ASIN, ArcLanes::asin);
        OWN.put(ScalarFunction.ACOS, ArcLanes::acos);
        OWN.put(ScalarFunction.ASINH, AreaLanes::asinh);
        OWN.put(ScalarFunction.ACOSH, AreaLanes::acosh);
        OWN.put(ScalarFunction.ATANH, AreaLanes::atanh);
        OWN.put(ScalarFunction.LOG1P, AreaLanes::log1p);
        OWN.put(ScalarFunction.EXPM1, VectorFunctions::expm1);
        OWN.put(ScalarFunction.ERFC, NormalLanes::erfc);
    }

    private static final DoubleVector ZERO = all(0);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector MINUS_ONE = all(-1);
    private static final DoubleVector INFINITY = all(Double.POSITIVE_INFINITY);

    @Override
    public OfOne of(ScalarFunction function) {
        OfOne rest = PLAIN.of(function);
        OfOne vectors = OWN.getOrDefault(function, rest);
        return (memory, source, target, count) -> {
            int whole = count - count % LENGTH;
            vectors.apply(memory, source, target, whole);
            if (whole < count) {
                rest.apply(memory, source + whole, target + whole, count - whole);
            }
        };
    }

    @Override
    public OfPair of(FunctionPair pair) {
        OfPair vectors = switch (pair) {
            case TANH_AND_SLOPE -> ExponentialLanes::tanhAndSlope;
            case SIGMOIDS -> ExponentialLanes::sigmoids;
        };
        OfPair rest = PLAIN.of(pair);
        return (memory, source, first, second, count) -> {
            int whole = count - count % LENGTH;
            vectors.apply(memory, source, first, second, whole);
            if (whole < count) {
                rest.apply(memory, source + whole, first + whole, second + whole, count - whole);
            }
        };
    }

    @Override
    public OfTwo of(FunctionOfTwo function) {
        OfTwo vectors = switch (function) {
            case XLOGY -> VectorFunctions::xLogY;
            case ATAN2 -> ArcLanes::atan2;
            case LOGADDEXP -> LogarithmLanes::logAddExp;
        };
        OfTwo rest = PLAIN.of(function);
        return (memory, x, y, target, count) -> {
            int whole = count - count % LENGTH;
            vectors.apply(memory, x, y, target, whole);
            if (whole < count) {
                rest.apply(memory, x + whole, y + whole, target + whole, count - whole);
            }
        };
    }

    private static void xLogY(MemorySegment memory, long x, long y, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            LogarithmLanes.xLogY(load(memory, x + i), load(memory, y + i)).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void exp(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            ExponentialLanes.exp(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void expm1(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            ExponentialLanes.expm1(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void log(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            LogarithmLanes.log(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void sqrt(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            x.sqrt().intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void abs(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            x.abs().intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void sin(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            if (TrigonometryLanes.anyLarge(x)) {
                PlainFunctions.sin(memory, source + i, target + i, LENGTH);
            } else {
                TrigonometryLanes.sin(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
            }
        }
    }

    private static void cos(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            if (TrigonometryLanes.anyLarge(x)) {
                PlainFunctions.cos(memory, source + i, target + i, LENGTH);
            } else {
                TrigonometryLanes.cos(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
            }
        }
    }

    private static void sinh(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            ExponentialLanes.sinh(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void cosh(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            ExponentialLanes.cosh(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void tanh(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            ExponentialLanes.tanh(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void sech(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            ExponentialLanes.sech(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void sigmoid(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            ExponentialLanes.sigmoid(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void softplus(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            LogarithmLanes.softplus(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void relu(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            x.blend(ZERO, x.compare(LE, ZERO)).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void swish(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            ExponentialLanes.swish(x).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void sign(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            x.blend(ONE, x.compare(GT, ZERO)).blend(MINUS_ONE, x.compare(LT, ZERO)).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void nonzero(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            x.blend(INFINITY, x.compare(EQ, ZERO)).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    private static void step(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = load(memory, source + i);
            ZERO.blend(ONE, x.compare(GT, ZERO)).intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }
}
