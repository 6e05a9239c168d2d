package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.all;
import static dev.nabla.program.kernels.Logarithm.CENTRE;
import static dev.nabla.program.kernels.Logarithm.SIGNIFICAND;
import static dev.nabla.program.kernels.Logarithm.SQRT_HALF_BITS;
import static dev.nabla.program.kernels.Logarithm.TWO_52_BITS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.OR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** {@link Logarithm} on vectors, operation by operation. */
final class LogarithmLanes {

    private static final DoubleVector LN2 = all(Logarithm.LN2);
    private static final DoubleVector MINUS_LN2_REST = all(-Logarithm.LN2_REST);
    private static final DoubleVector TWO_54 = all(Logarithm.TWO_54);
    private static final DoubleVector TWO_52_PLUS_BIAS = all(Logarithm.TWO_52_PLUS_BIAS);
    private static final DoubleVector L1 = all(Logarithm.L1);
    private static final DoubleVector L2 = all(Logarithm.L2);
    private static final DoubleVector L3 = all(Logarithm.L3);
    private static final DoubleVector L4 = all(Logarithm.L4);
    private static final DoubleVector L5 = all(Logarithm.L5);
    private static final DoubleVector L6 = all(Logarithm.L6);
    private static final DoubleVector L7 = all(Logarithm.L7);
    private static final DoubleVector S1 = all(Logarithm.S1);
    private static final DoubleVector S2 = all(Logarithm.S2);
    private static final DoubleVector S3 = all(Logarithm.S3);
    private static final DoubleVector S4 = all(Logarithm.S4);
    private static final DoubleVector S5 = all(Logarithm.S5);
    private static final DoubleVector S6 = all(Logarithm.S6);
    private static final DoubleVector S7 = all(Logarithm.S7);
    private static final DoubleVector S8 = all(Logarithm.S8);
    private static final DoubleVector S9 = all(Logarithm.S9);
    private static final DoubleVector S10 = all(Logarithm.S10);
    private static final DoubleVector MIN_NORMAL = all(Double.MIN_NORMAL);
    private static final DoubleVector INFINITY = all(Double.POSITIVE_INFINITY);
    private static final DoubleVector MINUS_INFINITY = all(Double.NEGATIVE_INFINITY);
    private static final DoubleVector NAN = all(Double.NaN);
    private static final DoubleVector FIFTY_FOUR = all(54);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector TWO = all(2);
    private static final DoubleVector ZERO = all(0);

    private LogarithmLanes() {
    }

    static DoubleVector log(DoubleVector x) {
        VectorMask<Double> tiny = x.compare(LT, MIN_NORMAL);
        LongVector centred = x.blend(x.mul(TWO_54), tiny).reinterpretAsLongs().add(CENTRE);
        DoubleVector exponent =
                centred.lanewise(LSHR, 52).lanewise(OR, TWO_52_BITS).reinterpretAsDoubles().sub(TWO_52_PLUS_BIAS);
        DoubleVector k = exponent.blend(exponent.sub(FIFTY_FOUR), tiny);
        DoubleVector f = centred.and(SIGNIFICAND).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(ONE);
        DoubleVector s = f.div(f.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector z2 = z.mul(z);
        DoubleVector even = z2.fma(L7, L5).fma(z2, L3).fma(z2, L1);
        DoubleVector odd = z2.fma(L6, L4).fma(z2, L2);
        DoubleVector r = odd.fma(z, even).mul(z);
        DoubleVector result = k.fma(LN2, f.sub(s.fma(f.sub(r), k.mul(MINUS_LN2_REST))));
        result = NAN.blend(result, x.compare(GE, ZERO));
        result = result.blend(MINUS_INFINITY, x.compare(EQ, ZERO));
        return result.blend(x, x.compare(EQ, INFINITY));
    }

    static DoubleVector softplus(DoubleVector x) {
        DoubleVector f = ExponentialLanes.exp(x.abs().neg());
        DoubleVector s = f.div(f.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector z2 = z.mul(z);
        DoubleVector even = z2.fma(S9, S7).fma(z2, S5).fma(z2, S3).fma(z2, S1);
        DoubleVector odd = z2.fma(S10, S8).fma(z2, S6).fma(z2, S4).fma(z2, S2);
        DoubleVector r = odd.fma(z, even).mul(z);
        return ZERO.blend(x, x.compare(GT, ZERO)).add(s.neg().fma(f.sub(r), f));
    }

    static void logAddExpOnRun(long first, long second, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(first + i);
            DoubleVector y = Lanes.load(second + i);
            DoubleVector least = x.min(y);
            DoubleVector most = x.max(y);
            DoubleVector d = least.sub(most).blend(ZERO, x.compare(EQ, y));
            DoubleVector f = ExponentialLanes.exp(d);
            DoubleVector s = f.div(f.add(TWO));
            DoubleVector z = s.mul(s);
            DoubleVector z2 = z.mul(z);
            DoubleVector even = z2.fma(S9, S7).fma(z2, S5).fma(z2, S3).fma(z2, S1);
            DoubleVector odd = z2.fma(S10, S8).fma(z2, S6).fma(z2, S4).fma(z2, S2);
            DoubleVector r = odd.fma(z, even).mul(z);
            DoubleVector part = d.sub(least);
            DoubleVector rest = least.sub(d.sub(part)).sub(most.add(part));
            rest = ZERO.blend(rest, d.compare(LT, ZERO).and(d.compare(GT, ExponentialLanes.LOWEST)));
            most.add(rest.fma(f.div(f.add(ONE)), s.neg().fma(f.sub(r), f)))
                    .intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    static DoubleVector xLogY(DoubleVector x, DoubleVector y) {
        return x.mul(log(y)).blend(ZERO, x.compare(EQ, ZERO).and(y.compare(GE, ZERO)));
    }
}
