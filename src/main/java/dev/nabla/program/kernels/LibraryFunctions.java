package dev.nabla.program.kernels;

import dev.nabla.expression.ScalarFunction;
import java.util.function.DoubleUnaryOperator;

/** The kernels by the functions' own values, for processors without a fused multiply-add. */
final class LibraryFunctions implements FunctionKernels {

    @Override
    public OfOne of(ScalarFunction function) {
        return (source, target, count) -> apply(function::value, source, target, count);
    }

    @Override
    public OfPair of(FunctionPair pair) {
        return (source, first, second, count) -> {
            apply(pair.first(), source, first, count);
            apply(pair.second(), source, second, count);
        };
    }

    @Override
    public OfTwo of(FunctionOfTwo function) {
        return (x, y, target, count) -> {
            for (int i = 0; i < count; i++) {
                Doubles.set(target + i,
                        function.value(Doubles.get(x + i), Doubles.get(y + i)));
            }
        };
    }

    private static void apply(DoubleUnaryOperator function, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            Doubles.set(target + i,
                    function.applyAsDouble(Doubles.get(source + i)));
        }
    }
}
