package dev.nabla.documents;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JsonToken;

/** What a value is in JSON. */
public enum JsonKind {
    STRING("a string"),
    FLAG("true or false"),
    ARRAY("an array"),
    INT("an integer that fits 32 bits"),
    LONG("an integer that fits 64 bits"),
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

    String text() {
        return text;
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
