package dev.nabla.program.kernels;

import dev.nabla.expression.ScalarFunction;
import dev.nabla.program.kernels.MatrixKernels.Start;
import java.util.Optional;

/**
 * Kernels on runs of floats, for values of large layers that memory holds in single precision. Bits are those of plain loops with
 * vectors of any width, those of a NaN aside; of places, overlaps and threads holds what {@link EntrywiseKernels},
 * {@link FunctionKernels} and {@link MatrixKernels} say.
 *
 * <p>A kernel that may leave the range of floats, or the digits that these have within it, says whether it did not: the largest
 * magnitude of its results is then from 2⁻¹⁰⁰ to the largest float, or they are all 0 as are those that they are computed from.
 * Where it says that it did, what it has written is of no use.
 */
public sealed interface FloatKernels permits VectorFloats, PlainFloats {

    int FEW_TERMS = 4;

    /** What the numbers of both factors of a product, and those of its target, are. */
    record Kinds(Numbers a, Numbers x, Numbers z) {

        static final Kinds OF_DOUBLES = new Kinds(Numbers.DOUBLES, Numbers.DOUBLES, Numbers.DOUBLES);

        boolean haveFloats() {
            return a == Numbers.FLOATS || x == Numbers.FLOATS || z == Numbers.FLOATS;
        }

        /**
         * Whether floats do for the products of blocks of which these are the largest magnitudes. Floats of 0 are no others rounded
         * to it.
         */
        boolean areInRange(float ofA, float ofX) {
            boolean isZero = a == Numbers.FLOATS && ofA == 0 || x == Numbers.FLOATS && ofX == 0;
            return isZero ? ofA <= SingleMatrices.MOST && ofX <= SingleMatrices.MOST
                    : ofA >= SingleMatrices.LEAST && ofX >= SingleMatrices.LEAST && ofA * ofX >= SingleMatrices.LEAST
                            && ofA * ofX <= SingleMatrices.MOST;
        }
    }

    /** The pair whose first function this is, if it has kernels here. */
    static Optional<FunctionPair> pairOf(ScalarFunction function) {
        return switch (function) {
            case TANH -> Optional.of(FunctionPair.TANH_AND_SLOPE);
            case SIGMOID -> Optional.of(FunctionPair.SIGMOIDS);
            default -> Optional.empty();
        };
    }

    /** z = x y. The target overlaps neither factor. */
    boolean product(long x, long y, long z, int count);

    /** z = z + x. */
    boolean add(long x, long z, int count);

    /** One function on a run. */
    @FunctionalInterface
    interface OfOne {
        boolean apply(long source, long target, int count);
    }

    /** Both functions of a pair on a run. */
    @FunctionalInterface
    interface OfPair {
        boolean apply(long source, long first, long second, int count);
    }

    /** The first function of a pair, from floats to floats. */
    OfOne first(FunctionPair pair);

    /** Both functions of a pair, from floats to floats. */
    OfPair of(FunctionPair pair);

    /**
     * Z = S + A X as a {@link MatrixKernels#product} of single precision, where the element k, j of X stands at
     * x + k · xStep + j · xColumnStep. A and X both lie by rows or by columns: a step of each is 1. A bias is of doubles.
     */
    boolean product(Kinds kinds, Start start, long bias, long a, long rowStep, long columnStep, long x, long xStep, long xColumnStep,
            long z, long zStep, int rows, int inner, int columns);

    /**
     * Z = A X or, where there is a bias, b + A X, of sums of one to {@value #FEW_TERMS} terms, computed in doubles and rounded to
     * floats. The rows of X, and those of Z, lie one behind the other.
     *
     * @param bias the place of a double for each row, 0 if there is none
     */
    boolean ofFewTerms(long bias, long a, long rowStep, long columnStep, long x, long z, int rows, int inner, int columns);

    /** Z = A X or b + A X of doubles, to which the floats of X are widened; otherwise as {@link #ofFewTerms}. */
    void widened(long bias, long a, long rowStep, long columnStep, long x, long z, int rows, int inner, int columns);

    /** Z = U Vᵀ as a {@link MatrixKernels#outerSum} of single precision. */
    default boolean outerSum(Kinds kinds, long u, long uStep, long v, long vStep, long z, long zStep, int rows, int columns,
            int samples) {
        return product(kinds, Start.ZERO, 0, u, uStep, 1, v, 1, vStep, z, zStep, rows, samples, columns);
    }

    /**
     * Z = U Vᵀ, the sum over the samples of the outer products, with a U of floats, which are widened, and a V of doubles. Sums are
     * {@link SumsOfSamples}, however many samples there are.
     *
     * @param rowStep leads from one row of Z to the next
     * @param columnStep leads from one column of Z to the next
     * @param sums the place of the sum of each row of U, 0 if they are not asked for
     * @param scratch the place of {@link MatrixKernels#scratch} doubles, which are overwritten
     */
    void widenedOuterSum(long u, long uStep, long v, long vStep, long z, long rowStep, long columnStep, int rows, int columns,
            int samples, long sums, long scratch);

    /** Sets the double at z + i to the sum of row i of X; otherwise as {@link #widenedOuterSum}. */
    default void sampleSums(long x, long xStep, long z, int rows, int samples, long scratch) {
        widenedOuterSum(x, xStep, 0, 0, 0, 0, 0, rows, 0, samples, z, scratch);
    }

    /**
     * One step of Adam on doubles θ and c g as {@link EntrywiseKernels#adam}, with estimates that are floats: m and, of v, its root r.
     * Where |c g|, |m| and r are below 2⁶⁰ they are computed in floats, elsewhere in doubles. An m below 2⁻¹²⁶ is 0, an r below 2⁻⁶²
     * too: of such numbers floats have fewer digits, and processors take long for them.
     *
     * @param c a power of two
     * @return whether all estimates are finite floats
     */
    boolean adam(long theta, double c, long g, long m, long r, int count, double beta1, double beta2, double s, double e);

    /** The fastest kernels for this machine and Java runtime; without a fused multiply-add there are none. */
    static Optional<FloatKernels> best() {
        return switch (Hardware.FOUND) {
            case WIDE -> Optional.of(new VectorFloats());
            case NONE -> Optional.of(new PlainFloats());
            case NO_MULTIPLY_ADD -> Optional.empty();
        };
    }
}
