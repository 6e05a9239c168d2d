package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SIGN;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.Lanes.all;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/** {@link Arc} on vectors, operation by operation. */
final class ArcLanes {

    private static final DoubleVector HALF_PI = all(Arc.HALF_PI);
    private static final DoubleVector HALF_PI_REST = all(Arc.HALF_PI_REST);
    private static final DoubleVector BOUND_1 = all(Arc.BOUND_1);
    private static final DoubleVector BOUND_2 = all(Arc.BOUND_2);
    private static final DoubleVector BOUND_3 = all(Arc.BOUND_3);
    private static final DoubleVector BOUND_4 = all(Arc.BOUND_4);
    private static final DoubleVector PI = all(Arc.PI);
    private static final DoubleVector PI_REST = all(Arc.PI_REST);
    private static final DoubleVector HUGE = all(Arc.HUGE);
    private static final DoubleVector SMALLER = all(Arc.SMALLER);
    private static final DoubleVector SMALL = all(Arc.SMALL);
    private static final DoubleVector LARGER = all(Arc.LARGER);
    private static final DoubleVector LARGE = all(Arc.LARGE);
    private static final DoubleVector ATAN_1 = all(Arc.ATAN_1);
    private static final DoubleVector ATAN_1_REST = all(Arc.ATAN_1_REST);
    private static final DoubleVector ATAN_2 = all(Arc.ATAN_2);
    private static final DoubleVector ATAN_2_REST = all(Arc.ATAN_2_REST);
    private static final DoubleVector ATAN_3 = all(Arc.ATAN_3);
    private static final DoubleVector ATAN_3_REST = all(Arc.ATAN_3_REST);
    private static final DoubleVector A0 = all(Arc.A0);
    private static final DoubleVector A1 = all(Arc.A1);
    private static final DoubleVector A2 = all(Arc.A2);
    private static final DoubleVector A3 = all(Arc.A3);
    private static final DoubleVector A4 = all(Arc.A4);
    private static final DoubleVector A5 = all(Arc.A5);
    private static final DoubleVector A6 = all(Arc.A6);
    private static final DoubleVector A7 = all(Arc.A7);
    private static final DoubleVector A8 = all(Arc.A8);
    private static final DoubleVector A9 = all(Arc.A9);
    private static final DoubleVector A10 = all(Arc.A10);
    private static final DoubleVector P0 = all(Arc.P0);
    private static final DoubleVector P1 = all(Arc.P1);
    private static final DoubleVector P2 = all(Arc.P2);
    private static final DoubleVector P3 = all(Arc.P3);
    private static final DoubleVector P4 = all(Arc.P4);
    private static final DoubleVector P5 = all(Arc.P5);
    private static final DoubleVector Q1 = all(Arc.Q1);
    private static final DoubleVector Q2 = all(Arc.Q2);
    private static final DoubleVector Q3 = all(Arc.Q3);
    private static final DoubleVector Q4 = all(Arc.Q4);
    private static final DoubleVector ZERO = all(0);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector MINUS_HALF = all(-0.5);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector MINUS_ONE = all(-1);
    private static final DoubleVector THREE_HALVES = all(1.5);

    private ArcLanes() {
    }

