package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Lanes.LENGTH;
import static dev.nabla.program.kernels.Lanes.ORDER;
import static dev.nabla.program.kernels.Lanes.all;
import static dev.nabla.program.kernels.Lanes.load;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.nabla.program.kernels.MatrixKernels.Start;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

final class ProductTiles {

    private ProductTiles() {
    }

    static void fourByTwo(MemorySegment memory, Start start, long bias, long a, long rowStep, long columnStep, long x,
            long xStep, long z, long zStep, int rows, int inner, int columns) {
        long last = columns - LENGTH;
        int i1 = Math.min(1, rows - 1);
        int i2 = Math.min(2, rows - 1);
        int i3 = rows - 1;
        long z1 = z + i1 * zStep;
        long z2 = z + i2 * zStep;
        long z3 = z + i3 * zStep;
        DoubleVector s00 = all(0);
        DoubleVector s01 = all(0);
        DoubleVector s10 = all(0);
        DoubleVector s11 = all(0);
        DoubleVector s20 = all(0);
        DoubleVector s21 = all(0);
        DoubleVector s30 = all(0);
        DoubleVector s31 = all(0);
        if (start == Start.BIAS) {
            s00 = broadcast(memory, bias);
            s01 = s00;
            s10 = broadcast(memory, bias + i1);
            s11 = s10;
            s20 = broadcast(memory, bias + i2);
            s21 = s20;
            s30 = broadcast(memory, bias + i3);
            s31 = s30;
        } else if (start == Start.TARGET) {
            s00 = load(memory, z);
            s01 = load(memory, z + last);
            s10 = load(memory, z1);
            s11 = load(memory, z1 + last);
            s20 = load(memory, z2);
            s21 = load(memory, z2 + last);
            s30 = load(memory, z3);
            s31 = load(memory, z3 + last);
        }
        long a1 = i1 * rowStep;
        long a2 = i2 * rowStep;
        long a3 = i3 * rowStep;
        for (int k = 0; k < inner; k++) {
            long column = a + k * columnStep;
            DoubleVector x0 = load(memory, x + k * xStep);
            DoubleVector x1 = load(memory, x + k * xStep + last);
            DoubleVector f0 = broadcast(memory, column);
            DoubleVector f1 = broadcast(memory, column + a1);
            DoubleVector f2 = broadcast(memory, column + a2);
            DoubleVector f3 = broadcast(memory, column + a3);
            s00 = f0.fma(x0, s00);
            s01 = f0.fma(x1, s01);
            s10 = f1.fma(x0, s10);
            s11 = f1.fma(x1, s11);
            s20 = f2.fma(x0, s20);
            s21 = f2.fma(x1, s21);
            s30 = f3.fma(x0, s30);
            s31 = f3.fma(x1, s31);
        }
        s00.intoMemorySegment(memory, z << 3, ORDER);
        s01.intoMemorySegment(memory, z + last << 3, ORDER);
        s10.intoMemorySegment(memory, z1 << 3, ORDER);
        s11.intoMemorySegment(memory, z1 + last << 3, ORDER);
        s20.intoMemorySegment(memory, z2 << 3, ORDER);
        s21.intoMemorySegment(memory, z2 + last << 3, ORDER);
        s30.intoMemorySegment(memory, z3 << 3, ORDER);
        s31.intoMemorySegment(memory, z3 + last << 3, ORDER);
    }

    private static DoubleVector broadcast(MemorySegment memory, long offset) {
        return all(memory.getAtIndex(JAVA_DOUBLE, offset));
    }
}
