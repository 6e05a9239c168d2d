package dev.nabla.program.kernels;

import dev.nabla.expression.ScalarFunction;

/**
 * Kernels whose tanh, its slope and sigmoids have the digits of floats: they are within 4 ulp of floats of what they are of the
 * argument rounded to a float. Where that has no floats for results, for arguments of more than {@value SingleExponential#LARGE} in
 * size, and for all other functions they are the kernels of doubles. So what {@link FunctionKernels} says of bits holds here too.
 */
sealed interface SingleFunctions extends FunctionKernels permits VectorSingleFunctions, PlainSingleFunctions {

    /** The kernels of doubles. */
    FunctionKernels doubles();

    /** The first of a pair. */
    OfOne first(FunctionPair pair);

    @Override
    default OfOne of(ScalarFunction function) {
        return FloatKernels.pairOf(function).map(this::first).orElseGet(() -> doubles().of(function));
    }

    @Override
    default OfTwo of(FunctionOfTwo function) {
        return doubles().of(function);
    }
}
