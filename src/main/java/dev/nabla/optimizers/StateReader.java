package dev.nabla.optimizers;

import dev.nabla.program.NumberVector;
import java.nio.ByteBuffer;

/** Reads what a {@link StateWriter} wrote, in the same order. */
public final class StateReader {

    private final ByteBuffer numbers;
    private final boolean isOfThisVersion;

    /** @throws DamagedStateException if these are not the bytes that were written */
    public StateReader(byte[] bytes) {
        int end = bytes.length - Integer.BYTES;
        if (end < 1 || bytes[0] != StateWriter.VERSION && bytes[0] != StateWriter.VERSION_BEFORE) {
            throw new DamagedStateException("is of another version");
        }
        if (ByteBuffer.wrap(bytes).getInt(end) != StateWriter.checksum(bytes, end)) {
            throw new DamagedStateException("is damaged");
        }
        this.isOfThisVersion = bytes[0] == StateWriter.VERSION;
        this.numbers = ByteBuffer.wrap(bytes, 1, end - 1);
    }

    /** Otherwise it is of the version before. */
    public boolean isOfThisVersion() {
        return isOfThisVersion;
    }

    public double get() {
        if (numbers.remaining() < Double.BYTES) {
            throw new DamagedStateException("is too short");
        }
        return Double.longBitsToDouble(numbers.getLong());
    }

    public double[] get(int count) {
        double[] read = new double[count];
        for (int i = 0; i < count; i++) {
            read[i] = get();
        }
        return read;
    }

    public void get(NumberVector vector) {
        vector.set(get(vector.size()));
    }

    public boolean hasMore() {
        return numbers.hasRemaining();
    }

    /** @throws DamagedStateException if there are numbers left */
    public void end() {
        if (numbers.hasRemaining()) {
            throw new DamagedStateException("is too long");
        }
    }
}
