package dev.nabla.documents;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JsonToken;

/** What a value is in JSON. */
public enum JsonKind {
    STRING("a string"),
    FLAG("true or false"),
    ARRAY("an array"),
    INT("a whole number"),
    LONG("a whole number"),
    NUMBER("a number"),
    OBJECT("an object");

    private final String text;

    JsonKind(String text) {
        this.text = text;
    }

    static JsonKind of(Type type) {
        Class<?> raw = raw(type);
        return raw == String.class || raw == UUID.class || raw.isEnum() ? STRING
                : raw == boolean.class || raw == Boolean.class ? FLAG
                : raw == int.class || raw == Integer.class ? INT
                : raw == long.class || raw == Long.class ? LONG
                : raw == double.class || raw == Double.class ? NUMBER
                : raw.isArray() || raw == List.class ? ARRAY : OBJECT;
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    /** In words, of whole numbers with the least and the most that are allowed. */
    String text(Bounds bounds) {
        return switch (this) {
            case INT -> text + between(bounds, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> text + between(bounds, Long.MIN_VALUE, Long.MAX_VALUE);
            case STRING, FLAG, ARRAY, NUMBER, OBJECT -> text;
        };
    }

    private static String between(Bounds bounds, long least, long most) {
        BigDecimal from = bounds.least().map(limit -> limit.inclusive() ? limit.value() : limit.value().add(BigDecimal.ONE))
                .orElse(BigDecimal.valueOf(least));
        BigDecimal to = bounds.most().map(limit -> limit.inclusive() ? limit.value() : limit.value().subtract(BigDecimal.ONE))
                .orElse(BigDecimal.valueOf(most));
        return " from " + from.toPlainString() + " to " + to.toPlainString();
    }

    boolean begins(JsonToken token) {
        return switch (this) {
            case STRING -> token == JsonToken.VALUE_STRING;
            case FLAG -> token.isBoolean();
            case ARRAY -> token == JsonToken.START_ARRAY;
            case INT, LONG, NUMBER -> token.isNumeric();
            case OBJECT -> token == JsonToken.START_OBJECT;
        };
    }
}
