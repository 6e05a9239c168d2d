package dev.nabla.program.engine;

import static dev.nabla.program.kernels.Doubles.get;

import dev.nabla.program.Instruction.Watch;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/** Adds 0 times all that is watched, which is NaN where that is infinite or NaN. */
public final class WatchStep {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private WatchStep() {}

    public static Runnable of(Watch watch, Memory memory) {
        long z = memory.firstOfTarget(watch.target());
        int length = memory.size(watch.target());
        List<Runnable> steps = new ArrayList<>(List.of(() -> ENTRYWISE.fill(0, z, length)));
        for (Slot slot : watch.watched()) {
            long x = memory.first(slot);
            int entries = slot.shape().size();
            if (slot.perSample()) {
                steps.add(() -> {
                    for (int e = 0; e < entries; e++) {
                        ENTRYWISE.linear(0, x + (long) e * length, 1, z, 0, z, length);
                    }
                });
            } else {
                steps.add(() -> {
                    double zeros = 0;
                    for (int e = 0; e < entries; e++) {
                        zeros += 0 * get(x + e);
                    }
                    ENTRYWISE.linear(1, z, zeros, z, length);
                });
            }
        }
        return PreparedProgram.inOrder(steps);
    }
}
