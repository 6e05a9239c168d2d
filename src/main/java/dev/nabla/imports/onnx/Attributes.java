package dev.nabla.imports.onnx;

import dev.nabla.onnx.proto.AttributeProto;
import dev.nabla.onnx.proto.NodeProto;
import dev.nabla.onnx.proto.TensorProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The attributes of a node; one that nobody reads means something that is not known here. */
final class Attributes {

    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int TENSOR = 4;
    private static final int FLOATS = 6;
    private static final int INTS = 7;
    private static final int MOST_PARTS = 12;

    private final Map<String, AttributeProto> unread = new LinkedHashMap<>();

    Attributes(NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (unread.put(attribute.getName(), attribute) != null) {
                throw new Refusal("has the attribute '" + attribute.getName() + "' twice");
            }
        }
    }

    private Optional<AttributeProto> take(String name, int type) {
        AttributeProto attribute = unread.remove(name);
        if (attribute != null && attribute.getType() != type) {
            throw new Refusal("has the attribute '" + name + "' of another type");
        }
        return Optional.ofNullable(attribute);
    }

    long integer(String name, long otherwise) {
        return take(name, INT).map(AttributeProto::getI).orElse(otherwise);
    }

    /** What was meant by a number of single precision: a sixth and the like, or the shortest decimal, that is nearest to it. */
    double number(String name, double otherwise) {
        return take(name, FLOAT).map(attribute -> finite(name, attribute.getF())).orElse(otherwise);
    }

    private static double finite(String name, float number) {
        if (!Float.isFinite(number)) {
            throw new Refusal("must have a finite " + name + ", had " + number);
        }
        return IntStream.rangeClosed(1, MOST_PARTS).mapToDouble(n -> 1.0 / n).filter(part -> (float) part == number).findFirst()
                .orElseGet(() -> Double.parseDouble(Float.toString(number)));
    }

    String text(String name, String otherwise) {
        return take(name, STRING).map(attribute -> attribute.getS().toStringUtf8()).orElse(otherwise);
    }

    Optional<List<Long>> integers(String name) {
        return take(name, INTS).map(AttributeProto::getIntsList);
    }

    Optional<List<Float>> numbers(String name) {
        return take(name, FLOATS).map(AttributeProto::getFloatsList);
    }

    Optional<TensorProto> tensor(String name) {
        return take(name, TENSOR).map(AttributeProto::getT);
    }

    /** Refuses what must be as it is where it is left out. */
    void require(String name, long expected) {
        long given = integer(name, expected);
        if (given != expected) {
            throw new Refusal("must have " + name + " = " + expected + ", had " + given);
        }
    }

    void requireAllRead() {
        if (!unread.isEmpty()) {
            throw new Refusal("has attributes that are not known here: " + String.join(", ", unread.keySet()));
        }
    }
}
