package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

/** How numbers lie in memory outside of the heap. Each is named by its place, which is its address divided by its size. */
public enum Numbers {

    DOUBLES(Double.BYTES) {
        @Override
        public double get(long place) {
            return Doubles.get(place);
        }
    },
    FLOATS(Float.BYTES) {
        @Override
        public double get(long place) {
            return Doubles.ALL.getAtIndex(JAVA_FLOAT, place);
        }
    };

    private final int bytes;

    Numbers(int bytes) {
        this.bytes = bytes;
    }

    /** The place of the number that begins where the double of a place does. */
    public long placeOf(long doublePlace) {
        return doublePlace * (Double.BYTES / bytes);
    }

    public abstract double get(long place);
}
