package dev.nabla.program.engine;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;

import dev.nabla.expression.ScalarFunction;
import dev.nabla.program.Instruction.Norm;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.kernels.FunctionKernels;
import dev.nabla.program.memory.Memory;

/**
 * Euclidean norms. Where squares might overflow or underflow, the entries are divided by the largest of them first
 * (Blue 1978, "A portable Fortran program to find the Euclidean norm of a vector").
 */
public final class NormStep implements Runnable {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();
    private static final FunctionKernels.OfOne SQRT = FunctionKernels.best().of(ScalarFunction.SQRT);
    private static final double SMALLEST = 0x1p-400;
    private static final double LARGEST = 0x1p500;

    private final int entries;
    private final long x;
    private final long z;
    /** How many norms, and how far apart the entries for one lie. */
    private final int count;

    private NormStep(Norm norm, Memory memory) {
        this.entries = norm.operand().shape().size();
        this.x = memory.first(norm.operand());
        this.z = memory.firstOfTarget(norm.target());
        this.count = memory.size(norm.target());
    }

    public static Runnable of(Norm norm, Memory memory) {
        return new NormStep(norm, memory);
    }

    @Override
    public void run() {
        ENTRYWISE.product(1, x, x, 0, z, count);
        for (int e = 1; e < entries; e++) {
            ENTRYWISE.product(1, entry(e), entry(e), 1, z, 0, z, count);
        }
        SQRT.apply(z, z, count);
        for (int s = 0; s < count; s++) {
            double norm = get(z + s);
            if (!(norm > SMALLEST && norm < LARGEST)) {
                set(z + s, scaled(s));
            }
        }
    }

    private double scaled(int s) {
        double largest = 0;
        for (int e = 0; e < entries; e++) {
            largest = Math.max(largest, Math.abs(get(entry(e) + s)));
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (int e = 0; e < entries; e++) {
            double ratio = get(entry(e) + s) / largest;
            sum += ratio * ratio;
        }
        return largest * Math.sqrt(sum);
    }

    private long entry(int e) {
        return x + (long) e * count;
    }
}
