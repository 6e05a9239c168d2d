package dev.nabla.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Doubles as bytes, little-endian. */
final class Doubles {

    private Doubles() {}

    static byte[] toBytes(double[] doubles) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(doubles.length, Double.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(doubles);
        return bytes.array();
    }

    static double[] fromBytes(byte[] bytes) {
        double[] doubles = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(doubles);
        return doubles;
    }
}
