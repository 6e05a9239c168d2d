package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Lanes.SIGN;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static dev.nabla.program.kernels.Lanes.all;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/** The sine and cosine of {@link Trigonometry} on vectors, operation by operation, for arguments up to {@link Trigonometry#LIMIT}. */
final class TrigonometryLanes {

    private static final DoubleVector LIMIT = all(Trigonometry.LIMIT);
    static final DoubleVector TWO_OVER_PI = all(Trigonometry.TWO_OVER_PI);
    static final DoubleVector ROUNDER = all(Trigonometry.ROUNDER);
    static final DoubleVector MINUS_HALF_PI_1 = all(-Trigonometry.HALF_PI_1);
    static final DoubleVector HALF_PI_2 = all(Trigonometry.HALF_PI_2);
    static final DoubleVector MINUS_HALF_PI_3 = all(-Trigonometry.HALF_PI_3);
    private static final DoubleVector S1 = all(Trigonometry.S1);
    private static final DoubleVector S2 = all(Trigonometry.S2);
    private static final DoubleVector S3 = all(Trigonometry.S3);
    private static final DoubleVector S4 = all(Trigonometry.S4);
    private static final DoubleVector S5 = all(Trigonometry.S5);
    private static final DoubleVector S6 = all(Trigonometry.S6);
    private static final DoubleVector C1 = all(Trigonometry.C1);
    private static final DoubleVector C2 = all(Trigonometry.C2);
    private static final DoubleVector C3 = all(Trigonometry.C3);
    private static final DoubleVector C4 = all(Trigonometry.C4);
    private static final DoubleVector C5 = all(Trigonometry.C5);
    private static final DoubleVector C6 = all(Trigonometry.C6);
    static final DoubleVector MINUS_HALF = all(-0.5);
    static final DoubleVector ONE = all(1);
    private static final DoubleVector HALF = all(0.5);

    private TrigonometryLanes() {
    }

    /** Whether some argument is beyond what the functions here can reduce. */
    static boolean anyLarge(DoubleVector x) {
        return x.abs().compare(GT, LIMIT).anyTrue();
    }

    static DoubleVector sin(DoubleVector x) {
        return sine(x.abs(), 0).reinterpretAsLongs().lanewise(XOR, x.reinterpretAsLongs().and(SIGN))
                .reinterpretAsDoubles();
    }

    static DoubleVector cos(DoubleVector x) {
        return sine(x.abs(), 1);
    }

    /** sin(a + quarters π/2). */
    private static DoubleVector sine(DoubleVector a, long quarters) {
        DoubleVector shifted = a.fma(TWO_OVER_PI, ROUNDER);
        DoubleVector n = shifted.sub(ROUNDER);
        DoubleVector first = n.fma(MINUS_HALF_PI_1, a);
        DoubleVector product = n.mul(HALF_PI_2);
        DoubleVector second = first.sub(product);
        DoubleVector third = n.fma(MINUS_HALF_PI_3, first.sub(second).sub(product));
        DoubleVector r = second.add(third);
        DoubleVector t = third.sub(r.sub(second));
        DoubleVector z = r.mul(r);
        DoubleVector head = z.mul(MINUS_HALF).add(ONE);
        DoubleVector cosine = head.add(cosineTail(r, t, z, head));
        DoubleVector sine = r.add(sineTail(r, t, z));
        LongVector quadrant = shifted.reinterpretAsLongs().add(quarters);
        DoubleVector value = cosine.blend(sine, quadrant.and(1).compare(EQ, 0).cast(SPECIES));
        return value.reinterpretAsLongs().lanewise(XOR, quadrant.and(2).lanewise(LSHL, 62)).reinterpretAsDoubles();
    }

    /** sin(r + t) − r. */
    static DoubleVector sineTail(DoubleVector r, DoubleVector t, DoubleVector z) {
        DoubleVector z2 = z.mul(z);
        DoubleVector even = z2.fma(S5, S3).fma(z2, S1);
        DoubleVector odd = z2.fma(S6, S4).fma(z2, S2);
        return r.mul(z).fma(odd.fma(z, even), z.fma(MINUS_HALF, ONE).mul(t));
    }

    /** cos(r + t) less its head, 1 − r²/2 rounded. */
    static DoubleVector cosineTail(DoubleVector r, DoubleVector t, DoubleVector z, DoubleVector head) {
        DoubleVector z2 = z.mul(z);
        DoubleVector even = z2.fma(C5, C3).fma(z2, C1);
        DoubleVector odd = z2.fma(C6, C4).fma(z2, C2);
        return z2.fma(odd.fma(z, even), ONE.sub(head).sub(z.mul(HALF)).sub(r.mul(t)));
    }
}
