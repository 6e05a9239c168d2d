package dev.nabla.program.kernels;

import dev.nabla.expression.ScalarFunction;
import java.util.function.DoubleUnaryOperator;

/** Of single precision in plain Java. */
final class PlainSingleFunctions implements SingleFunctions {

    private static final PlainFunctions DOUBLES = new PlainFunctions();

    @Override
    public FunctionKernels doubles() {
        return DOUBLES;
    }

    @Override
    public OfOne first(FunctionPair pair) {
        return switch (pair) {
            case TANH_AND_SLOPE -> first(SingleExponential::tanh, DOUBLES.of(ScalarFunction.TANH));
            case SIGMOIDS -> first(SingleExponential::sigmoid, DOUBLES.of(ScalarFunction.SIGMOID));
        };
    }

    private static OfOne first(DoubleUnaryOperator function, OfOne ofDoubles) {
        return (source, target, count) -> {
            for (int i = 0; i < count; i++) {
                double x = Doubles.get(source + i);
                if (SingleExponential.isLarge(x)) {
                    ofDoubles.apply(source + i, target + i, 1);
                } else {
                    Doubles.set(target + i, function.applyAsDouble(x));
                }
            }
        };
    }

    @Override
    public OfPair of(FunctionPair pair) {
        DoubleUnaryOperator second = switch (pair) {
            case TANH_AND_SLOPE -> SingleExponential::tanhSlope;
            case SIGMOIDS -> x -> SingleExponential.sigmoid(-x);
        };
        OfPair ofDoubles = DOUBLES.of(pair);
        OfOne first = first(pair);
        return (source, target, other, count) -> {
            first.apply(source, target, count);
            for (int i = 0; i < count; i++) {
                double x = Doubles.get(source + i);
                if (SingleExponential.isLarge(x)) {
                    ofDoubles.apply(source + i, target + i, other + i, 1);
                } else {
                    Doubles.set(other + i, second.applyAsDouble(x));
                }
            }
        };
    }
}
