package dev.nabla.program.kernels;
import static dev.nabla.program.kernels.Doubles.*;
import java.lang.foreign.MemorySegment;
public class MatrixKernels {
    public enum Start { ZERO, BIAS, TARGET }
    public void product(MemorySegment memory, Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        for (int i = 0; i < rows; i++) {
            long row = z + i * zStep;
            for (int c = 0; c < columns; c++) {
                double sum = start == Start.ZERO ? 0 : start == Start.BIAS ? get(bias + i) : get(row + c);
                for (int k = 0; k < inner; k++) sum += get(a + i * rowStep + k * columnStep) * get(x + k * xStep + c);
                set(row + c, sum);
            }
        }
    }
    public void outerSum(MemorySegment memory, long u, long uStep, long v, long vStep, long z, long zStep, int rows, int columns, int samples) {
        for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (int s = 0; s < samples; s++) sum += get(u + i * uStep + s) * get(v + j * vStep + s);
            set(z + i * zStep + j, sum);
        }
    }
    public void sampleSums(MemorySegment memory, long x, long xStep, long z, int rows, int samples) {
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int s = 0; s < samples; s++) sum += get(x + i * xStep + s);
            set(z + i, sum);
        }
    }
    public static MatrixKernels best() { return new MatrixKernels(); }
}
