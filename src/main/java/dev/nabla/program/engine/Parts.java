package dev.nabla.program.engine;

/**
 * How the rows or columns of a product are cut. Each part reads, and copies, all of the other factor: few parts take less time
 * together, more are shared more evenly.
 *
 * @param size of what is cut
 * @param length of a part; the last has what is left, up to twice as much
 */
record Parts(int size, int length) {

    private static final int MOST = 16;
    private static final int OF_THREAD = 2;
    /** Whole tiles of the kernels. */
    private static final int ALIGNMENT = 16;
    private static final int LEAST_OF_SINGLES = 128;

    /** Of doubles, whose bits do not depend on parts that are no narrower than a tile. */
    static Parts of(int size, int threads) {
        return cut(size, Math.min(OF_THREAD * threads, most(size)));
    }

    /** Bits of singles depend on parts where blocks leave the range of floats: however many threads there are, parts are the same. */
    static Parts ofSingles(int size) {
        return cut(size, Math.clamp(size / LEAST_OF_SINGLES, 1, MOST));
    }

    /** The most parts that there are for any number of threads. */
    static int most(int size) {
        return Math.clamp(size / ALIGNMENT, 1, MOST);
    }

    private static Parts cut(int size, int count) {
        return new Parts(size, Math.ceilDiv(Math.ceilDiv(size, count), ALIGNMENT) * ALIGNMENT);
    }

    int count() {
        return Math.max(1, size / length);
    }

    int from(int part) {
        return part * length;
    }

    int length(int part) {
        return part == count() - 1 ? size - from(part) : length;
    }
}
