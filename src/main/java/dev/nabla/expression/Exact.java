package dev.nabla.expression;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** Arithmetic on constants where it does not round, so that constants may be merged. */
final class Exact {

    /** Below this the error of a product might be too small for a double. */
    private static final double SMALLEST_PRODUCT = 0x1p-900;

    /** To see whether two numbers can be merged. */
    private static final double NANOS_OF_MERGE = 5;

    private Exact() {}

    /** a + b where that is a double (Knuth, The Art of Computer Programming 2, 1997, section 4.2.2, theorem B). */
    static OptionalDouble sum(double a, double b) {
        double sum = a + b;
        double ofB = sum - a;
        double error = (a - (sum - ofB)) + (b - ofB);
        return Double.isFinite(sum) && error == 0 ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    /** a b where that is a double. */
    static OptionalDouble product(double a, double b) {
        double product = a * b;
        boolean isExact = a == 0 || b == 0 || Math.abs(a) == 1 || Math.abs(b) == 1
                || Double.isFinite(product) && Math.abs(product) >= SMALLEST_PRODUCT && Math.fma(a, b, -product) == 0;
        return isExact ? OptionalDouble.of(product) : OptionalDouble.empty();
    }

    /** 1 / a where that is a double and not below the normal ones: a is a power of two. */
    static OptionalDouble reciprocal(double a) {
        double reciprocal = 1 / a;
        return Math.abs(reciprocal) >= Double.MIN_NORMAL && Math.getExponent(a) >= Double.MIN_EXPONENT
                && Math.abs(a) == Math.scalb(1.0, Math.getExponent(a))
                ? OptionalDouble.of(reciprocal) : OptionalDouble.empty();
    }

    /** Adds a number to some of which no two can be merged, merged with one of them and the result of that again. */
    static void insert(List<Double> numbers, double number, BiFunction<Double, Double, OptionalDouble> merge) {
        Work.spend(NANOS_OF_MERGE * numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            OptionalDouble merged = merge.apply(numbers.get(i), number);
            if (merged.isPresent()) {
                numbers.remove(i);
                insert(numbers, merged.getAsDouble(), merge);
                return;
            }
        }
        numbers.add(number);
    }
}
