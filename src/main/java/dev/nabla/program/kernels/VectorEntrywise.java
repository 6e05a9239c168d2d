package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.all;
import static dev.nabla.program.kernels.Lanes.load;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/** The arithmetic with the Vector API; what is less than a vector at the end is left to {@link PlainEntrywise}. */
final class VectorEntrywise implements EntrywiseKernels {

    private static final PlainEntrywise PLAIN = new PlainEntrywise();
    private static final DoubleVector ZERO = all(0);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector NAN = all(Double.NaN);

    @Override
    public void fill(double c, long z, int count) {
        DoubleVector constant = all(c);
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(constant, z + i);
        }
        if (i < count) {
            PLAIN.fill(c, z + i, count - i);
        }
    }

    @Override
    public void copy(long x, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i), z + i);
        }
        if (i < count) {
            PLAIN.copy(x + i, z + i, count - i);
        }
    }

    @Override
    public void linear(double c, long x, double d, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).mul(c).add(d), z + i);
        }
        if (i < count) {
            PLAIN.linear(c, x + i, d, z + i, count - i);
        }
    }

    @Override
    public void linear(double c, long x, double e, long y, double d, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).mul(c).add(load(ALL, y + i).mul(e)).add(d), z + i);
        }
        if (i < count) {
            PLAIN.linear(c, x + i, e, y + i, d, z + i, count - i);
        }
    }

    @Override
    public void product(double c, long x, long y, double d, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).mul(c).mul(load(ALL, y + i)).add(d), z + i);
        }
        if (i < count) {
            PLAIN.product(c, x + i, y + i, d, z + i, count - i);
        }
    }

    @Override
    public void product(double c, long x, long y, double e, long w, double d, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).mul(c).mul(load(ALL, y + i)).add(load(ALL, w + i).mul(e)).add(d), z + i);
        }
        if (i < count) {
            PLAIN.product(c, x + i, y + i, e, w + i, d, z + i, count - i);
        }
    }

    @Override
    public void linearTimes(double c, long x, double d, long w, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).mul(c).add(d).mul(load(ALL, w + i)), z + i);
        }
        if (i < count) {
            PLAIN.linearTimes(c, x + i, d, w + i, z + i, count - i);
        }
    }

    @Override
    public void productTimes(double c, long x, long y, double d, long w, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).mul(c).mul(load(ALL, y + i)).add(d).mul(load(ALL, w + i)), z + i);
        }
        if (i < count) {
            PLAIN.productTimes(c, x + i, y + i, d, w + i, z + i, count - i);
        }
    }

    @Override
    public void quotient(double c, long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).mul(c).div(load(ALL, y + i)), z + i);
        }
        if (i < count) {
            PLAIN.quotient(c, x + i, y + i, z + i, count - i);
        }
    }

    @Override
    public void divided(double c, long x, double e, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).mul(c).div(e), z + i);
        }
        if (i < count) {
            PLAIN.divided(c, x + i, e, z + i, count - i);
        }
    }

    @Override
    public void dividedTimes(double c, long x, double e, long w, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).mul(c).div(e).mul(load(ALL, w + i)), z + i);
        }
        if (i < count) {
            PLAIN.dividedTimes(c, x + i, e, w + i, z + i, count - i);
        }
    }

    @Override
    public void reciprocal(double c, long y, long z, int count) {
        DoubleVector constant = all(c);
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(constant.div(load(ALL, y + i)), z + i);
        }
        if (i < count) {
            PLAIN.reciprocal(c, y + i, z + i, count - i);
        }
    }

    @Override
    public void min(long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).min(load(ALL, y + i)), z + i);
        }
        if (i < count) {
            PLAIN.min(x + i, y + i, z + i, count - i);
        }
    }

    @Override
    public void max(long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            store(load(ALL, x + i).max(load(ALL, y + i)), z + i);
        }
        if (i < count) {
            PLAIN.max(x + i, y + i, z + i, count - i);
        }
    }

    @Override
    public void less(long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector a = load(ALL, x + i);
            DoubleVector b = load(ALL, y + i);
            store(NAN.blend(ZERO, a.compare(VectorOperators.GE, b)).blend(ONE, a.compare(VectorOperators.LT, b)), z + i);
        }
        if (i < count) {
            PLAIN.less(x + i, y + i, z + i, count - i);
        }
    }

    @Override
    public void lessOrEqual(long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector a = load(ALL, x + i);
            DoubleVector b = load(ALL, y + i);
            store(NAN.blend(ZERO, a.compare(VectorOperators.GT, b)).blend(ONE, a.compare(VectorOperators.LE, b)), z + i);
        }
        if (i < count) {
            PLAIN.lessOrEqual(x + i, y + i, z + i, count - i);
        }
    }

    @Override
    public void equal(long x, long y, double c, double d, long z, int count) {
        DoubleVector equal = all(c);
        DoubleVector other = all(d);
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector a = load(ALL, x + i);
            DoubleVector b = load(ALL, y + i);
            store(NAN.blend(other, a.compare(VectorOperators.LT, b)).blend(other, a.compare(VectorOperators.GT, b))
                    .blend(equal, a.compare(VectorOperators.EQ, b)), z + i);
        }
        if (i < count) {
            PLAIN.equal(x + i, y + i, c, d, z + i, count - i);
        }
    }

    @Override
    public void select(long condition, long x, long y, long z, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector c = load(ALL, condition + i);
            DoubleVector chosen = load(ALL, x + i).blend(load(ALL, y + i), c.compare(VectorOperators.EQ, ZERO));
            store(c.blend(chosen, c.compare(VectorOperators.EQ, c)), z + i);
        }
        if (i < count) {
            PLAIN.select(condition + i, x + i, y + i, z + i, count - i);
        }
    }

    /** What is not finite is not 0 when it is subtracted from itself, and is no longer in any sum. */
    @Override
    public boolean areFinite(long x, int count) {
        DoubleVector zeros = all(0);
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector entries = load(ALL, x + i);
            zeros = zeros.add(entries.sub(entries));
        }
        return zeros.compare(VectorOperators.EQ, 0).allTrue() && PLAIN.areFinite(x + i, count - i);
    }

    @Override
    public void adam(long theta, long g, long m, long v, int count, double beta1, double beta2, double s, double e) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            DoubleVector gradient = load(ALL, g + i);
            DoubleVector first = load(ALL, m + i).mul(beta1).add(gradient.mul(1 - beta1));
            DoubleVector second = load(ALL, v + i).mul(beta2).add(gradient.mul(1 - beta2).mul(gradient));
            store(first, m + i);
            store(second, v + i);
            DoubleVector step = first.mul(s).div(second.sqrt().add(e));
            store(load(ALL, theta + i).sub(step), theta + i);
        }
        if (i < count) {
            PLAIN.adam(theta + i, g + i, m + i, v + i, count - i, beta1, beta2, s, e);
        }
    }

    private static void store(DoubleVector vector, long place) {
        vector.intoMemorySegment(ALL, place << 3, ORDER);
    }
}
