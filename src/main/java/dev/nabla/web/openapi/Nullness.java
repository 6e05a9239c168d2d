package dev.nabla.web.openapi;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;

/** How a schema says that a value may be null. */
final class Nullness {

    private Nullness() {}

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
