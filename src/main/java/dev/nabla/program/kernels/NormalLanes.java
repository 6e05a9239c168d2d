package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Exponential.ONE_BITS;
import static dev.nabla.program.kernels.ExponentialLanes.C10;
import static dev.nabla.program.kernels.ExponentialLanes.C11;
import static dev.nabla.program.kernels.ExponentialLanes.C12;
import static dev.nabla.program.kernels.ExponentialLanes.C3;
import static dev.nabla.program.kernels.ExponentialLanes.C4;
import static dev.nabla.program.kernels.ExponentialLanes.C5;
import static dev.nabla.program.kernels.ExponentialLanes.C6;
import static dev.nabla.program.kernels.ExponentialLanes.C7;
import static dev.nabla.program.kernels.ExponentialLanes.C8;
import static dev.nabla.program.kernels.ExponentialLanes.C9;
import static dev.nabla.program.kernels.ExponentialLanes.LOG2_E;
import static dev.nabla.program.kernels.ExponentialLanes.MINUS_LN2;
import static dev.nabla.program.kernels.ExponentialLanes.MINUS_LN2_REST;
import static dev.nabla.program.kernels.ExponentialLanes.ROUNDER;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SIGN;
import static dev.nabla.program.kernels.Lanes.all;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/** {@link Normal} on vectors, operation by operation: loops, as {@link Lanes} explains. */
final class NormalLanes {

    private static final DoubleVector CENTRE = all(Normal.CENTRE);
    private static final DoubleVector P0 = all(Normal.P0);
    private static final DoubleVector P1 = all(Normal.P1);
    private static final DoubleVector P2 = all(Normal.P2);
    private static final DoubleVector P3 = all(Normal.P3);
    private static final DoubleVector P4 = all(Normal.P4);
    private static final DoubleVector P5 = all(Normal.P5);
    private static final DoubleVector P6 = all(Normal.P6);
    private static final DoubleVector P7 = all(Normal.P7);
    private static final DoubleVector P8 = all(Normal.P8);
    private static final DoubleVector P9 = all(Normal.P9);
    private static final DoubleVector P10 = all(Normal.P10);
    private static final DoubleVector P11 = all(Normal.P11);
    private static final DoubleVector P12 = all(Normal.P12);
    private static final DoubleVector P13 = all(Normal.P13);
    private static final DoubleVector P14 = all(Normal.P14);
    private static final DoubleVector P15 = all(Normal.P15);
    private static final DoubleVector P16 = all(Normal.P16);
    private static final DoubleVector P17 = all(Normal.P17);
    private static final DoubleVector P18 = all(Normal.P18);
    private static final DoubleVector P19 = all(Normal.P19);
    private static final DoubleVector P20 = all(Normal.P20);
    private static final DoubleVector P21 = all(Normal.P21);
    private static final DoubleVector P22 = all(Normal.P22);
    private static final DoubleVector DENSITY = all(Normal.DENSITY);
    private static final DoubleVector DENSITY_REST = all(Normal.DENSITY_REST);
    private static final DoubleVector SLOPE = all(Normal.SLOPE);
    private static final DoubleVector E0 = all(Normal.E0);
    private static final DoubleVector E1 = all(Normal.E1);
    private static final DoubleVector E2 = all(Normal.E2);
    private static final DoubleVector E3 = all(Normal.E3);
    private static final DoubleVector E4 = all(Normal.E4);
    private static final DoubleVector E5 = all(Normal.E5);
    private static final DoubleVector E6 = all(Normal.E6);
    private static final DoubleVector E7 = all(Normal.E7);
    private static final DoubleVector E8 = all(Normal.E8);
    private static final DoubleVector E9 = all(Normal.E9);
    private static final DoubleVector E10 = all(Normal.E10);
    private static final DoubleVector E11 = all(Normal.E11);
    private static final DoubleVector F0 = all(Normal.F0);
    private static final DoubleVector F1 = all(Normal.F1);
    private static final DoubleVector F2 = all(Normal.F2);
    private static final DoubleVector F3 = all(Normal.F3);
    private static final DoubleVector F4 = all(Normal.F4);
    private static final DoubleVector F5 = all(Normal.F5);
    private static final DoubleVector F6 = all(Normal.F6);
    private static final DoubleVector F7 = all(Normal.F7);
    private static final DoubleVector F8 = all(Normal.F8);
    private static final DoubleVector NEAR = all(Normal.NEAR);
    private static final DoubleVector SMALL = all(Normal.SMALL);
    private static final DoubleVector SATURATION = all(Normal.SATURATION);
    private static final DoubleVector SQRT_2 = all(Normal.SQRT_2);
    private static final DoubleVector SQRT_2_REST = all(Normal.SQRT_2_REST);
    private static final DoubleVector ERFC_VANISHING = all(Normal.ERFC_VANISHING);
    private static final DoubleVector VANISHING = all(Normal.VANISHING);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector TWO = all(2);
    private static final DoubleVector MINUS_HALF = all(-0.5);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ZERO = all(0);