    static void atanOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector a = x.abs();
            a = a.blend(LARGE, a.compare(GT, LARGE));
            VectorMask<Double> first = a.compare(LT, BOUND_1);
            VectorMask<Double> second = a.compare(LT, BOUND_2);
            VectorMask<Double> third = a.compare(LT, BOUND_3);
            VectorMask<Double> far = a.compare(GE, BOUND_4);
            DoubleVector c = THREE_HALVES.blend(ONE, third).blend(HALF, second).blend(ZERO, first);
            DoubleVector high = ATAN_3.blend(ATAN_2, third).blend(ATAN_1, second).blend(ZERO, first).blend(HALF_PI, far);
            DoubleVector rest = ATAN_3_REST.blend(ATAN_2_REST, third).blend(ATAN_1_REST, second).blend(ZERO, first)
                    .blend(HALF_PI_REST, far);
            DoubleVector t = a.sub(c).blend(MINUS_ONE, far).div(c.fma(a, ONE).blend(a, far));
            DoubleVector z = t.mul(t);
            DoubleVector w = z.mul(z);
            DoubleVector even = w.fma(A10, A8).fma(w, A6).fma(w, A4).fma(w, A2).fma(w, A0);
            DoubleVector odd = w.fma(A9, A7).fma(w, A5).fma(w, A3).fma(w, A1);
            DoubleVector series = odd.fma(z, even).mul(z);
            withSign(high.sub(t.fma(series, rest.neg()).sub(t)), x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    static void atan2OnRun(long ordinates, long abscissas, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector y = Lanes.load(ordinates + i);
            DoubleVector x = Lanes.load(abscissas + i);
            DoubleVector a = y.abs();
            DoubleVector b = x.abs();
            VectorMask<Double> steep = a.compare(GT, b);
            VectorMask<Double> back = x.reinterpretAsLongs().compare(LT, 0).cast(SPECIES);
            DoubleVector d = b.blend(a, steep);
            DoubleVector scale = ONE.blend(SMALLER, d.compare(GT, HUGE)).blend(LARGER, d.compare(LT, SMALL));
            DoubleVector n = a.blend(b, steep).mul(scale);
            d = d.mul(scale);
            VectorMask<Double> near = n.compare(LT, d.mul(BOUND_1)).or(d.compare(EQ, ZERO));
            VectorMask<Double> middle = n.compare(LT, d.mul(BOUND_2));
            VectorMask<Double> diagonal = n.compare(EQ, d);
            DoubleVector numerator = n.sub(d).blend(n.add(n).sub(d), middle).blend(n, near).blend(ZERO, diagonal);
            DoubleVector denominator = d.add(n).blend(d.add(d).add(n), middle).blend(d, near).blend(ONE, diagonal);
            DoubleVector t = numerator.div(denominator);
            DoubleVector z = t.mul(t);
            DoubleVector w = z.mul(z);
            DoubleVector even = w.fma(A10, A8).fma(w, A6).fma(w, A4).fma(w, A2).fma(w, A0);
            DoubleVector odd = w.fma(A9, A7).fma(w, A5).fma(w, A3).fma(w, A1);
            DoubleVector small = t.neg().fma(odd.fma(z, even).mul(z), t);
            DoubleVector sign = MINUS_ONE.blend(ONE, steep.eq(back));
            DoubleVector high = ATAN_2.blend(ATAN_1, middle).blend(ZERO, near).mul(sign);
            DoubleVector rest = ATAN_2_REST.blend(ATAN_1_REST, middle).blend(ZERO, near).mul(sign);
            DoubleVector axis = ZERO.blend(PI, back).blend(HALF_PI, steep);
            DoubleVector axisRest = ZERO.blend(PI_REST, back).blend(HALF_PI_REST, steep);
            DoubleVector sum = axis.add(high);
            DoubleVector low = axis.sub(sum).add(high).add(rest).add(axisRest);
            sum.add(small.mul(sign).add(low)).abs().reinterpretAsLongs().or(y.reinterpretAsLongs().and(SIGN))
                    .reinterpretAsDoubles().intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    static void asinOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector a = x.abs();
            VectorMask<Double> near = a.compare(LT, HALF);
            DoubleVector z = a.fma(MINUS_HALF, HALF).blend(a.mul(a), near);
            DoubleVector s = z.sqrt().blend(a, near);
            DoubleVector sRest = s.neg().fma(s, z).div(s.add(s)).blend(ZERO, near.or(s.compare(EQ, ZERO)));
            DoubleVector tail = s.fma(ratio(z), sRest);
            DoubleVector twice = s.add(s);
            DoubleVector h = HALF_PI.sub(twice);
            DoubleVector far = h.add(HALF_PI.sub(h).sub(twice).add(HALF_PI_REST.sub(tail.add(tail))));
            withSign(far.blend(s.add(tail), near), x).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    static void acosOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector a = x.abs();
            VectorMask<Double> near = a.compare(LT, HALF);
            DoubleVector z = a.fma(MINUS_HALF, HALF).blend(a.mul(a), near);
            DoubleVector root = z.sqrt().blend(x, near);
            DoubleVector sRest = root.neg().fma(root, z).div(root.add(root)).blend(ZERO, near.or(root.compare(EQ, ZERO)));
            DoubleVector tail = root.fma(ratio(z), sRest);
            DoubleVector h = HALF_PI.sub(root);
            DoubleVector below = h.add(HALF_PI.sub(h).sub(root).add(HALF_PI_REST.sub(tail)));
            DoubleVector result = below.blend(root.add(tail), near.not().and(x.compare(GT, ZERO)));
            result.add(result).blend(result, near).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static DoubleVector ratio(DoubleVector z) {
        DoubleVector p = z.fma(P5, P4).fma(z, P3).fma(z, P2).fma(z, P1).fma(z, P0).mul(z);
        return p.div(z.fma(Q4, Q3).fma(z, Q2).fma(z, Q1).fma(z, ONE));
    }

    private static DoubleVector withSign(DoubleVector magnitude, DoubleVector x) {
        return magnitude.abs().reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles();
    }
}
