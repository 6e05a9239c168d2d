package dev.nabla.program;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.program.kernels.EntrywiseKernels;
import java.lang.foreign.MemorySegment;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A flat vector in ND4J's memory, read and written as plain doubles. Nothing is allocated. */
public final class FlatVector implements NumberVector {

    private static final String BAD_ALLOCATION = "bad_alloc";
    /** Places begin at whole vectors of 512 bits, which are lines of the cache; so many doubles. */
    public static final int ALIGNMENT = 8;
    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();

    /** Kept so that its memory stays while this does. */
    @SuppressWarnings("UnusedVariable")
    private final INDArray array;
    private final MemorySegment doubles;
    private final long place;
    private final int size;

    public FlatVector(INDArray array) {
        this.array = array;
        this.doubles = doubles(array);
        this.place = first(array);
        this.size = Math.toIntExact(array.length());
    }

    /**
     * An array in memory of its own, all 0, that begins at a whole vector of 512 bits: one that lies across two lines of the cache
     * is read in the time of two.
     *
     * @throws OutOfMemoryError if ND4J has no more, whatever it calls that
     */
    public static INDArray allocate(long doubles) {
        long size = Math.max(1, doubles);
        Work.hold(Place.OFF_HEAP, size * JAVA_DOUBLE.byteSize());
        try {
            DataBuffer memory = Nd4j.createBuffer(DataType.DOUBLE, size + ALIGNMENT - 1, true);
            long start = Math.floorMod(-memory.address() / JAVA_DOUBLE.byteSize(), ALIGNMENT);
            return part(memory, start, size);
        } catch (RuntimeException e) {
            // What C++ throws comes as it is named there.
            if (String.valueOf(e.getMessage()).contains(BAD_ALLOCATION)) {
                throw new OutOfMemoryError("ND4J could not allocate " + size + " doubles");
            }
            throw e;
        }
    }

    /** Gives the memory of an allocated array back at once; neither it nor its parts can be used any more. */
    public static void free(INDArray array) {
        Work.release(Place.OFF_HEAP, array.length() * JAVA_DOUBLE.byteSize());
        DataBuffer memory = array.data().originalDataBuffer();
        (memory == null ? array.data() : memory).close();
    }

    /** Doubles of an array one behind the other, without a copy. */
    public static INDArray part(INDArray array, long first, long length) {
        return part(array.data(), array.offset() + first, length);
    }

    private static INDArray part(DataBuffer memory, long first, long length) {
        return Nd4j.create(memory, new long[] {length}, new long[] {1}, first, 'c');
    }

    /** The first double of an array by the number that kernels know it by: its address divided by 8. */
    public static long first(INDArray array) {
        return array.data().address() / JAVA_DOUBLE.byteSize() + array.offset();
    }

    /** The doubles of an array whose entries lie one behind the other; the array must outlive what is returned. */
    public static MemorySegment doubles(INDArray array) {
        long start = array.data().address() + array.offset() * JAVA_DOUBLE.byteSize();
        return MemorySegment.ofAddress(start).reinterpret(array.length() * JAVA_DOUBLE.byteSize());
    }

    @Override
    public int size() {
        return size;
    }

    public double get(int i) {
        return doubles.getAtIndex(JAVA_DOUBLE, i);
    }

    public void set(int i, double value) {
        doubles.setAtIndex(JAVA_DOUBLE, i, value);
    }

    @Override
    public void set(double[] values) {
        MemorySegment.copy(values, 0, doubles, JAVA_DOUBLE, 0, size);
    }

    @Override
    public void copyTo(double[] values) {
        MemorySegment.copy(doubles, JAVA_DOUBLE, 0, values, 0, size);
    }

    /** Whether no entry is infinite or NaN. */
    public boolean isFinite() {
        return ENTRYWISE.areFinite(place, size);
    }

    /** The Euclidean norm, also where the squares overflow; NaN where an entry is no finite number. */
    public double norm() {
        double norm = Math.sqrt(sumOfSquares(1));
        if (norm != Double.POSITIVE_INFINITY) {
            return norm;
        }
        double largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, Math.abs(doubles.getAtIndex(JAVA_DOUBLE, i)));
        }
        return largest * Math.sqrt(sumOfSquares(1 / largest));
    }

    /** Infinite where squares overflow. */
    public double sumOfSquares() {
        return sumOfSquares(1);
    }

    /** In four sums side by side, because each addition waits for the one before it. */
    private double sumOfSquares(double factor) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i <= size - 4; i += 4) {
            s0 += square(factor, i);
            s1 += square(factor, i + 1);
            s2 += square(factor, i + 2);
            s3 += square(factor, i + 3);
        }
        for (; i < size; i++) {
            s0 += square(factor, i);
        }
        return (s0 + s1) + (s2 + s3);
    }

    private double square(double factor, int i) {
        double scaled = factor * doubles.getAtIndex(JAVA_DOUBLE, i);
        return scaled * scaled;
    }
}
