package dev.nabla.program.kernels;

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
import static dev.nabla.program.kernels.ExponentialLanes.HIGHEST;
import static dev.nabla.program.kernels.ExponentialLanes.LEAN;
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

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/** tanh and sech of {@link Exponential} on vectors, operation by operation: loops, as {@link Lanes} explains. */
final class TanhLanes {

    private static final DoubleVector SATURATION = all(Exponential.TANH_SATURATION);
    private static final DoubleVector SMALL = all(Exponential.TANH_SMALL);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ONE = all(1);

    private TanhLanes() {
    }

    static void tanh(MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(memory, source + i);
            DoubleVector a = x.abs();
            DoubleVector y = a.blend(SATURATION, a.compare(GT, SATURATION));
            DoubleVector shifted = y.fma(LOG2_E, LEAN).add(ROUNDER);
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector head = n.fma(MINUS_LN2, y);
            DoubleVector rest = n.mul(MINUS_LN2_REST);
            DoubleVector r = head.add(rest);
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(C6, C5).fma(r2, r.fma(C4, C3));
            DoubleVector high = r.fma(C12, C11).fma(r4, r.fma(C10, C9).fma(r2, r.fma(C8, C7)));
            DoubleVector curve = r.mul(HALF).fma(r, high.fma(r4, low).mul(r).fma(r2, rest));
            DoubleVector p = head.add(curve);
            DoubleVector g = head.add(p.mul(HALF).fma(p, curve));
            DoubleVector s = shifted.reinterpretAsLongs().lanewise(LSHL, 52).neg().add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector square = s.mul(s);
            DoubleVector centre = square.fma(HALF, HALF);
            DoubleVector sum = g.add(centre);
            DoubleVector sumRest = g.sub(sum.sub(centre));
            DoubleVector quotient = ONE.div(sum);
            DoubleVector minusQuotient = quotient.neg();
            DoubleVector reciprocal =
                    minusQuotient.fma(sumRest, minusQuotient.fma(sum, ONE)).fma(quotient, quotient);
            DoubleVector small = g.neg().fma(g.mul(reciprocal), g);
            DoubleVector value = square.neg().fma(reciprocal, ONE).blend(small, a.compare(LT, SMALL));
            value.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles()
                    .intoMemorySegment(memory, (target + i) << 3, ORDER);
        }
    }

    /** Both from one exponential; where both have one place, sech is what stays. */
    static void tanhAndSech(MemorySegment memory, long source, long tanh, long sech, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(memory, source + i);
            DoubleVector a = x.abs();
            DoubleVector y = a.blend(HIGHEST, a.compare(GT, HIGHEST));
            DoubleVector shifted = y.fma(LOG2_E, LEAN).add(ROUNDER);
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector head = n.fma(MINUS_LN2, y);
            DoubleVector rest = n.mul(MINUS_LN2_REST);
            DoubleVector r = head.add(rest);
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(C6, C5).fma(r2, r.fma(C4, C3));
            DoubleVector high = r.fma(C12, C11).fma(r4, r.fma(C10, C9).fma(r2, r.fma(C8, C7)));
            DoubleVector curve = r.mul(HALF).fma(r, high.fma(r4, low).mul(r).fma(r2, rest));
            DoubleVector p = head.add(curve);
            DoubleVector g = head.add(p.mul(HALF).fma(p, curve));
            LongVector bits = shifted.reinterpretAsLongs();
            LongVector halfBits = n.fma(HALF, ROUNDER).reinterpretAsLongs();
            DoubleVector s1 = halfBits.lanewise(LSHL, 52).neg().add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector s2 = halfBits.sub(bits).lanewise(LSHL, 52).add(ONE_BITS).reinterpretAsDoubles();
            DoubleVector s = s1.mul(s2);
            DoubleVector square = s.mul(s);
            DoubleVector centre = square.fma(HALF, HALF);
            DoubleVector sum = g.add(centre);
            DoubleVector sumRest = g.sub(sum.sub(centre));
            DoubleVector quotient = ONE.div(sum);
            DoubleVector minusQuotient = quotient.neg();
            DoubleVector reciprocal =
                    minusQuotient.fma(sumRest, minusQuotient.fma(sum, ONE)).fma(quotient, quotient);
            DoubleVector small = g.neg().fma(g.mul(reciprocal), g);
            DoubleVector value = square.neg().fma(reciprocal, ONE).blend(small, a.compare(LT, SMALL));
            value.reinterpretAsLongs().or(x.reinterpretAsLongs().and(SIGN)).reinterpretAsDoubles()
                    .intoMemorySegment(memory, (tanh + i) << 3, ORDER);
            DoubleVector m = p.add(ONE);
            m.fma(reciprocal, p.sub(m.sub(ONE)).mul(reciprocal)).mul(s1).mul(s2)
                    .intoMemorySegment(memory, (sech + i) << 3, ORDER);
        }
    }
}
