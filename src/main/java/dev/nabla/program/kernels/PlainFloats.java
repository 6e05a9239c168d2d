package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nabla.program.kernels.MatrixKernels.Start;
import java.util.function.DoubleUnaryOperator;

/** In plain Java. */
final class PlainFloats implements FloatKernels {

    /** Of less, floats have the squares. */
    static final float MOST_OF_SQUARES = 0x1p60f;
    /** With less, what is left of a square at the next steps has not all the digits of floats. */
    static final float LEAST_SQUARE = 0x1p-124f;

    private static final PlainSingles MATRICES = new PlainSingles();

    /** Whether all doubles are 0. */
    private static boolean isZero(long x, int count) {
        for (int i = 0; i < count; i++) {
            if (Doubles.get(x + i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is finite and has digits in range. */
    static boolean isInRange(float largest) {
        return largest >= SingleMatrices.LEAST && largest <= Float.MAX_VALUE;
    }

    private static float largest(long x, int count) {
        float largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Math.abs(get(x + i)));
        }
        return largest;
    }

    @Override
    public boolean product(long x, long y, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, get(x + i) * get(y + i));
        }
        float largest = largest(z, count);
        return isInRange(largest) || largest == 0 && (largest(x, count) == 0 || largest(y, count) == 0);
    }

    @Override
    public boolean add(long x, long z, int count) {
        for (int i = 0; i < count; i++) {
            set(z + i, get(x + i) + get(z + i));
        }
        float largest = largest(z, count);
        return isInRange(largest) || largest == 0 && largest(x, count) == 0;
    }

    @Override
    public OfOne first(FunctionPair pair) {
        return switch (pair) {
            case TANH_AND_SLOPE -> function(SingleExponential::tanh, Exponential::tanh);
            case SIGMOIDS -> function(SingleExponential::sigmoid, Exponential::sigmoid);
        };
    }

    private static OfOne function(DoubleUnaryOperator function, DoubleUnaryOperator ofLarge) {
        return (source, target, count) -> {
            boolean hasLarge = false;
            for (int i = 0; i < count; i++) {
                float x = get(source + i);
                boolean isLarge = SingleExponential.isLarge(x);
                hasLarge |= isLarge || Float.isNaN(x);
                set(target + i, (float) (isLarge ? ofLarge : function).applyAsDouble(x));
            }
            return !hasLarge || isInRange(largest(target, count));
        };
    }

    @Override
    public OfPair of(FunctionPair pair) {
        OfOne first = first(pair);
        OfOne second = switch (pair) {
            case TANH_AND_SLOPE -> function(SingleExponential::tanhSlope, Exponential::tanhSlope);
            case SIGMOIDS -> function(x -> SingleExponential.sigmoid(-x), x -> Exponential.sigmoid(-x));
        };
        return (source, target, other, count) -> {
            boolean isInRange = first.apply(source, target, count);
            return second.apply(source, other, count) && isInRange;
        };
    }

    @Override
    public boolean product(Kinds kinds, Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep,
            long xColumnStep, long z, long zStep, int rows, int inner, int columns) {
        return MATRICES.product(kinds, start, bias, a, rowStep, columnStep, x, xStep, xColumnStep, z, zStep, rows, inner, columns)
                && (kinds.z() == Numbers.DOUBLES || isProductInRange(largestOfRows(z, zStep, rows, columns), kinds, start, x, xStep, xColumnStep,
                        inner, columns));
    }

    @Override
    public boolean ofFewTerms(long bias, long a, long rowStep, long columnStep, long x, long z, int rows, int inner, int columns) {
        ofFewTerms(bias, a, rowStep, columnStep, x, z, rows, inner, columns, 0);
        return isOfFewTermsInRange(largest(z, rows * columns), bias, x, inner * columns);
    }

    /** Of the columns from one on. */
    static void ofFewTerms(long bias, long a, long rowStep, long columnStep, long x, long z, int rows, int inner, int columns,
            int from) {
        for (int i = 0; i < rows; i++) {
            for (int j = from; j < columns; j++) {
                double sum = bias == 0 ? 0 : Doubles.get(bias + i);
                for (int k = 0; k < inner; k++) {
                    sum = Math.fma(Doubles.get(a + i * rowStep + k * columnStep), Doubles.get(x + (long) k * columns + j), sum);
                }
                set(z + (long) i * columns + j, (float) sum);
            }
        }
    }

    static boolean isOfFewTermsInRange(float largest, long bias, long x, int count) {
        return isInRange(largest) || largest == 0 && bias == 0 && isZero(x, count);
    }

    @Override
    public void widened(long bias, long a, long rowStep, long columnStep, long x, long z, int rows, int inner, int columns) {
        widened(bias, a, rowStep, columnStep, x, z, rows, inner, columns, 0);
    }

