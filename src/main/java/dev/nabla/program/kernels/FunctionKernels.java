package dev.nabla.program.kernels;

import dev.nabla.expression.ScalarFunction;

/**
 * The functions of {@link ScalarFunction} applied to a run of {@link Doubles}. A result is within 2 ulp of the true value.
 * With vectors of any width and in plain loops it is the same, bit for bit, wherever in the run its argument stands; the
 * bits of a NaN aside. GELU and swish of −∞ are their limit, −0; swish of −0 is 0.
 */
public sealed interface FunctionKernels permits VectorFunctions, PlainFunctions, LibraryFunctions,
        SingleFunctions {

    /** One function on a run. */
    @FunctionalInterface
    interface OfOne {

        /**
         * Applies the function to {@code count} doubles. The count may be any number; nothing outside of the runs is
         * read or written, but a run padded to whole vectors has no slow end. The runs are the same or do not
         * overlap. Allocates nothing.
         */
        void apply(long source, long target, int count);
    }

    /** Both functions of a pair on a run. */
    @FunctionalInterface
    interface OfPair {

        /**
         * Applies both functions under the conditions of {@link OfOne}; neither result overlaps the argument or the
         * other.
         */
        void apply(long source, long first, long second, int count);
    }

    /** A function of two arguments on runs. */
    @FunctionalInterface
    interface OfTwo {

        /**
         * Applies the function under the conditions of {@link OfOne}; each source is the same run as the target or does not
         * overlap it.
         */
        void apply(long x, long y, long target, int count);
    }

    OfOne of(ScalarFunction function);

    /**
     * atan2 is within 2 ulp, xlogy within 3; logaddexp is within 3 ulp of the larger of its value and its arguments, as these
     * may cancel what is added to them.
     */
    OfTwo of(FunctionOfTwo function);

    /**
     * tanh and the sigmoids have the bits that they have alone; the slope of tanh is within 3 ulp where it is a normal
     * number, below that 0 or a subnormal one.
     */
    OfPair of(FunctionPair pair);

    /** The fastest kernels for this machine and Java runtime. */
    static FunctionKernels best() {
        return switch (Hardware.FOUND) {
            case WIDE -> new VectorFunctions();
            case NONE -> new PlainFunctions();
            case NO_MULTIPLY_ADD -> new LibraryFunctions();
        };
    }

    /** The fastest of single precision, {@link SingleFunctions}; without a fused multiply-add there are none. */
    static FunctionKernels bestOfSingles() {
        return switch (Hardware.FOUND) {
            case WIDE -> new VectorSingleFunctions();
            case NONE -> new PlainSingleFunctions();
            case NO_MULTIPLY_ADD -> new LibraryFunctions();
        };
    }
}
