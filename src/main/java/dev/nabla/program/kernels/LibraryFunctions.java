package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.nabla.expression.ScalarFunction;
import java.lang.foreign.MemorySegment;

/** The kernels by the functions' own values, for processors without a fused multiply-add. */
final class LibraryFunctions implements FunctionKernels {

    @Override
    public void apply(ScalarFunction function, MemorySegment memory, long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            memory.setAtIndex(JAVA_DOUBLE, target + i, function.value(memory.getAtIndex(JAVA_DOUBLE, source + i)));
        }
    }
}
