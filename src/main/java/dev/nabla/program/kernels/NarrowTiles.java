package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import dev.nabla.program.kernels.MatrixKernels.Start;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

final class NarrowTiles {

    private NarrowTiles() {
    }

    static void fourByOne(MemorySegment memory, Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        VectorMask<Double> mask = SPECIES.indexInRange(0, columns);
        for (int i = 0; i < rows; i += 4) {
            int i1 = Math.min(i + 1, rows - 1);
            int i2 = Math.min(i + 2, rows - 1);
            int i3 = Math.min(i + 3, rows - 1);
            DoubleVector s0 = broadcast(SPECIES, 0);
            DoubleVector s1 = s0;
            DoubleVector s2 = s0;
            DoubleVector s3 = s0;
            if (start == Start.BIAS) {
                s0 = broadcast(SPECIES, memory.get(JAVA_DOUBLE, bias + 8L * i));
                s1 = broadcast(SPECIES, memory.get(JAVA_DOUBLE, bias + 8L * i1));
                s2 = broadcast(SPECIES, memory.get(JAVA_DOUBLE, bias + 8L * i2));
                s3 = broadcast(SPECIES, memory.get(JAVA_DOUBLE, bias + 8L * i3));
            } else if (start == Start.TARGET) {
                s0 = fromMemorySegment(SPECIES, memory, z + i * zStep, ORDER, mask);
                s1 = fromMemorySegment(SPECIES, memory, z + i1 * zStep, ORDER, mask);
                s2 = fromMemorySegment(SPECIES, memory, z + i2 * zStep, ORDER, mask);
                s3 = fromMemorySegment(SPECIES, memory, z + i3 * zStep, ORDER, mask);
            }
            for (int k = 0; k < inner; k++) {
                long column = a + k * columnStep;
                DoubleVector row = fromMemorySegment(SPECIES, memory, x + k * xStep, ORDER, mask);
                s0 = broadcast(SPECIES, memory.get(JAVA_DOUBLE, column + i * rowStep)).fma(row, s0);
                s1 = broadcast(SPECIES, memory.get(JAVA_DOUBLE, column + i1 * rowStep)).fma(row, s1);
                s2 = broadcast(SPECIES, memory.get(JAVA_DOUBLE, column + i2 * rowStep)).fma(row, s2);
                s3 = broadcast(SPECIES, memory.get(JAVA_DOUBLE, column + i3 * rowStep)).fma(row, s3);
            }
            s0.intoMemorySegment(memory, z + i * zStep, ORDER, mask);
            s1.intoMemorySegment(memory, z + i1 * zStep, ORDER, mask);
            s2.intoMemorySegment(memory, z + i2 * zStep, ORDER, mask);
            s3.intoMemorySegment(memory, z + i3 * zStep, ORDER, mask);
        }
    }
}
