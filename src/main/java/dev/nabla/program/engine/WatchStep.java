package dev.nabla.program.engine;

import static dev.nabla.program.kernels.Doubles.get;

import dev.nabla.program.Instruction.Watch;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds 0 times all that is watched, which is NaN where that is infinite or NaN. Mostly nothing is, and that is seen sooner:
 * what is finite for all samples, padding included, is passed over.
 */
public final class WatchStep {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private WatchStep() {}

    public static Runnable of(Watch watch, Memory memory) {
        long z = memory.firstOfTarget(watch.target());
        int size = memory.size(watch.target());
        int length = size / watch.target().shape().size();
        List<Runnable> steps = new ArrayList<>(List.of(() -> ENTRYWISE.fill(0, z, size)));
        for (Slot slot : watch.watched()) {
            long x = memory.first(slot);
            int entries = slot.shape().size();
            int ofEntry = watch.target().shape().size() / entries;
            if (slot.shape().isPrefixOf(watch.target().shape())) {
                steps.add(slot.perSample() ? unlessFinite(x, entries * length, () -> {
                    for (int e = 0; e < entries * ofEntry; e++) {
                        long row = z + (long) e * length;
                        ENTRYWISE.linear(0, x + (long) (e / ofEntry) * length, 1, row, 0, row, length);
                    }
                }) : () -> {
                    for (int e = 0; e < entries * ofEntry; e++) {
                        long row = z + (long) e * length;
                        ENTRYWISE.linear(1, row, 0 * get(x + e / ofEntry), row, length);
                    }
                });
            } else if (slot.perSample()) {
                steps.add(unlessFinite(x, entries * length, () -> {
                    for (int e = 0; e < entries; e++) {
                        for (long row = z; row < z + size; row += length) {
                            ENTRYWISE.linear(0, x + (long) e * length, 1, row, 0, row, length);
                        }
                    }
                }));
            } else {
                steps.add(() -> {
                    double zeros = 0;
                    for (int e = 0; e < entries; e++) {
                        zeros += 0 * get(x + e);
                    }
                    ENTRYWISE.linear(1, z, zeros, z, size);
                });
            }
        }
        return StepsInOrder.byLoop(steps);
    }

    private static Runnable unlessFinite(long x, int count, Runnable step) {
        return () -> {
            if (!ENTRYWISE.areFinite(x, count)) {
                step.run();
            }
        };
    }
}