    private NormalLanes() {
    }

    static void erfOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector a = x.abs();
            DoubleVector c = a.blend(SATURATION, a.compare(GT, SATURATION));
            DoubleVector b = c.mul(SQRT_2);
            DoubleVector sum = b.add(CENTRE);
            DoubleVector polynomial = tailPolynomial(b.sub(CENTRE).div(sum));

            DoubleVector z = c.mul(c);
            DoubleVector y = z.neg();
            DoubleVector shifted = y.fma(LOG2_E, ROUNDER);
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector head = n.fma(MINUS_LN2, y);
            DoubleVector rest = n.mul(MINUS_LN2_REST);
            DoubleVector r = head.add(rest);
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(C6, C5).fma(r2, r.fma(C4, C3));
            DoubleVector high = r.fma(C12, C11).fma(r4, r.fma(C10, C9).fma(r2, r.fma(C8, C7)));
            DoubleVector p = head.add(r.mul(HALF).fma(r, high.fma(r4, low).mul(r).fma(r2, rest)));
            DoubleVector scale = shifted.reinterpretAsLongs().lanewise(LSHL, 52).add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector tail = p.add(ONE).mul(scale).mul(TWO).mul(polynomial).div(sum);

            DoubleVector z2 = z.mul(z);
            DoubleVector even = z2.fma(E10, E8).fma(z2, E6).fma(z2, E4).fma(z2, E2).fma(z2, E0);
            DoubleVector odd = z2.fma(E11, E9).fma(z2, E7).fma(z2, E5).fma(z2, E3).fma(z2, E1);
            DoubleVector small = c.fma(odd.fma(z, even), c);

            DoubleVector value = ONE.sub(tail).blend(small, c.compare(LT, SMALL));
            value.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles()
                    .intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    static void erfcOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector a = x.abs();
            DoubleVector c = a.blend(ERFC_VANISHING, a.compare(GT, ERFC_VANISHING));
            DoubleVector b = c.mul(SQRT_2);
            DoubleVector bRest = c.fma(SQRT_2_REST, c.fma(SQRT_2, b.neg()));
            DoubleVector difference = b.sub(CENTRE);
            DoubleVector differenceRest = b.sub(difference.add(CENTRE)).add(bRest);
            DoubleVector sum = b.add(CENTRE);
            DoubleVector sumRest = b.sub(sum.sub(CENTRE)).add(bRest);
            DoubleVector reciprocal = ONE.div(sum);
            DoubleVector t = difference.mul(reciprocal);
            DoubleVector polynomial = tailPolynomial(t);
            DoubleVector minusT = t.neg();
            DoubleVector tRest = minusT.fma(sum, difference).add(minusT.fma(sumRest, differenceRest)).mul(reciprocal);
            DoubleVector polynomialRest = polynomial.mul(tRest.mul(SLOPE));

