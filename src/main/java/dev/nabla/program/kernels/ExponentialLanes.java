package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Exponential.HALF_BITS;
import static dev.nabla.program.kernels.Exponential.ONE_BITS;
import static dev.nabla.program.kernels.Exponential.QUARTER_BITS;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SIGN;
import static dev.nabla.program.kernels.Lanes.all;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/** {@link Exponential} on vectors, operation by operation. */
final class ExponentialLanes {

    static final DoubleVector LOG2_E = all(Exponential.LOG2_E);
    private static final DoubleVector LEAN = all(Exponential.LEAN);
    static final DoubleVector ROUNDER = all(Exponential.ROUNDER);
    static final DoubleVector MINUS_LN2 = all(Exponential.MINUS_LN2);
    static final DoubleVector MINUS_LN2_REST = all(Exponential.MINUS_LN2_REST);
    static final DoubleVector C3 = all(Exponential.C3);
    static final DoubleVector C4 = all(Exponential.C4);
    static final DoubleVector C5 = all(Exponential.C5);
    static final DoubleVector C6 = all(Exponential.C6);
    static final DoubleVector C7 = all(Exponential.C7);
    static final DoubleVector C8 = all(Exponential.C8);
    static final DoubleVector C9 = all(Exponential.C9);
    static final DoubleVector C10 = all(Exponential.C10);
    static final DoubleVector C11 = all(Exponential.C11);
    static final DoubleVector C12 = all(Exponential.C12);
    static final DoubleVector LOWEST = all(Exponential.LOWEST);
    private static final DoubleVector HIGHEST = all(Exponential.HIGHEST);
    private static final DoubleVector EXPM1_LOWEST = all(Exponential.EXPM1_LOWEST);
    private static final DoubleVector EXPM1_HIGHEST = all(Exponential.EXPM1_HIGHEST);
    private static final DoubleVector TANH_OVERFLOW = all(Exponential.TANH_OVERFLOW);
    private static final DoubleVector TANH_OVERFLOWN = all(Exponential.TANH_OVERFLOWN);
    private static final DoubleVector SINH_REFINED = all(Exponential.SINH_REFINED);
    private static final DoubleVector HYPERBOLIC_OVERFLOW = all(Exponential.HYPERBOLIC_OVERFLOW);
    private static final DoubleVector SINH_LINEAR = all(Exponential.SINH_LINEAR);
    private static final DoubleVector ZERO = all(0);
    private static final DoubleVector QUARTER = all(0.25);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector TWO = all(2);
    private static final DoubleVector FOUR = all(4);
    private static final DoubleVector MINUS_FOUR = all(-4);
    private static final DoubleVector SIXTEENTH = all(0.0625);

    private ExponentialLanes() {
    }

    static DoubleVector exp(DoubleVector x) {
        DoubleVector y = x.blend(LOWEST, x.compare(LT, LOWEST));
        y = y.blend(HIGHEST, y.compare(GT, HIGHEST));
        DoubleVector shifted = y.fma(LOG2_E, ROUNDER);
        DoubleVector n = shifted.sub(ROUNDER);
        DoubleVector half = n.fma(HALF, ROUNDER);
        return expm1(y, n).add(ONE).mul(power(half, ONE_BITS)).mul(powerOfDifference(shifted, half));
    }

    static DoubleVector expm1(DoubleVector x) {
        DoubleVector y = x.blend(EXPM1_LOWEST, x.compare(LT, EXPM1_LOWEST));
        y = y.blend(EXPM1_HIGHEST, y.compare(GT, EXPM1_HIGHEST));
        DoubleVector shifted = y.fma(LOG2_E, ZERO.blend(LEAN, y.compare(GT, ZERO))).add(ROUNDER);
        DoubleVector n = shifted.sub(ROUNDER);
        DoubleVector scale = power(shifted, HALF_BITS);
        DoubleVector p = expm1(y, n);
        DoubleVector result = scale.fma(p, scale.sub(HALF)).mul(TWO).blend(p, n.compare(EQ, ZERO));
        return result.abs().reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles();
    }

