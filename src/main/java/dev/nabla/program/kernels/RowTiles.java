package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import dev.nabla.program.kernels.MatrixKernels.Start;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

final class RowTiles {

    private RowTiles() {
    }

    static void oneByFour(MemorySegment memory, Start start, long bias, long a, long columnStep, long x, long xStep,
            long z, int inner, int columns) {
        long last = columns - LENGTH << 3;
        long c1 = Math.min(8 * LENGTH, last);
        long c2 = Math.min(16 * LENGTH, last);
        DoubleVector s0 = broadcast(SPECIES, 0);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        if (start == Start.BIAS) {
            s0 = broadcast(SPECIES, memory.get(JAVA_DOUBLE, bias));
            s1 = s0;
            s2 = s0;
            s3 = s0;
        } else if (start == Start.TARGET) {
            s0 = fromMemorySegment(SPECIES, memory, z, ORDER);
            s1 = fromMemorySegment(SPECIES, memory, z + c1, ORDER);
            s2 = fromMemorySegment(SPECIES, memory, z + c2, ORDER);
            s3 = fromMemorySegment(SPECIES, memory, z + last, ORDER);
        }
        for (int k = 0; k < inner; k++) {
            DoubleVector factor = broadcast(SPECIES, memory.get(JAVA_DOUBLE, a + k * columnStep));
            long row = x + k * xStep;
            s0 = factor.fma(fromMemorySegment(SPECIES, memory, row, ORDER), s0);
            s1 = factor.fma(fromMemorySegment(SPECIES, memory, row + c1, ORDER), s1);
            s2 = factor.fma(fromMemorySegment(SPECIES, memory, row + c2, ORDER), s2);
            s3 = factor.fma(fromMemorySegment(SPECIES, memory, row + last, ORDER), s3);
        }
        s0.intoMemorySegment(memory, z, ORDER);
        s1.intoMemorySegment(memory, z + c1, ORDER);
        s2.intoMemorySegment(memory, z + c2, ORDER);
        s3.intoMemorySegment(memory, z + last, ORDER);
    }
}
