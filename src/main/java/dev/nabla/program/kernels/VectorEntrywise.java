package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The arithmetic with the Vector API; what is less than a vector at the end is left to {@link PlainEntrywise}.
 *
 * <p>C2 puts these short kernels into their callers, several into one. So only the Vector API's own methods are called
 * on vectors, as in {@link ProductTiles}: a method of ours C2 would leave as a call once the caller has grown large.
 */
final class VectorEntrywise implements EntrywiseKernels {

    private static final PlainEntrywise PLAIN = new PlainEntrywise();
    private static final DoubleVector ZERO = broadcast(SPECIES, 0);
    private static final DoubleVector ONE = broadcast(SPECIES, 1);
    private static final DoubleVector NAN = broadcast(SPECIES, Double.NaN);

    @Override
    public void fill(double c, long z, int count) {
        DoubleVector constant = broadcast(SPECIES, c);
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            constant.intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.fill(c, z + i, count - i);
        }
    }

    @Override
    public void copy(long x, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.copy(x + i, z + i, count - i);
        }
    }

    @Override
    public void linear(double c, long x, double d, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).mul(c).add(d).intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.linear(c, x + i, d, z + i, count - i);
        }
    }

    @Override
    public void linear(double c, long x, double e, long y, double d, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector ey = fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER).mul(e);
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).mul(c).add(ey).add(d)
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.linear(c, x + i, e, y + i, d, z + i, count - i);
        }
    }

    @Override
    public void product(double c, long x, long y, double d, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector factor = fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER);
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).mul(c).mul(factor).add(d)
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.product(c, x + i, y + i, d, z + i, count - i);
        }
    }

    @Override
    public void product(double c, long x, long y, double e, long w, double d, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector factor = fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER);
            DoubleVector ew = fromMemorySegment(SPECIES, ALL, (w + i) << 3, ORDER).mul(e);
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).mul(c).mul(factor).add(ew).add(d)
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.product(c, x + i, y + i, e, w + i, d, z + i, count - i);
        }
    }

    @Override
    public void linearTimes(double c, long x, double d, long w, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector factor = fromMemorySegment(SPECIES, ALL, (w + i) << 3, ORDER);
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).mul(c).add(d).mul(factor)
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.linearTimes(c, x + i, d, w + i, z + i, count - i);
        }
    }

    @Override
    public void productTimes(double c, long x, long y, double d, long w, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector first = fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER);
            DoubleVector second = fromMemorySegment(SPECIES, ALL, (w + i) << 3, ORDER);
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).mul(c).mul(first).add(d).mul(second)
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.productTimes(c, x + i, y + i, d, w + i, z + i, count - i);
        }
    }

    @Override
    public void quotient(double c, long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector divisor = fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER);
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).mul(c).div(divisor)
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.quotient(c, x + i, y + i, z + i, count - i);
        }
    }

    @Override
    public void divided(double c, long x, double e, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).mul(c).div(e).intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.divided(c, x + i, e, z + i, count - i);
        }
    }

    @Override
    public void dividedTimes(double c, long x, double e, long w, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector factor = fromMemorySegment(SPECIES, ALL, (w + i) << 3, ORDER);
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).mul(c).div(e).mul(factor)
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.dividedTimes(c, x + i, e, w + i, z + i, count - i);
        }
    }

    @Override
    public void reciprocal(double c, long y, long z, int count) {
        DoubleVector constant = broadcast(SPECIES, c);
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            constant.div(fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER)).intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.reciprocal(c, y + i, z + i, count - i);
        }
    }

    @Override
    public void min(long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).min(fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER))
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.min(x + i, y + i, z + i, count - i);
        }
    }

    @Override
    public void max(long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).max(fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER))
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.max(x + i, y + i, z + i, count - i);
        }
    }

    @Override
    public void less(long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector a = fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER);
            DoubleVector b = fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER);
            NAN.blend(ZERO, a.compare(VectorOperators.GE, b)).blend(ONE, a.compare(VectorOperators.LT, b))
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.less(x + i, y + i, z + i, count - i);
        }
    }

    @Override
    public void lessOrEqual(long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector a = fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER);
            DoubleVector b = fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER);
            NAN.blend(ZERO, a.compare(VectorOperators.GT, b)).blend(ONE, a.compare(VectorOperators.LE, b))
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.lessOrEqual(x + i, y + i, z + i, count - i);
        }
    }

    @Override
    public void equal(long x, long y, double c, double d, long z, int count) {
        DoubleVector equal = broadcast(SPECIES, c);
        DoubleVector other = broadcast(SPECIES, d);
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector a = fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER);
            DoubleVector b = fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER);
            NAN.blend(other, a.compare(VectorOperators.LT, b)).blend(other, a.compare(VectorOperators.GT, b))
                    .blend(equal, a.compare(VectorOperators.EQ, b))
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.equal(x + i, y + i, c, d, z + i, count - i);
        }
    }

    @Override
    public void select(long condition, long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector c = fromMemorySegment(SPECIES, ALL, (condition + i) << 3, ORDER);
            DoubleVector otherwise = fromMemorySegment(SPECIES, ALL, (y + i) << 3, ORDER);
            DoubleVector chosen = fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER)
                    .blend(otherwise, c.compare(VectorOperators.EQ, ZERO));
            c.blend(chosen, c.compare(VectorOperators.EQ, c))
                    .intoMemorySegment(ALL, (z + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.select(condition + i, x + i, y + i, z + i, count - i);
        }
    }

    /** What is not finite is not 0 when it is multiplied by 0, and is no longer in any sum. */
    @Override
    public boolean areFinite(long x, int count) {
        DoubleVector zero = broadcast(SPECIES, 0);
        DoubleVector s0 = zero;
        DoubleVector s1 = zero;
        DoubleVector s2 = zero;
        DoubleVector s3 = zero;
        int i = 0;
        for (; i <= count - 4 * LENGTH; i += 4 * LENGTH) {
            s0 = fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).fma(zero, s0);
            s1 = fromMemorySegment(SPECIES, ALL, (x + i + LENGTH) << 3, ORDER).fma(zero, s1);
            s2 = fromMemorySegment(SPECIES, ALL, (x + i + 2L * LENGTH) << 3, ORDER).fma(zero, s2);
            s3 = fromMemorySegment(SPECIES, ALL, (x + i + 3L * LENGTH) << 3, ORDER).fma(zero, s3);
        }
        for (; i <= count - LENGTH; i += LENGTH) {
            s0 = fromMemorySegment(SPECIES, ALL, (x + i) << 3, ORDER).fma(zero, s0);
        }
        return s0.add(s1).add(s2.add(s3)).compare(VectorOperators.EQ, 0).allTrue() && PLAIN.areFinite(x + i, count - i);
    }

    @Override
    public void adam(long theta, long g, long m, long v, int count, double beta1, double beta2, double s, double e) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector gradient = fromMemorySegment(SPECIES, ALL, (g + i) << 3, ORDER);
            DoubleVector square = gradient.mul(1 - beta2).mul(gradient);
            DoubleVector first = fromMemorySegment(SPECIES, ALL, (m + i) << 3, ORDER).mul(beta1)
                    .add(gradient.mul(1 - beta1));
            DoubleVector second = fromMemorySegment(SPECIES, ALL, (v + i) << 3, ORDER).mul(beta2).add(square);
            first.intoMemorySegment(ALL, (m + i) << 3, ORDER);
            second.intoMemorySegment(ALL, (v + i) << 3, ORDER);
            DoubleVector step = first.mul(s).div(second.sqrt().add(e));
            fromMemorySegment(SPECIES, ALL, (theta + i) << 3, ORDER).sub(step)
                    .intoMemorySegment(ALL, (theta + i) << 3, ORDER);
        }
        if (i < count) {
            PLAIN.adam(theta + i, g + i, m + i, v + i, count - i, beta1, beta2, s, e);
        }
    }
}
