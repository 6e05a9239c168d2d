package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SIGN;
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

/** {@link Area} on vectors, operation by operation. */
final class AreaLanes {

    private static final DoubleVector LINEAR = all(Area.LINEAR);
    private static final DoubleVector LARGE = all(Area.LARGE);
    private static final DoubleVector TWO_52_PLUS_BIAS = all(Logarithm.TWO_52_PLUS_BIAS);
    private static final DoubleVector LN2 = all(Logarithm.LN2);
    private static final DoubleVector LN2_REST = all(Logarithm.LN2_REST);
    private static final DoubleVector L1 = all(Logarithm.L1);
    private static final DoubleVector L2 = all(Logarithm.L2);
    private static final DoubleVector L3 = all(Logarithm.L3);
    private static final DoubleVector L4 = all(Logarithm.L4);
    private static final DoubleVector L5 = all(Logarithm.L5);
    private static final DoubleVector L6 = all(Logarithm.L6);
    private static final DoubleVector L7 = all(Logarithm.L7);
    private static final DoubleVector INFINITY = all(Double.POSITIVE_INFINITY);
    private static final DoubleVector MINUS_INFINITY = all(Double.NEGATIVE_INFINITY);
    private static final DoubleVector NAN = all(Double.NaN);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector TWO = all(2);
    private static final DoubleVector ZERO = all(0);

    private AreaLanes() {
    }

    static void log1pOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector u = x.add(ONE);
            DoubleVector rest = ONE.sub(u.sub(x)).blend(x.sub(u.sub(ONE)), x.abs().compare(LT, ONE));
            logarithm(u, rest, ZERO).abs().reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles()
                    .intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    static void asinhOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector a = x.abs();
            DoubleVector p = a.mul(a);
            DoubleVector q = p.add(ONE);
            DoubleVector qRest = ONE.sub(q.sub(p)).blend(p.sub(q.sub(ONE)), p.compare(LT, ONE)).add(a.fma(a, p.neg()));
            DoubleVector s = q.sqrt();
            DoubleVector sRest = s.neg().fma(s, q).add(qRest).div(s.add(s));
            DoubleVector u = a.add(s);
            VectorMask<Double> large = a.compare(GT, LARGE);
            DoubleVector rest = a.sub(u.sub(s)).add(sRest).blend(ZERO, large);
            DoubleVector result = logarithm(u.blend(a, large), rest, ZERO.blend(ONE, large));
            result.blend(a, a.compare(LT, LINEAR)).abs().reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN))
                    .reinterpretAsDoubles().intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    static void acoshOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector p = x.mul(x);
            DoubleVector q = p.sub(ONE);
            DoubleVector qRest = p.sub(q).sub(ONE).add(x.fma(x, p.neg()));
            DoubleVector s = q.sqrt();
            DoubleVector sRest = ZERO.blend(s.neg().fma(s, q).add(qRest).div(s.add(s)), s.compare(GT, ZERO));
            DoubleVector u = x.add(s);
            VectorMask<Double> large = x.compare(GT, LARGE);
            DoubleVector rest = s.sub(u.sub(x)).add(sRest).blend(ZERO, large);
            DoubleVector result = logarithm(u.blend(x, large), rest, ZERO.blend(ONE, large));
            NAN.blend(result, x.compare(GE, ONE)).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    static void atanhOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector a = x.abs();
            DoubleVector d = ONE.sub(a);
            DoubleVector dRest = ONE.sub(d).sub(a);
            DoubleVector twice = a.add(a);
            DoubleVector q = twice.div(d);
            DoubleVector qRest = q.neg().fma(d, twice).sub(q.mul(dRest)).div(d);
            DoubleVector u = q.add(ONE);
            DoubleVector rest = ONE.sub(u.sub(q)).blend(q.sub(u.sub(ONE)), q.compare(LT, ONE)).add(qRest);
            DoubleVector result = logarithm(u, rest, ZERO).mul(HALF);
            result.blend(a, a.compare(LT, LINEAR)).abs().reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN))
                    .reinterpretAsDoubles().intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static DoubleVector logarithm(DoubleVector u, DoubleVector rest, DoubleVector m) {
        LongVector centred = u.reinterpretAsLongs().add(CENTRE);
        DoubleVector k = centred.lanewise(LSHR, 52).lanewise(OR, TWO_52_BITS).reinterpretAsDoubles()
                .sub(TWO_52_PLUS_BIAS).add(m);
        DoubleVector f = centred.and(SIGNIFICAND).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(ONE);
        DoubleVector s = f.div(f.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector z2 = z.mul(z);
        DoubleVector even = z2.fma(L7, L5).fma(z2, L3).fma(z2, L1);
        DoubleVector odd = z2.fma(L6, L4).fma(z2, L2);
        DoubleVector r = odd.fma(z, even).mul(z);
        DoubleVector low = k.fma(LN2_REST, rest.div(u));
        DoubleVector result = k.fma(LN2, f.sub(s.fma(f.sub(r), low.neg())));
        result = NAN.blend(result, u.compare(GE, ZERO)).blend(MINUS_INFINITY, u.compare(EQ, ZERO));
        return result.blend(u, u.compare(EQ, INFINITY));
    }
}