            DoubleVector z = c.mul(c);
            DoubleVector y = z.neg();
            DoubleVector shifted = y.fma(LOG2_E, ROUNDER);
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector head = n.fma(MINUS_LN2, y);
            DoubleVector rest = n.mul(MINUS_LN2_REST);
            DoubleVector r = head.add(rest);
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(C6, C5).fma(r2, r.fma(C4, C3));
            DoubleVector high = r.fma(C12, C11).fma(r4, r.fma(C10, C9).fma(r2, r.fma(C8, C7)));
            DoubleVector p = head.add(r.mul(HALF).fma(r, high.fma(r4, low).mul(r).fma(r2, rest)));
            DoubleVector e = p.add(ONE);
            DoubleVector eRest = e.neg().fma(c.fma(c, y), p.sub(e.sub(ONE)));
            LongVector halfBits = n.fma(HALF, ROUNDER).reinterpretAsLongs();
            DoubleVector scale = halfBits.lanewise(LSHL, 52).add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector scaleRest = shifted.reinterpretAsLongs().sub(halfBits).lanewise(LSHL, 52).add(ONE_BITS)
                    .reinterpretAsDoubles();

            DoubleVector scaled = polynomial.mul(e);
            DoubleVector scaledRest =
                    polynomial.fma(e, scaled.neg()).add(polynomial.fma(eRest, polynomialRest.mul(e)));
            DoubleVector quotient = scaled.mul(reciprocal);
            DoubleVector minusQuotient = quotient.neg();
            DoubleVector residue = minusQuotient.fma(sumRest, minusQuotient.fma(sum, scaled)).add(scaledRest);
            DoubleVector tail = TWO.mul(residue.fma(reciprocal, quotient)).mul(scale).mul(scaleRest);

            DoubleVector z2 = z.mul(z);
            DoubleVector even = z2.fma(E10, E8).fma(z2, E6).fma(z2, E4).fma(z2, E2).fma(z2, E0);
            DoubleVector odd = z2.fma(E11, E9).fma(z2, E7).fma(z2, E5).fma(z2, E3).fma(z2, E1);
            DoubleVector near = ONE.sub(x.fma(odd.fma(z, even), x));

            tail.blend(TWO.sub(tail), x.compare(LT, ZERO)).blend(near, a.compare(LT, HALF))
                    .intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    static void gelu(long source, long target, int count) {
        timesDistributionOnRun(true, source, target, count);
    }

    static void normcdf(long source, long target, int count) {
        timesDistributionOnRun(false, source, target, count);
    }

