package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.nabla.expression.ScalarFunction;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleUnaryOperator;

/** The kernels by the functions' own values, for processors without a fused multiply-add. */
final class LibraryFunctions implements FunctionKernels {

    @Override
    public OfOne of(ScalarFunction function) {
        return (memory, source, target, count) -> apply(function::value, memory, source, target, count);
    }

    @Override
    public OfPair of(FunctionPair pair) {
        return (memory, source, first, second, count) -> {
            apply(pair.first(), memory, source, first, count);
            apply(pair.second(), memory, source, second, count);
        };
    }

    @Override
    public OfTwo of(FunctionOfTwo function) {
        return (memory, x, y, target, count) -> {
            for (int i = 0; i < count; i++) {
                memory.setAtIndex(JAVA_DOUBLE, target + i,
                        function.value(memory.getAtIndex(JAVA_DOUBLE, x + i), memory.getAtIndex(JAVA_DOUBLE, y + i)));
            }
        };
    }

    private static void apply(DoubleUnaryOperator function, MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            memory.setAtIndex(JAVA_DOUBLE, target + i,
                    function.applyAsDouble(memory.getAtIndex(JAVA_DOUBLE, source + i)));
        }
    }
}
