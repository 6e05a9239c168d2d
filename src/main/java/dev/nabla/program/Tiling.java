package dev.nabla.program;

import java.util.List;

/** How a batch is cut into tiles. */
final class Tiling {

    /** Rows are padded to whole vectors of 512 bits, so that no loop over samples has an end that is less. */
    private static final int ALIGNMENT = 8;

    private Tiling() {}

    static List<Tile> of(Program program, int batch) {
        return Tile.cut(batch, 64, ALIGNMENT);
    }
}
