package dev.nabla.web.inference;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;

/** What the numbers of a tensor are, as the protocol calls it. */
enum Datatype {

    @JsonProperty("FP64") FP64(Double.BYTES) {

        @Override
        double read(ByteBuffer bytes) {
            return bytes.getDouble();
        }

        @Override
        void write(double number, ByteBuffer bytes) {
            bytes.putDouble(number);
        }

        @Override
        Number nearest(double number) {
            return number;
        }
    },

    @JsonProperty("FP32") FP32(Float.BYTES) {

        @Override
        double read(ByteBuffer bytes) {
            return bytes.getFloat();
        }

        @Override
        void write(double number, ByteBuffer bytes) {
            bytes.putFloat((float) number);
        }

        @Override
        Number nearest(double number) {
            return (float) number + 0f;
        }
    };

    private final int bytes;

    Datatype(int bytes) {
        this.bytes = bytes;
    }

    /** How many bytes a number has. */
    int bytes() {
        return bytes;
    }

    abstract double read(ByteBuffer bytes);

    abstract void write(double number, ByteBuffer bytes);

    /** The nearest number of this type, as JSON writes it; infinite where the number is beyond all of them. */
    abstract Number nearest(double number);
}
