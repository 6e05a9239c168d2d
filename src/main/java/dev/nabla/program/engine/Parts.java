package dev.nabla.program.engine;

/**
 * How the rows or columns of a product, or a flat vector, are cut, as evenly as whole tiles of the kernels allow. Of a product,
 * each part reads, and copies, all of the other factor: few parts take less time together, more are shared more evenly.
 *
 * @param size of what is cut
 * @param count of parts; none is narrower than a tile, unless the whole is
 */
record Parts(int size, int count) {

    private static final int MOST = 16;
    private static final int OF_THREAD = 2;
    private static final int TILE = 16;
    private static final int LEAST_OF_SINGLES = 128;

    /** So many products of singles are worth sharing among threads. */
    private static final double WORTH_SHARING = 1_500_000;

    /** Of doubles, whose bits do not depend on parts that are no narrower than a tile. */
    static Parts of(int size, int threads) {
        return new Parts(size, Math.min(OF_THREAD * threads, most(size)));
    }

    /**
     * Bits of singles depend on parts where blocks leave the range of floats: however many threads there are,
     * and whatever the machine, parts are the same.
     *
     * @param others the product of the other sizes of a product of matrices
     */
    static Parts ofSingles(int size, double others) {
        return size * others < WORTH_SHARING ? whole(size) : new Parts(size, Math.clamp(size / LEAST_OF_SINGLES, 1, MOST));
    }

    static Parts whole(int size) {
        return new Parts(size, 1);
    }

    /** The most parts that there are for any number of threads. */
    static int most(int size) {
        return Math.clamp(size / TILE, 1, MOST);
    }

    int from(int part) {
        return size / TILE * part / count * TILE;
    }

    /** The last part has what is left of the last tile too. */
    int length(int part) {
        return (part == count - 1 ? size : from(part + 1)) - from(part);
    }
}
