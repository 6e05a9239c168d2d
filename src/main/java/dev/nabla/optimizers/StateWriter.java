package dev.nabla.optimizers;

import dev.nabla.program.NumberVector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Gathers the numbers that a training needs to go on, bit by bit, as bytes: a version, the numbers and a checksum. */
public final class StateWriter {

    static final byte VERSION = 2;
    /**
     * Without what the methods of the whole dataset know of their course: the size of the loss where it began, and how long
     * {@code newton} has found nothing lower. Where {@code gauss-newton} has bounds its points and steps were of variables without any.
     */
    static final byte VERSION_BEFORE = 1;

    private final long mostNumbers;
    private final List<double[]> parts = new ArrayList<>();
    private long size;

    /** @param mostNumbers of more there are no bytes */
    public StateWriter(long mostNumbers) {
        this.mostNumbers = mostNumbers;
    }

    /** Adds numbers; how many they are is known to who reads them. */
    public void put(double... numbers) {
        size += numbers.length;
        if (size <= mostNumbers) {
            parts.add(numbers.clone());
        }
    }

    public void put(NumberVector vector) {
        if (size + vector.size() <= mostNumbers) {
            double[] numbers = new double[vector.size()];
            vector.copyTo(numbers);
            parts.add(numbers);
        }
        size += vector.size();
    }

    /** Empty where they are too many. */
    public Optional<byte[]> bytes() {
        if (size > mostNumbers) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(1 + Double.BYTES * size + Integer.BYTES));
        buffer.put(VERSION);
        parts.forEach(part -> {
            for (double number : part) {
                buffer.putLong(Double.doubleToRawLongBits(number));
            }
        });
        buffer.putInt(checksum(buffer.array(), buffer.position()));
        return Optional.of(buffer.array());
    }

    static int checksum(byte[] bytes, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