    /** x Φ(x), or Φ(x): without a branch, as the bits of x are kept or become those of 1. */
    private static void timesDistributionOnRun(boolean timesX, long source, long target, int count) {
        long kept = timesX ? -1 : 0;
        long others = timesX ? 0 : ONE_BITS;
        DoubleVector sign = all(timesX ? -1 : 1);
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            DoubleVector a = x.abs();
            DoubleVector c = a.blend(VANISHING, a.compare(GT, VANISHING));

            DoubleVector difference = c.sub(CENTRE);
            DoubleVector sum = c.add(CENTRE);
            DoubleVector reciprocal = ONE.div(sum);
            DoubleVector t = difference.mul(reciprocal);
            DoubleVector polynomial = tailPolynomial(t);
            DoubleVector differenceRest = c.sub(difference.add(CENTRE));
            DoubleVector sumRest = c.sub(sum.sub(CENTRE));
            DoubleVector minusT = t.neg();
            DoubleVector tRest =
                    minusT.fma(sum, difference).add(minusT.fma(sumRest, differenceRest)).mul(reciprocal);
            DoubleVector polynomialRest = polynomial.mul(tRest.mul(SLOPE));

            DoubleVector square = c.mul(c);
            DoubleVector y = square.mul(MINUS_HALF);
            DoubleVector shifted = y.fma(LOG2_E, ROUNDER);
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector head = n.fma(MINUS_LN2, y);
            DoubleVector rest = n.mul(MINUS_LN2_REST);
            DoubleVector r = head.add(rest);
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(C6, C5).fma(r2, r.fma(C4, C3));
            DoubleVector high = r.fma(C12, C11).fma(r4, r.fma(C10, C9).fma(r2, r.fma(C8, C7)));
            DoubleVector p = head.add(r.mul(HALF).fma(r, high.fma(r4, low).mul(r).fma(r2, rest)));
            DoubleVector e = p.add(ONE);
            DoubleVector eRest = e.mul(MINUS_HALF).fma(c.fma(c, square.neg()), p.sub(e.sub(ONE)));
            LongVector halfBits = n.fma(HALF, ROUNDER).reinterpretAsLongs();
            DoubleVector scale = halfBits.lanewise(LSHL, 52).add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector scaleRest = shifted.reinterpretAsLongs().sub(halfBits).lanewise(LSHL, 52).add(ONE_BITS)
                    .reinterpretAsDoubles();

            DoubleVector f = c.reinterpretAsLongs().and(kept).or(others).reinterpretAsDoubles();
            DoubleVector product = f.mul(polynomial);
            DoubleVector productRest = f.fma(polynomial, product.neg()).add(f.mul(polynomialRest));
            DoubleVector scaled = product.mul(e);
            DoubleVector scaledRest = product.fma(e, scaled.neg()).add(product.fma(eRest, productRest.mul(e)));
            DoubleVector quotient = scaled.mul(reciprocal);
            DoubleVector minusQuotient = quotient.neg();
            DoubleVector residue =
                    minusQuotient.fma(sumRest, minusQuotient.fma(sum, scaled)).add(scaledRest);
            DoubleVector tail = residue.fma(reciprocal, quotient).mul(scale).mul(scaleRest);
            DoubleVector weight = x.reinterpretAsLongs().and(kept).or(others).reinterpretAsDoubles();
            DoubleVector far = weight.sub(tail).blend(tail.mul(sign), x.compare(LT, ZERO));

            DoubleVector square2 = square.mul(square);
            DoubleVector even = square2.fma(F8, F6).fma(square2, F4).fma(square2, F2).fma(square2, F0);
            DoubleVector odd = square2.fma(F7, F5).fma(square2, F3).fma(square2, F1);
            DoubleVector near = weight.mul(x.fma(odd.fma(square, even), HALF));

            far.blend(near, a.compare(LT, NEAR)).intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    static void normpdfOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector a = Lanes.load(source + i).abs();
            DoubleVector c = a.blend(VANISHING, a.compare(GT, VANISHING));
            DoubleVector square = c.mul(c);
            DoubleVector y = square.mul(MINUS_HALF);
            DoubleVector shifted = y.fma(LOG2_E, ROUNDER);
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector half = n.fma(HALF, ROUNDER);
            DoubleVector scale = ExponentialLanes.power(half, ONE_BITS);
            DoubleVector scaleRest = ExponentialLanes.powerOfDifference(shifted, half);
            DoubleVector p = ExponentialLanes.expm1(y, n);
            DoubleVector e = p.add(ONE);
            DoubleVector eRest = e.mul(MINUS_HALF).fma(c.fma(c, square.neg()), p.sub(e.sub(ONE)));
            e.fma(DENSITY, e.fma(DENSITY_REST, eRest.mul(DENSITY))).mul(scale).mul(scaleRest)
                    .intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }

    private static DoubleVector tailPolynomial(DoubleVector t) {
        DoubleVector t2 = t.mul(t);
        DoubleVector even = t2.fma(P22, P20).fma(t2, P18).fma(t2, P16);
        even = even.fma(t2, P14).fma(t2, P12).fma(t2, P10);
        even = even.fma(t2, P8).fma(t2, P6).fma(t2, P4).fma(t2, P2);
        DoubleVector odd = t2.fma(P21, P19).fma(t2, P17).fma(t2, P15);
        odd = odd.fma(t2, P13).fma(t2, P11).fma(t2, P9);
        odd = odd.fma(t2, P7).fma(t2, P5).fma(t2, P3);
        return odd.fma(t, even).fma(t, P1).fma(t, P0);
    }
}
