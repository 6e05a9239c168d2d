package dev.nabla.program.memory;

import dev.nabla.program.FlatVector;
import dev.nabla.program.Program;
import dev.nabla.program.Schedule;
import java.util.List;

/** How a batch is cut into tiles. */
public final class Tiling {

    /** Measured best on chains of 3 to 256 units; the memory of 64 units then just fits a cache of 1 MB. */
    private static final int LARGEST = 128;
    /** Doubles that are summed over the samples, above which a sum for every tile takes more time than tiles save. */
    private static final int MOST_PARTIAL_SUMS = 1 << 18;

    private Tiling() {}

    /** In rows that are padded to whole vectors, so that no loop over samples has an end that is less. */
    public static List<Tile> of(Program program, int batch) {
        long sums = program.schedule().stages().stream().filter(Schedule.Stage::perSample)
                .flatMap(stage -> stage.instructions().stream()).flatMap(instruction -> instruction.targets().stream())
                .filter(target -> !target.perSample()).mapToLong(target -> target.shape().size()).sum();
        return Tile.cut(batch, sums > MOST_PARTIAL_SUMS ? batch : LARGEST, FlatVector.ALIGNMENT);
    }
}
