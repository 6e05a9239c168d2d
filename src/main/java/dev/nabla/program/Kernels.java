package dev.nabla.program;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/**
 * Loops over runs of doubles anywhere in off-heap memory. A run is named by the number of its first double: its address
 * divided by 8. All programs share these loops, so that they are compiled after the first one; each loop does one thing
 * on contiguous runs, which the JIT compiler turns into vector instructions. Sums are added up in a fixed order.
 */
final class Kernels {

    /** All of memory. Who passes a run here keeps its array reachable. */
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Kernels() {}

    static MemorySegment memory() {
        return ALL;
    }

    static double get(long at) {
        return ALL.getAtIndex(JAVA_DOUBLE, at);
    }

    static void set(long at, double value) {
        ALL.setAtIndex(JAVA_DOUBLE, at, value);
    }

    /** z = c. */
    static void fill(long z, double c, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c);
        }
    }

    /** z = x. */
    static void copy(long x, long z, int count) {
        MemorySegment.copy(ALL, x << 3, ALL, z << 3, (long) count << 3);
    }

    /** z = c x + d. */
    static void scale(double c, long x, double d, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, c * get(x + i) + d);
        }
    }

    /** z = z + c x. */
    static void addScaled(double c, long x, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, get(z + i) + c * get(x + i));
        }
    }

    /** z = z + c₀ x₀ + c₁ x₁ + c₂ x₂ + c₃ x₃. */
    static void addScaled(double c0, long x0, double c1, long x1, double c2, long x2, double c3, long x3, long z,
            int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, get(z + i) + c0 * get(x0 + i) + c1 * get(x1 + i) + c2 * get(x2 + i) + c3 * get(x3 + i));
        }
    }

    /** z = z + c. */
    static void add(double c, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, get(z + i) + c);
        }
    }

    /** z = x y. */
    static void multiply(long x, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, get(x + i) * get(y + i));
        }
    }

    /** z = z + x y. */
    static void addProduct(long x, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, get(z + i) + get(x + i) * get(y + i));
        }
    }

    /** z = x / y. */
    static void divide(long x, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, get(x + i) / get(y + i));
        }
    }

    /** z = x / c. */
    static void divide(long x, double c, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, get(x + i) / c);
        }
    }

    /** Σ x y, in four sums side by side. */
    static double dot(long x, long y, int count) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i <= count - 4; i += 4) {
            sum0 += get(x + i) * get(y + i);
            sum1 += get(x + i + 1) * get(y + i + 1);
            sum2 += get(x + i + 2) * get(y + i + 2);
            sum3 += get(x + i + 3) * get(y + i + 3);
        }
        for (; i < count; i++) {
            sum0 += get(x + i) * get(y + i);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /** Σ x, in four sums side by side. */
    static double sum(long x, int count) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i <= count - 4; i += 4) {
            sum0 += get(x + i);
            sum1 += get(x + i + 1);
            sum2 += get(x + i + 2);
            sum3 += get(x + i + 3);
        }
        for (; i < count; i++) {
            sum0 += get(x + i);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /** One step of Adam (Kingma and Ba 2015, algorithm 1) on θ with gradient g and moment estimates m and v. */
    static void adam(long theta, long g, long m, long v, int count, double stepSize, double beta1, double beta2,
            double epsilon, double rootOfCorrection) {
        for (int i = 0; i < count; i++) {
            double gradient = get(g + i);
            double first = beta1 * get(m + i) + (1 - beta1) * gradient;
            double second = beta2 * get(v + i) + (1 - beta2) * gradient * gradient;
            set(m + i, first);
            set(v + i, second);
            set(theta + i, get(theta + i) - stepSize * first / (Math.sqrt(second) / rootOfCorrection + epsilon));
        }
    }
}
