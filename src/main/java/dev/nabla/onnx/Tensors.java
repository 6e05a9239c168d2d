package dev.nabla.onnx;

import com.google.protobuf.ByteString;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Numbers as tensors. */
public final class Tensors {

    /** More than any model has. */
    public static final int MOST_ENTRIES = 1 << 28;

    private Tensors() {}

    /**
     * A tensor of these numbers.
     *
     * @param dimensions outermost first
     * @param entries row-major
     */
    public static TensorProto of(ElementType type, String name, List<Integer> dimensions, double... entries) {
        ByteBuffer bytes = ByteBuffer.allocate(entries.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double entry : entries) {
            ByteBuffer _ = switch (type) {
                case FLOAT -> bytes.putFloat((float) entry);
                case DOUBLE -> bytes.putDouble(entry);
                case INT32 -> bytes.putInt((int) entry);
                case INT64 -> bytes.putLong((long) entry);
            };
        }
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.number())
                .setRawData(ByteString.copyFrom(bytes.flip()));
        dimensions.forEach(dimension -> tensor.addDims(dimension));
        return (name.isEmpty() ? tensor : tensor.setName(name)).build();
    }

    /**
     * The dimensions of a tensor, outermost first.
     *
     * @throws IllegalArgumentException if it has more entries than bytes of which they could be made
     */
    public static List<Integer> dimensions(TensorProto tensor) {
        long size = 1;
        for (long dimension : tensor.getDimsList()) {
            if (dimension < 0 || dimension > MOST_ENTRIES) {
                throw new IllegalArgumentException("must have dimensions between 0 and " + MOST_ENTRIES + ", had "
                        + dimension);
            }
            size *= dimension;
            if (size > MOST_ENTRIES) {
                throw new IllegalArgumentException("must have at most " + MOST_ENTRIES + " entries");
            }
        }
        return tensor.getDimsList().stream().map(Math::toIntExact).toList();
    }

    /**
     * The entries of a tensor, row-major; those of single precision as the doubles that they are.
     *
     * @throws IllegalArgumentException if they are of another type, not in the file, or not as many as the dimensions
     *     say
     */
    public static double[] entries(TensorProto tensor) {
        if (tensor.getDataLocation() != 0 || tensor.getExternalDataCount() > 0) {
            throw new IllegalArgumentException("must have its numbers in the file itself: save the model without external data");
        }
        ElementType type = ElementType.of(tensor.getDataType()).orElseThrow(() -> new IllegalArgumentException(
                "must have entries of float, double, int32 or int64 (types 1, 11, 6, 7 of ONNX), had type "
                + tensor.getDataType()));
        int size = dimensions(tensor).stream().reduce(1, (product, dimension) -> product * dimension);
        int typed = switch (type) {
            case FLOAT -> tensor.getFloatDataCount();
            case DOUBLE -> tensor.getDoubleDataCount();
            case INT32 -> tensor.getInt32DataCount();
            case INT64 -> tensor.getInt64DataCount();
        };
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        boolean isRaw = tensor.hasRawData();
        if (isRaw ? raw.remaining() != (long) size * type.bytes() || typed > 0 : typed != size) {
            throw new IllegalArgumentException("must have " + size + " entries, as its dimensions say, had "
                    + (isRaw ? raw.remaining() + " bytes and " : "") + typed + " numbers");
        }
        Work.hold(Place.HEAP, (long) size * Double.BYTES);
        var entries = new double[size];
        for (int i = 0; i < size; i++) {
            entries[i] = switch (type) {
                case FLOAT -> isRaw ? raw.getFloat() : tensor.getFloatData(i);
                case DOUBLE -> isRaw ? raw.getDouble() : tensor.getDoubleData(i);
                case INT32 -> isRaw ? raw.getInt() : tensor.getInt32Data(i);
                case INT64 -> isRaw ? raw.getLong() : tensor.getInt64Data(i);
            };
        }
        return entries;
    }
}