    /** Of the columns from one on. */
    static void widened(long bias, long a, long rowStep, long columnStep, long x, long z, int rows, int inner, int columns, int from) {
        for (int i = 0; i < rows; i++) {
            for (int j = from; j < columns; j++) {
                double sum = bias == 0 ? 0 : Doubles.get(bias + i);
                for (int k = 0; k < inner; k++) {
                    sum = Math.fma(Doubles.get(a + i * rowStep + k * columnStep), get(x + (long) k * columns + j), sum);
                }
                Doubles.set(z + (long) i * columns + j, sum);
            }
        }
    }

    @Override
    public void widenedOuterSum(long u, long uStep, long v, long vStep, long z, long rowStep, long columnStep, int rows,
            int columns, int samples, long sums, long scratch) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                clear(scratch);
                addProducts(u + i * uStep, v + j * vStep, 0, samples, scratch);
                Doubles.set(z + i * rowStep + j * columnStep, SumsOfSamples.inPairs(scratch));
            }
            if (sums != 0) {
                clear(scratch);
                addSamples(u + i * uStep, 0, samples, scratch);
                Doubles.set(sums + i, SumsOfSamples.inPairs(scratch));
            }
        }
    }

    private static void clear(long eight) {
        for (int i = 0; i < SumsOfSamples.COUNT; i++) {
            Doubles.set(eight + i, 0);
        }
    }

    /** Adds products of floats and doubles, from a sample on, to the eight of their sum. */
    static void addProducts(long x, long y, int from, int samples, long eight) {
        for (int s = from; s < samples; s++) {
            long sum = eight + s % SumsOfSamples.COUNT;
            Doubles.set(sum, Math.fma(get(x + s), Doubles.get(y + s), Doubles.get(sum)));
        }
    }

    /** Adds floats, from a sample on, to the eight of their sum. */
    static void addSamples(long x, int from, int samples, long eight) {
        for (int s = from; s < samples; s++) {
            long sum = eight + s % SumsOfSamples.COUNT;
            Doubles.set(sum, Doubles.get(sum) + get(x + s));
        }
    }

    @Override
    public boolean adam(long theta, double c, long g, long m, long r, int count, double beta1, double beta2, double s, double e) {
        boolean isInRange = true;
        float rate1 = (float) (1 - beta1);
        float rate2 = (float) (1 - beta2);
        for (int i = 0; i < count; i++) {
            double gradient = c * Doubles.get(g + i);
            float rounded = (float) gradient;
            float moment = get(m + i);
            float root = get(r + i);
            double step;
            if (Math.abs(rounded) < MOST_OF_SQUARES && Math.abs(moment) < MOST_OF_SQUARES && root < MOST_OF_SQUARES) {
                float first = cut(Math.fma(rate1, rounded - moment, moment));
                float square = root * root;
                float second = Math.fma(rate2, rounded * rounded - square, square);
                float next = (float) Math.sqrt(second < LEAST_SQUARE ? 0 : second);
                set(m + i, first);
                set(r + i, next);
                step = first / (next + (float) e);
            } else {
                double first = Math.fma(1 - beta1, gradient - moment, moment);
                double square = (double) root * root;
                double next = Math.sqrt(Math.fma(1 - beta2, gradient * gradient - square, square));
                set(m + i, cut((float) first));
                set(r + i, next * next < LEAST_SQUARE ? 0 : (float) next);
                isInRange &= Float.isFinite((float) first) && Float.isFinite((float) next);
                step = first / (next + e);
            }
            Doubles.set(theta + i, Math.fma(-s, step, Doubles.get(theta + i)));
        }
        return isInRange;
    }

    private static float cut(float moment) {
        return Math.abs(moment) < Float.MIN_NORMAL ? 0 : moment;
    }

    private static float largestOfRows(long z, long zStep, int rows, int columns) {
        float largest = 0;
        for (int i = 0; i < rows; i++) {
            largest = Math.max(largest, largest(z + i * zStep, columns));
        }
        return largest;
    }

    /** Whether a product of which this is the largest result, is in range, or 0 as X is. */
    static boolean isProductInRange(float largest, Kinds kinds, Start start, long x, long xStep, long xColumnStep, int inner,
            int columns) {
        if (isInRange(largest)) {
            return true;
        }
        if (largest != 0 || start != Start.ZERO) {
            return false;
        }
        for (int k = 0; k < inner; k++) {
            for (int j = 0; j < columns; j++) {
                if (kinds.x().get(x + k * xStep + j * xColumnStep) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    static float get(long place) {
        return ALL.getAtIndex(JAVA_FLOAT, place);
    }

    static void set(long place, float value) {
        ALL.setAtIndex(JAVA_FLOAT, place, value);
    }
}
