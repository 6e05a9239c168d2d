package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SIGN;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.TrigonometryLanes.HALF_PI_2;
import static dev.nabla.program.kernels.TrigonometryLanes.MINUS_HALF;
import static dev.nabla.program.kernels.TrigonometryLanes.MINUS_HALF_PI_1;
import static dev.nabla.program.kernels.TrigonometryLanes.MINUS_HALF_PI_3;
import static dev.nabla.program.kernels.TrigonometryLanes.ONE;
import static dev.nabla.program.kernels.TrigonometryLanes.ROUNDER;
import static dev.nabla.program.kernels.TrigonometryLanes.TWO_OVER_PI;
import static dev.nabla.program.kernels.TrigonometryLanes.anyLarge;
import static dev.nabla.program.kernels.TrigonometryLanes.cosineTail;
import static dev.nabla.program.kernels.TrigonometryLanes.sineTail;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** The tangent of {@link Trigonometry} on vectors, operation by operation: a loop, as {@link Lanes} explains. */
final class TangentLanes {

    private TangentLanes() {
    }

    static void tanOnRun(long source, long target, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            DoubleVector x = Lanes.load(source + i);
            if (anyLarge(x)) {
                PlainFunctions.tan(source + i, target + i, LENGTH);
                continue;
            }
            DoubleVector a = x.abs();
            DoubleVector shifted = a.fma(TWO_OVER_PI, ROUNDER);
            DoubleVector n = shifted.sub(ROUNDER);
            DoubleVector first = n.fma(MINUS_HALF_PI_1, a);
            DoubleVector product = n.mul(HALF_PI_2);
            DoubleVector second = first.sub(product);
            DoubleVector third = n.fma(MINUS_HALF_PI_3, first.sub(second).sub(product));
            DoubleVector r = second.add(third);
            DoubleVector t = third.sub(r.sub(second));
            DoubleVector z = r.mul(r);
            DoubleVector sineTail = sineTail(r, t, z);
            DoubleVector head = z.mul(MINUS_HALF).add(ONE);
            DoubleVector cosineTail = cosineTail(r, t, z, head);
            DoubleVector sine = r.add(sineTail);
            DoubleVector sineRest = r.sub(sine).add(sineTail);
            DoubleVector cosine = head.add(cosineTail);
            DoubleVector cosineRest = head.sub(cosine).add(cosineTail);
            LongVector odd = shifted.reinterpretAsLongs().and(1);
            VectorMask<Double> even = odd.compare(EQ, 0).cast(SPECIES);
            DoubleVector numerator = cosine.blend(sine, even);
            DoubleVector denominator = sine.blend(cosine, even);
            DoubleVector quotient = numerator.div(denominator);
            DoubleVector negated = quotient.neg();
            DoubleVector residue = negated.fma(denominator, numerator)
                    .add(negated.fma(sineRest.blend(cosineRest, even), cosineRest.blend(sineRest, even)));
            LongVector signs = odd.lanewise(LSHL, 63).lanewise(XOR, x.reinterpretAsLongs().and(SIGN));
            DoubleVector value = quotient.add(residue.div(denominator));
            value.reinterpretAsLongs().lanewise(XOR, signs).reinterpretAsDoubles()
                    .intoMemorySegment(ALL, (target + i) << 3, ORDER);
        }
    }
}
