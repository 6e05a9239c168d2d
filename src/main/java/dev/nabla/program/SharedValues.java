package dev.nabla.program;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression.Symbol;
import dev.nabla.program.kernels.EntrywiseKernels;
import java.lang.foreign.MemorySegment;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is shared by all samples and seen from outside of a program: the shared symbols in the order given to
 * {@link Program#compile}, then the shared outputs in theirs, with no gaps but one between the two. So the parameters of a network are one flat
 * vector, and so is a gradient. Several executables of the program may work on the same values.
 */
public final class SharedValues {

    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    private final Program program;
    private final INDArray array;
    private final MemorySegment doubles;
    /** Where the outputs begin, looked up once as some are read after every step; a per-sample output has no place. */
    private final int[] offsetsOfOutputs;

    public SharedValues(Program program) {
        this.program = program;
        this.array = FlatVector.allocate(program.sharedSize());
        this.doubles = FlatVector.doubles(array);
        this.offsetsOfOutputs = program.outputs().stream()
                .mapToInt(slot -> program.isShared(slot) ? program.sharedOffset(slot) : -1).toArray();
    }

    /** Gives the memory back at once; no values are there any more. */
    void free() {
        FlatVector.free(array);
    }

    /** Sets all to 0. */
    void clear() {
        doubles.fill((byte) 0);
    }

    /** What the values are of. */
    public Program program() {
        return program;
    }

    /** All of them. */
    public INDArray array() {
        return array;
    }

    /** The values of a symbol and of those behind it, {@code length} in all. */
    public INDArray from(Symbol symbol, int length) {
        return FlatVector.part(array, offset(symbol), length);
    }

    /** The values of the output of this number and of those behind it, {@code length} in all. */
    public INDArray fromOutput(int output, int length) {
        return FlatVector.part(array, offsetsOfOutputs[output], length);
    }

    /** Sets a symbol to its entries, row-major. */
    public void set(Symbol symbol, double[] entries) {
        MemorySegment.copy(entries, 0, doubles, JAVA_DOUBLE, offset(symbol) * JAVA_DOUBLE.byteSize(), entries.length);
    }

    /** Sets a symbol and those behind it, {@code length} entries in all, to the same of other values. */
    public void copySymbols(SharedValues other, Symbol first, int length) {
        MemorySegment.copy(other.doubles, JAVA_DOUBLE, other.offset(first) * JAVA_DOUBLE.byteSize(), doubles, JAVA_DOUBLE,
                offset(first) * JAVA_DOUBLE.byteSize(), length);
    }

    /** Adds to an output and those behind it, {@code length} entries in all, the same of other values. */
    public void addOutputs(SharedValues other, int first, int length) {
        long to = FlatVector.first(array) + offsetsOfOutputs[first];
        long from = FlatVector.first(other.array) + other.offsetsOfOutputs[first];
        ENTRYWISE.linear(1, to, 1, from, 0, to, length);
    }

    /** How many outputs the program has. */
    public int outputCount() {
        return program.outputs().size();
    }

    private long offset(Symbol symbol) {
        return program.sharedOffset(requireNonNull(program.symbols().get(symbol)));
    }

    /** The first entry of the output of this number. */
    public double output(int output) {
        return doubles.getAtIndex(JAVA_DOUBLE, offsetsOfOutputs[output]);
    }
}