    static DoubleVector tanh(DoubleVector x) {
        DoubleVector h = halfExpm1OfTwice(x);
        DoubleVector q = ONE.div(h.add(ONE));
        DoubleVector result = ONE.sub(q).blend(h.neg().fma(h.mul(q), h), h.compare(LT, ONE));
        return result.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles();
    }

    /** tanh and its derivative, from one exponential. */
    static void tanhAndSlopeOnRun(long source, long target, long slope, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector h = halfExpm1OfTwice(x);
            DoubleVector q = ONE.div(h.add(ONE));
            DoubleVector result = ONE.sub(q).blend(h.neg().fma(h.mul(q), h), h.compare(LT, ONE));
            result.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles()
                    .intoMemorySegment(ALL, (target + i) << 3, ORDER);
            TWO.sub(q).mul(q).intoMemorySegment(ALL, (slope + i) << 3, ORDER);
        }
    }

    private static DoubleVector halfExpm1OfTwice(DoubleVector x) {
        DoubleVector y = x.abs().mul(TWO);
        y = y.blend(TANH_OVERFLOWN, y.compare(GT, TANH_OVERFLOW));
        DoubleVector shifted = leaning(y);
        DoubleVector scale = power(shifted, HALF_BITS);
        return scale.fma(expm1(y, shifted.sub(ROUNDER)), scale.sub(HALF));
    }

    static DoubleVector sech(DoubleVector x) {
        DoubleVector e = exp(x.abs().neg());
        DoubleVector denominator = e.fma(e, ONE);
        DoubleVector denominatorRest = e.fma(e, ONE.sub(denominator));
        DoubleVector numerator = e.mul(TWO);
        DoubleVector reciprocal = ONE.div(denominator);
        DoubleVector quotient = numerator.mul(reciprocal);
        DoubleVector negated = quotient.neg();
        return negated.fma(denominatorRest, negated.fma(denominator, numerator)).fma(reciprocal, quotient);
    }

    static DoubleVector sinh(DoubleVector x) {
        DoubleVector a = x.abs();
        DoubleVector y = a.blend(HYPERBOLIC_OVERFLOW, a.compare(GT, HYPERBOLIC_OVERFLOW));
        DoubleVector shifted = leaning(y);
        DoubleVector scale = power(shifted, QUARTER_BITS);
        DoubleVector h = scale.fma(expm1(y, shifted.sub(ROUNDER)), scale.sub(QUARTER));
        DoubleVector quotient = h.div(h.fma(FOUR, ONE));
        DoubleVector refined = h.mul(MINUS_FOUR).fma(quotient, h.mul(TWO));
        DoubleVector result = h.add(quotient).blend(refined, h.compare(LT, SINH_REFINED)).mul(TWO);
        result = result.blend(a, a.compare(LT, SINH_LINEAR));
        return result.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles();
    }

    static DoubleVector cosh(DoubleVector x) {
        DoubleVector a = x.abs();
        DoubleVector y = a.blend(HYPERBOLIC_OVERFLOW, a.compare(GT, HYPERBOLIC_OVERFLOW));
        DoubleVector shifted = y.fma(LOG2_E, ROUNDER);
        DoubleVector h = expm1(y, shifted.sub(ROUNDER)).add(ONE).mul(power(shifted, QUARTER_BITS));
        return h.add(SIXTEENTH.div(h)).mul(TWO);
    }

    static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector e = exp(x.abs().neg());
        DoubleVector denominator = e.add(ONE);
        DoubleVector denominatorRest = e.sub(denominator.sub(ONE));
        DoubleVector numerator = ONE.blend(e, x.compare(LT, ZERO));
        DoubleVector reciprocal = ONE.div(denominator);
        DoubleVector quotient = numerator.mul(reciprocal);
        DoubleVector negated = quotient.neg();
        return negated.fma(denominatorRest, negated.fma(denominator, numerator)).fma(reciprocal, quotient);
    }

    /** σ(x) and σ(−x), from one exponential. */
    static void sigmoidsOnRun(long source, long target, long negated, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector e = exp(x.abs().neg());
            DoubleVector denominator = e.add(ONE);
            DoubleVector denominatorRest = e.sub(denominator.sub(ONE));
            DoubleVector reciprocal = ONE.div(denominator);
            DoubleVector minusReciprocal = reciprocal.neg();
            DoubleVector larger = minusReciprocal.fma(denominatorRest, minusReciprocal.fma(denominator, ONE))
                    .fma(reciprocal, reciprocal);
            DoubleVector quotient = e.mul(reciprocal);
            DoubleVector minusQuotient = quotient.neg();
            DoubleVector smaller = minusQuotient.fma(denominatorRest, minusQuotient.fma(denominator, e))
                    .fma(reciprocal, quotient);
            VectorMask<Double> negative = x.compare(LT, ZERO);
            larger.blend(smaller, negative).intoMemorySegment(ALL, (target + i) << 3, ORDER);
            smaller.blend(larger, negative).intoMemorySegment(ALL, (negated + i) << 3, ORDER);
        }
    }

    static DoubleVector swish(DoubleVector x) {
        DoubleVector y = x.abs().neg();
        y = y.blend(LOWEST, y.compare(LT, LOWEST));
        DoubleVector shifted = y.fma(LOG2_E, ROUNDER);
        DoubleVector n = shifted.sub(ROUNDER);
        DoubleVector half = n.fma(HALF, ROUNDER);
        DoubleVector scaled = expm1(y, n).add(ONE).mul(power(half, ONE_BITS));
        DoubleVector rest = powerOfDifference(shifted, half);
        DoubleVector e = scaled.mul(rest);
        DoubleVector denominator = e.add(ONE);
        DoubleVector denominatorRest = e.sub(denominator.sub(ONE));
        VectorMask<Double> negative = x.compare(LT, ZERO);
        DoubleVector factor = ONE.blend(scaled, negative);
        DoubleVector c = x.blend(y, negative);
        DoubleVector numerator = c.mul(factor);
        DoubleVector numeratorRest = c.fma(factor, numerator.neg());
        DoubleVector reciprocal = ONE.div(denominator);
        DoubleVector quotient = numerator.mul(reciprocal);
        DoubleVector negated = quotient.neg();
        DoubleVector residue = negated.fma(denominatorRest, negated.fma(denominator, numerator)).add(numeratorRest);
        DoubleVector result = residue.fma(reciprocal, quotient).mul(ONE.blend(rest, negative));
        return result.blend(x, x.compare(GT, HIGHEST));
    }

    static DoubleVector leaning(DoubleVector y) {
        return y.fma(LOG2_E, LEAN).add(ROUNDER);
    }

    static DoubleVector expm1(DoubleVector y, DoubleVector n) {
        DoubleVector head = n.fma(MINUS_LN2, y);
        DoubleVector rest = n.mul(MINUS_LN2_REST);
        DoubleVector r = head.add(rest);
        DoubleVector r2 = r.mul(r);
        DoubleVector r4 = r2.mul(r2);
        DoubleVector low = r.fma(C6, C5).fma(r2, r.fma(C4, C3));
        DoubleVector high = r.fma(C12, C11).fma(r4, r.fma(C10, C9).fma(r2, r.fma(C8, C7)));
        DoubleVector cubic = high.fma(r4, low).mul(r).fma(r2, rest);
        return head.add(r.mul(HALF).fma(r, cubic));
    }

    static DoubleVector power(DoubleVector shifted, long bits) {
        return shifted.reinterpretAsLongs().lanewise(LSHL, 52).add(bits).reinterpretAsDoubles();
    }

    static DoubleVector powerOfDifference(DoubleVector n, DoubleVector m) {
        return n.reinterpretAsLongs().sub(m.reinterpretAsLongs()).lanewise(LSHL, 52).add(ONE_BITS).reinterpretAsDoubles();
    }
}
