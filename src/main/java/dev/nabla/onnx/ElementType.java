package dev.nabla.onnx;

import java.util.Arrays;
import java.util.Optional;

/** What the entries of a tensor are, by the numbers that ONNX gives them. */
public enum ElementType {

    FLOAT(1, Float.BYTES),
    INT32(6, Integer.BYTES),
    INT64(7, Long.BYTES),
    DOUBLE(11, Double.BYTES);

    private final int number;
    private final int bytes;

    ElementType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    static Optional<ElementType> of(int number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    public int number() {
        return number;
    }

    /** Of one entry. */
    public int bytes() {
        return bytes;
    }
}
