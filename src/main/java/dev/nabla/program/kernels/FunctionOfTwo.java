package dev.nabla.program.kernels;

import dev.nabla.expression.BinaryFunction;
import java.util.function.DoubleBinaryOperator;

/** Those functions of two arguments that are more than an operation of the processor. */
public enum FunctionOfTwo {

    XLOGY(BinaryFunction.XLOGY::value), ATAN2(BinaryFunction.ATAN2::value), LOGADDEXP(BinaryFunction.LOGADDEXP::value);

    private final DoubleBinaryOperator value;

    FunctionOfTwo(DoubleBinaryOperator value) {
        this.value = value;
    }

    public double value(double x, double y) {
        return value.applyAsDouble(x, y);
    }
}
