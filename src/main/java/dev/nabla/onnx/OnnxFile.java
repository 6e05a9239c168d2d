package dev.nabla.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.onnx.proto.ModelProto;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A file of ONNX as messages. */
public final class OnnxFile {

    /** The most that a message or a text takes on the heap beside what it consists of. */
    private static final long BYTES_OF_MESSAGE = 400;
    private static final long BYTES_OF_FIELD = 80;
    /** Of what a field takes in the file: numbers of one byte may become eight, texts two. */
    private static final long BYTES_OF_BYTE = 8;

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private OnnxFile() {}

    /**
     * Reads a file, after it is known what memory its messages take.
     *
     * @throws InvalidException if it is none
     */
    public static ModelProto read(byte[] bytes) {
        try {
            Work.hold(Place.HEAP, weight(CodedInputStream.newInstance(bytes), ModelProto.getDescriptor()));
            return DiscardUnknownFieldsParser.wrap(ModelProto.parser()).parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw none(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory are always read", e);
        }
    }

    private static InvalidException none(byte[] bytes) {
        boolean isZip = Arrays.mismatch(bytes, ZIP) == ZIP.length;
        return new InvalidException(List.of(Problem.of("", "must be a model of ONNX: this is " + (isZip
                ? "a ZIP, such as torch.save makes; what can be brought of PyTorch is a model that torch.onnx.export wrote, or the "
                        + "parameters of its state_dict(), as JSON or in an .npz of NumPy" : "none, or ends too soon"))));
    }

    /** What a message and those in it take on the heap; the nesting is that of the messages, which know no circle. */
    private static long weight(CodedInputStream in, Descriptor message) throws IOException {
        long weight = BYTES_OF_MESSAGE;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            FieldDescriptor field = message.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            boolean hasLength = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (field != null && hasLength && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                int outside = in.pushLimit(in.readRawVarint32());
                weight += weight(in, field.getMessageType());
                in.popLimit(outside);
            } else {
                int from = in.getTotalBytesRead();
                if (!in.skipField(tag)) {
                    return weight;
                }
                weight += field == null ? 0 : BYTES_OF_FIELD + (isBytes(field) ? 1
                        : BYTES_OF_BYTE) * (in.getTotalBytesRead() - from);
            }
        }
        return weight;
    }

    private static boolean isBytes(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.BYTES;
    }
}
