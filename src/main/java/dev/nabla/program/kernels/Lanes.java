package dev.nabla.program.kernels;

import static dev.nabla.program.kernels.Doubles.ALL;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors of the machine's preferred width.
 *
 * <p>A {@code DoubleVector} lives in a register only where the compiler has inlined everything between its making and
 * its use; passed to a method that stays a call, it becomes an object. C2 stops inlining methods of ours (not the Vector
 * API's own) of more than 325 bytes of code, and all of them once the method it compiles has grown past some 30 to 40
 * vector operations. So the functions on vectors are short, call each other early, and hold their constants as vectors,
 * which costs less than broadcasting; the long ones are written as one loop over memory.
 */
final class Lanes {

    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    static final int LENGTH = SPECIES.length();
    static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /** The bit of a double's sign. */
    static final long SIGN = Long.MIN_VALUE;

    private Lanes() {
    }

    /** The vector at a place. */
    static DoubleVector load(long place) {
        return DoubleVector.fromMemorySegment(SPECIES, ALL, place << 3, ORDER);
    }

    static DoubleVector all(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
