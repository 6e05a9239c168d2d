package dev.nabla.program.engine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.nabla.program.Instruction;
import dev.nabla.program.Slot;
import dev.nabla.program.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** What ND4J has no exact or fitting operation for, as plain loops over the same memory. */
public final class PlainLoops {

    private PlainLoops() {}

    /** z = f(x) for slots of one size. */
    public static Runnable apply(Memory memory, DoubleUnaryOperator function, Slot operand, Slot target) {
        MemorySegment x = memory.doubles(operand);
        MemorySegment z = memory.doubles(target);
        int size = memory.size(target);
        return () -> {
            for (int i = 0; i < size; i++) {
                z.setAtIndex(JAVA_DOUBLE, i, function.applyAsDouble(x.getAtIndex(JAVA_DOUBLE, i)));
            }
        };
    }

    /** z = xᵉ, each spread over the target. */
    public static Runnable power(Memory memory, Instruction.Power power) {
        return apply(memory, Math::pow, power.base(), power.exponent(), power.target());
    }

    /** z = f(x, y), each spread over the target. */
    public static Runnable apply(Memory memory, Instruction.ApplyBinary apply) {
        return apply(memory, apply.function()::value, apply.x(), apply.y(), apply.target());
    }

    /** z = x where the condition is not 0, and y where it is, each spread over the target. */
    public static Runnable select(Memory memory, Instruction.Select select) {
        var condition = new Reader(memory, select.condition(), select.target());
        var x = new Reader(memory, select.x(), select.target());
        var y = new Reader(memory, select.y(), select.target());
        MemorySegment z = memory.doubles(select.target());
        int size = memory.size(select.target());
        return () -> {
            for (int i = 0; i < size; i++) {
                double c = condition.at(i);
                z.setAtIndex(JAVA_DOUBLE, i, c == 0 ? y.at(i) : Double.isNaN(c) ? c : x.at(i));
            }
        };
    }

    private static Runnable apply(Memory memory, DoubleBinaryOperator function, Slot left, Slot right, Slot target) {
        var x = new Reader(memory, left, target);
        var y = new Reader(memory, right, target);
        MemorySegment z = memory.doubles(target);
        int size = memory.size(target);
        return () -> {
            for (int i = 0; i < size; i++) {
                z.setAtIndex(JAVA_DOUBLE, i, function.applyAsDouble(x.at(i), y.at(i)));
            }
        };
    }

    /** Z = A B sample by sample. */
    public static Runnable matrixProduct(Memory memory, Instruction.MatrixProduct product) {
        int rows = product.target().shape().dimension(0);
        int columns = product.target().shape().size() / rows;
        int inner = product.inner();
        int samples = product.target().perSample() ? memory.rowLength() : 1;
        MemorySegment a = memory.doubles(product.left());
        MemorySegment b = memory.doubles(product.right());
        MemorySegment z = memory.doubles(product.target());
        long aStride = product.left().perSample() ? memory.rowLength() : 1;
        long bStride = product.right().perSample() ? memory.rowLength() : 1;
        int aSample = product.left().perSample() ? 1 : 0;
        int bSample = product.right().perSample() ? 1 : 0;
        return () -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    for (int s = 0; s < samples; s++) {
                        double sum = 0;
                        for (int k = 0; k < inner; k++) {
                            long ik = product.transposeLeft() ? (long) k * rows + i : (long) i * inner + k;
                            long kj = product.transposeRight() ? (long) j * inner + k : (long) k * columns + j;
                            sum += a.getAtIndex(JAVA_DOUBLE, ik * aStride + (long) s * aSample)
                                    * b.getAtIndex(JAVA_DOUBLE, kj * bStride + (long) s * bSample);
                        }
                        z.setAtIndex(JAVA_DOUBLE, ((long) i * columns + j) * samples + s, sum);
                    }
                }
            }
        };
    }

    /** Reads an operand as if it had been spread over the target. */
    private static final class Reader {
        private final MemorySegment doubles;
        private final long samples;
        private final long repeats;
        private final boolean perSample;

        private Reader(Memory memory, Slot operand, Slot target) {
            this.doubles = memory.doubles(operand);
            this.samples = target.perSample() ? memory.rowLength() : 1;
            this.repeats = target.shape().size() / operand.shape().size();
            this.perSample = operand.perSample();
        }

        private double at(long i) {
            long entry = i / samples / repeats;
            return doubles.getAtIndex(JAVA_DOUBLE, perSample ? entry * samples + i % samples : entry);
        }
    }
}
