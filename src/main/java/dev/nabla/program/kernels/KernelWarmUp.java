package dev.nabla.program.kernels;

import com.sun.management.ThreadMXBean;
import dev.nabla.expression.ScalarFunction;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls every short kernel alone until C2 has compiled it, which is when it makes no objects of vectors any more. Were a
 * caller compiled first, C2 would put the kernel into it without knowing the kernel well, and vectors would be objects
 * there for as long as the process lives.
 */
public final class KernelWarmUp {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MAX_ROUNDS = 400;
    private static final int CALLS = 500;
    private static final long PAUSE = 1_000_000;
    private static final int COUNT = 16;

    private KernelWarmUp() {}

    /** Takes about a second. */
    public static void run() {
        try (Arena arena = Arena.ofConfined()) {
            long x = Doubles.first(arena.allocate(4L * COUNT * Double.BYTES, Double.BYTES));
            // Kernels that call others come first: C2 no longer puts into a kernel what it has compiled alone.
            List<Runnable> open = new ArrayList<>(kernels(x, x + COUNT, x + 2 * COUNT, x + 3 * COUNT).reversed());
            for (int round = 0; round < MAX_ROUNDS && !open.isEmpty(); round++) {
                if (!open.removeIf(KernelWarmUp::allocatesNothing)) {
                    // C2 works beside this thread: more calls would only take the processor from it, and rounds from here.
                    LockSupport.parkNanos(PAUSE);
                }
            }
        }
    }

    private static List<Runnable> kernels(long x, long y, long w, long z) {
        EntrywiseKernels kernels = EntrywiseKernels.best();
        List<Runnable> calls = new ArrayList<>(List.of(
                () -> kernels.fill(1, z, COUNT),
                () -> kernels.copy(x, z, COUNT),
                () -> kernels.linear(1, x, 1, z, COUNT),
                () -> kernels.linear(1, x, 1, y, 1, z, COUNT),
                () -> kernels.product(1, x, y, 1, z, COUNT),
                () -> kernels.product(1, x, y, 1, w, 1, z, COUNT),
                () -> kernels.linearTimes(1, x, 1, w, z, COUNT),
                () -> kernels.productTimes(1, x, y, 1, w, z, COUNT),
                () -> kernels.quotient(1, x, y, z, COUNT),
                () -> kernels.divided(1, x, 3, z, COUNT),
                () -> kernels.dividedTimes(1, x, 3, w, z, COUNT),
                () -> kernels.min(x, y, z, COUNT),
                () -> kernels.max(x, y, z, COUNT),
                () -> kernels.less(x, y, z, COUNT),
                () -> kernels.lessOrEqual(x, y, z, COUNT),
                () -> kernels.equal(x, y, 1, 0, z, COUNT),
                () -> kernels.select(w, x, y, z, COUNT),
                () -> kernels.areFinite(x, 3 * COUNT),
                () -> kernels.reciprocal(1, y, z, COUNT),
                () -> kernels.adam(x, y, w, z, COUNT, 0.9, 0.999, 0.001, 1e-8)));
        FunctionKernels functions = FunctionKernels.best();
        for (ScalarFunction function : ScalarFunction.values()) {
            FunctionKernels.OfOne kernel = functions.of(function);
            calls.add(() -> kernel.apply(x, z, COUNT));
        }
        for (FunctionPair pair : FunctionPair.values()) {
            FunctionKernels.OfPair kernel = functions.of(pair);
            calls.add(() -> kernel.apply(x, z, w, COUNT));
        }
        for (FunctionOfTwo function : FunctionOfTwo.values()) {
            FunctionKernels.OfTwo kernel = functions.of(function);
            calls.add(() -> kernel.apply(x, y, z, COUNT));
        }
        return calls;
    }

    private static boolean allocatesNothing(Runnable call) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() == before;
    }
}
