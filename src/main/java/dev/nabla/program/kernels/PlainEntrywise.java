package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;

/** The arithmetic in plain Java. */
final class PlainEntrywise implements EntrywiseKernels {

    @Override
    public void fill(double c, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c);
        }
    }

    @Override
    public void copy(long x, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, get(x + i));
        }
    }

    @Override
    public void linear(double c, long x, double d, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c * get(x + i) + d);
        }
    }

    @Override
    public void linear(double c, long x, double e, long y, double d, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c * get(x + i) + e * get(y + i) + d);
        }
    }

    @Override
    public void product(double c, long x, long y, double d, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c * get(x + i) * get(y + i) + d);
        }
    }

    @Override
    public void product(double c, long x, long y, double e, long w, double d, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c * get(x + i) * get(y + i) + e * get(w + i) + d);
        }
    }

    @Override
    public void linearTimes(double c, long x, double d, long w, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, (c * get(x + i) + d) * get(w + i));
        }
    }

    @Override
    public void productTimes(double c, long x, long y, double d, long w, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, (c * get(x + i) * get(y + i) + d) * get(w + i));
        }
    }

    @Override
    public void quotient(double c, long x, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c * get(x + i) / get(y + i));
        }
    }

    @Override
    public void divided(double c, long x, double e, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c * get(x + i) / e);
        }
    }

    @Override
    public void dividedTimes(double c, long x, double e, long w, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c * get(x + i) / e * get(w + i));
        }
    }

    @Override
    public void reciprocal(double c, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c / get(y + i));
        }
    }

    @Override
    public void min(long x, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, Math.min(get(x + i), get(y + i)));
        }
    }

    @Override
    public void max(long x, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, Math.max(get(x + i), get(y + i)));
        }
    }

    @Override
    public void less(long x, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            double a = get(x + i);
            double b = get(y + i);
            set(z + i, a < b ? 1 : a >= b ? 0 : Double.NaN);
        }
    }

    @Override
    public void lessOrEqual(long x, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            double a = get(x + i);
            double b = get(y + i);
            set(z + i, a <= b ? 1 : a > b ? 0 : Double.NaN);
        }
    }

    @Override
    public void equal(long x, long y, double c, double d, long z, int count) {
        for (int i = 0; i < count; i++) {
            double a = get(x + i);
            double b = get(y + i);
            set(z + i, a == b ? c : a < b || a > b ? d : Double.NaN);
        }
    }

    @Override
    public void select(long condition, long x, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            double c = get(condition + i);
            set(z + i, c == 0 ? get(y + i) : Double.isNaN(c) ? c : get(x + i));
        }
    }

    @Override
    public boolean areFinite(long x, int count) {
        double zeros = 0;
        for (int i = 0; i < count; i++) {
            zeros += 0 * get(x + i);
        }
        return zeros == 0;
    }

    @Override
    public void adam(long theta, long g, long m, long v, int count, double beta1, double beta2, double s, double e) {
        for (int i = 0; i < count; i++) {
            double gradient = get(g + i);
            double first = beta1 * get(m + i) + (1 - beta1) * gradient;
            double second = beta2 * get(v + i) + (1 - beta2) * gradient * gradient;
            set(m + i, first);
            set(v + i, second);
            set(theta + i, get(theta + i) - s * first / (Math.sqrt(second) + e));
        }
    }
}
