package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.SPECIES;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

/**
 * U Vᵀ for a V of fewer rows than a vector has lanes. V is transposed first, so that a vector holds a row of the result,
 * and in its last lane the sum of a row of U.
 */
final class NarrowOuterSums {

    private NarrowOuterSums() {
    }

    /** How many doubles of scratch are needed. */
    static long scratch(int samples) {
        return (samples + 4L) * LENGTH;
    }

    /**
     * @param rowStep leads from one row of the result to the next
     * @param columnStep leads from one column of the result to the next
     * @param sums where the sums of the rows of U go, 0 if they are not wanted
     */
    static void compute(MemorySegment memory, long u, long uStep, long v, long vStep, long z, long rowStep,
            long columnStep, int rows, int columns, int samples, long sums, long scratch) {
        long transposed = scratch + 4L * LENGTH;
        for (int s = 0; s < samples; s++) {
            memory.setAtIndex(JAVA_DOUBLE, transposed + (long) s * LENGTH + LENGTH - 1, 1);
        }
        for (int j = 0; j < columns; j++) {
            for (int s = 0; s < samples; s++) {
                memory.setAtIndex(JAVA_DOUBLE, transposed + (long) s * LENGTH + j,
                        memory.getAtIndex(JAVA_DOUBLE, v + j * vStep + s));
            }
        }
        for (int i = 0; i < rows; i += 4) {
            int height = Math.min(4, rows - i);
            fourRows(memory, u + i * uStep, uStep, transposed, scratch, height, samples);
            for (int r = 0; r < height; r++) {
                long row = scratch + (long) r * LENGTH;
                for (int j = 0; j < columns; j++) {
                    memory.setAtIndex(JAVA_DOUBLE, z + (i + r) * rowStep + j * columnStep,
                            memory.getAtIndex(JAVA_DOUBLE, row + j));
                }
                if (sums != 0) {
                    memory.setAtIndex(JAVA_DOUBLE, sums + i + r, memory.getAtIndex(JAVA_DOUBLE, row + LENGTH - 1));
                }
            }
        }
    }

    private static void fourRows(MemorySegment memory, long u, long uStep, long transposed, long target, int height,
            int samples) {
        long u1 = u + Math.min(1, height - 1) * uStep;
        long u2 = u + Math.min(2, height - 1) * uStep;
        long u3 = u + (height - 1) * uStep;
        DoubleVector sum0 = broadcast(SPECIES, 0);
        DoubleVector sum1 = broadcast(SPECIES, 0);
        DoubleVector sum2 = broadcast(SPECIES, 0);
        DoubleVector sum3 = broadcast(SPECIES, 0);
        for (int s = 0; s < samples; s++) {
            DoubleVector row = fromMemorySegment(SPECIES, memory, transposed + (long) s * LENGTH << 3, ORDER);
            sum0 = broadcast(SPECIES, memory.getAtIndex(JAVA_DOUBLE, u + s)).fma(row, sum0);
            sum1 = broadcast(SPECIES, memory.getAtIndex(JAVA_DOUBLE, u1 + s)).fma(row, sum1);
            sum2 = broadcast(SPECIES, memory.getAtIndex(JAVA_DOUBLE, u2 + s)).fma(row, sum2);
            sum3 = broadcast(SPECIES, memory.getAtIndex(JAVA_DOUBLE, u3 + s)).fma(row, sum3);
        }
        sum0.intoMemorySegment(memory, target << 3, ORDER);
        sum1.intoMemorySegment(memory, target + LENGTH << 3, ORDER);
        sum2.intoMemorySegment(memory, target + 2L * LENGTH << 3, ORDER);
        sum3.intoMemorySegment(memory, target + 3L * LENGTH << 3, ORDER);
    }
}
