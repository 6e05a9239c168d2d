package dev.nabla.web.openapi;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The schemas of what has no parts. */
final class Scalars {

    /** A JSON type and a format, which is empty where there is none. */
    private record Scalar(String type, String format) {}

    private static final Scalar INTEGER = new Scalar("integer", "int32");
    private static final Scalar LONG = new Scalar("integer", "int64");
    private static final Scalar NUMBER = new Scalar("number", "double");
    private static final Scalar FLAG = new Scalar("boolean", "");

    private static final Map<Class<?>, Scalar> SCALARS = Map.ofEntries(
            Map.entry(String.class, new Scalar("string", "")),
            Map.entry(UUID.class, new Scalar("string", "uuid")),
            Map.entry(Instant.class, new Scalar("string", "date-time")),
            Map.entry(boolean.class, FLAG), Map.entry(Boolean.class, FLAG),
            Map.entry(int.class, INTEGER), Map.entry(Integer.class, INTEGER), Map.entry(OptionalInt.class, INTEGER),
            Map.entry(long.class, LONG), Map.entry(Long.class, LONG), Map.entry(OptionalLong.class, LONG),
            Map.entry(Number.class, NUMBER), Map.entry(double.class, NUMBER),
                    Map.entry(Double.class, NUMBER), Map.entry(OptionalDouble.class, NUMBER));

    private Scalars() {}

    /** Of Object, which stands for any JSON, the schema of everything. */
    static Schema<?> schema(Class<?> type) {
        if (type == Object.class) {
            return new JsonSchema();
        }
        Scalar scalar = SCALARS.get(type);
        if (scalar == null) {
            throw new IllegalStateException("no schema is known for " + type);
        }
        Schema<?> schema = new JsonSchema().typesItem(scalar.type());
        schema.setFormat(scalar.format().isEmpty() ? null : scalar.format());
        return schema;
    }

    @SuppressWarnings("unchecked")
    static Schema<?> enumerate(Schema<?> schema, List<String> words) {
        words.forEach(((Schema<Object>) schema)::addEnumItemObject);
        return schema;
    }
}
