package dev.nabla.web.openapi;

import dev.nabla.documents.Change;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which values may be null, and how a schema says so. */
final class Nullness {

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class, Change.class);

    private Nullness() {}

    static boolean isNullable(AnnotatedType use) {
        return use.isAnnotationPresent(Nullable.class) || OPTIONALS.contains(
                use.getType() instanceof ParameterizedType generic ? generic.getRawType() : use.getType());
    }

    /** Null beside all that the schema allows. */
    static Schema<?> orNull(Schema<?> schema) {
        if (schema.getTypes() != null) {
            schema.addType("null");
            if (schema.getEnum() != null) {
                schema.addEnumItemObject(null);
            }
            return schema;
        }
        if (schema.getElse() != null) {
            schema.setElse(orNull(schema.getElse()));
            return schema;
        }
        return schema.get$ref() == null && schema.getOneOf() == null ? schema
                : new JsonSchema().addOneOfItem(schema).addOneOfItem(new JsonSchema().typesItem("null"));
    }
}
