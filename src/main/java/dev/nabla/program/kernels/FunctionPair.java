package dev.nabla.program.kernels;

import static dev.nabla.expression.ScalarFunction.SECH;
import static dev.nabla.expression.ScalarFunction.SIGMOID;
import static dev.nabla.expression.ScalarFunction.TANH;

import java.util.function.DoubleUnaryOperator;

/** Two functions of one argument that share their exponential: an activation and what its derivative is made of. */
public enum FunctionPair {

    /** tanh and tanh′ = sech². */
    TANH_AND_SLOPE(TANH::value, x -> SECH.value(x) * SECH.value(x)),

    /** σ(x) and σ(−x). */
    SIGMOIDS(SIGMOID::value, x -> SIGMOID.value(-x));

    private final DoubleUnaryOperator first;
    private final DoubleUnaryOperator second;

    FunctionPair(DoubleUnaryOperator first, DoubleUnaryOperator second) {
        this.first = first;
        this.second = second;
    }

    public DoubleUnaryOperator first() {
        return first;
    }

    public DoubleUnaryOperator second() {
        return second;
    }
}
