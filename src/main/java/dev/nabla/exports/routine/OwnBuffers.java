package dev.nabla.exports.routine;

import dev.nabla.exports.routine.Buffer.Kind;
import java.util.ArrayList;
import java.util.List;

/** The buffers of a routine that only the routine knows, and their names. */
final class OwnBuffers {

    private final List<Buffer> arrays = new ArrayList<>();
    private int names;

    Buffer scalar(boolean perSample) {
        return new Buffer("t" + ++names, Kind.SCALAR, 1, perSample);
    }

    /** @param size the number of its entries */
    Buffer array(int size, boolean perSample) {
        var array = new Buffer("t" + ++names, Kind.ARRAY, size, perSample);
        arrays.add(array);
        return array;
    }

    /** Those that are more than a scalar. */
    List<Buffer> arrays() {
        return arrays;
    }
}
