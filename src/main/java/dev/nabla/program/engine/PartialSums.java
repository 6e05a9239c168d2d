package dev.nabla.program.engine;

import dev.nabla.program.Schedule;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.memory.Memory;

/** Adds what the tiles of a batch have summed, one after the other, so that the result is always the same. */
final class PartialSums implements Runnable {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private final long[] targets;
    private final long[][] parts;
    private final int[] sizes;

    PartialSums(Schedule.Stage stage, Memory[] tiles) {
        Slot[] sums = stage.instructions().stream().flatMap(instruction -> instruction.targets().stream())
                .filter(target -> !target.perSample()).toArray(Slot[]::new);
        targets = new long[sums.length];
        parts = new long[sums.length][tiles.length];
        sizes = new int[sums.length];
        for (int i = 0; i < sums.length; i++) {
            targets[i] = tiles[0].first(sums[i]);
            sizes[i] = sums[i].shape().size();
            for (int k = 0; k < tiles.length; k++) {
                parts[i][k] = tiles[k].firstOfTarget(sums[i]);
            }
        }
    }

    @Override
    public void run() {
        for (int i = 0; i < targets.length; i++) {
            ENTRYWISE.linear(1, parts[i][0], 1, parts[i][1], 0, targets[i], sizes[i]);
            for (int k = 2; k < parts[i].length; k++) {
                ENTRYWISE.linear(1, targets[i], 1, parts[i][k], 0, targets[i], sizes[i]);
            }
        }
    }
}
