package dev.nabla.web.openapi;

import dev.nabla.documents.Bounds;
import io.swagger.v3.oas.models.media.Schema;

/** The bounds of values, as those of a schema. */
final class SchemaBounds {

    private SchemaBounds() {}

    static void set(Schema<?> schema, Bounds bounds) {
        bounds.least().ifPresent(limit -> {
            if (limit.inclusive()) {
                schema.setMinimum(limit.value());
            } else {
                schema.setExclusiveMinimumValue(limit.value());
            }
        });
        bounds.most().ifPresent(limit -> {
            if (limit.inclusive()) {
                schema.setMaximum(limit.value());
            } else {
                schema.setExclusiveMaximumValue(limit.value());
            }
        });
        bounds.size().ifPresent(size -> setSize(schema, size));
        bounds.pattern().map(form -> form.pattern().pattern()).ifPresent(schema::setPattern);
    }

    private static void setSize(Schema<?> schema, Bounds.Count size) {
        Integer least = size.min() > 0 ? size.min() : null;
        Integer most = size.max() < Integer.MAX_VALUE ? size.max() : null;
        if (schema.getTypes().contains("string")) {
            schema.minLength(least).maxLength(most);
        } else if (schema.getTypes().contains("array")) {
            schema.minItems(least).maxItems(most);
        } else {
            schema.minProperties(least).maxProperties(most);
        }
    }
}
