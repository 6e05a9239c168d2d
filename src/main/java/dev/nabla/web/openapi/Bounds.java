package dev.nabla.web.openapi;

import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;

/** The bounds that constraint annotations state, as those of a schema. */
final class Bounds {

    private Bounds() {}

    static void set(Schema<?> schema, AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            switch (annotation) {
                case Min min -> schema.setMinimum(BigDecimal.valueOf(min.value()));
                case Max max -> schema.setMaximum(BigDecimal.valueOf(max.value()));
                case Positive _ -> setLeast(schema, BigDecimal.ZERO, false);
                case PositiveOrZero _ -> setLeast(schema, BigDecimal.ZERO, true);
                case DecimalMin min -> setLeast(schema, new BigDecimal(min.value()), min.inclusive());
                case DecimalMax max -> setMost(schema, new BigDecimal(max.value()), max.inclusive());
                case Size size -> setSize(schema, size.min(), size.max());
                case NotEmpty _ -> setSize(schema, 1, Integer.MAX_VALUE);
                default -> { }
            }
        }
    }

    private static void setLeast(Schema<?> schema, BigDecimal bound, boolean inclusive) {
        if (inclusive) {
            schema.setMinimum(bound);
        } else {
            schema.setExclusiveMinimumValue(bound);
        }
    }

    private static void setMost(Schema<?> schema, BigDecimal bound, boolean inclusive) {
        if (inclusive) {
            schema.setMaximum(bound);
        } else {
            schema.setExclusiveMaximumValue(bound);
        }
    }

    private static void setSize(Schema<?> schema, int min, int max) {
        Integer least = min > 0 ? min : null;
        Integer most = max < Integer.MAX_VALUE ? max : null;
        if (schema.getTypes().contains("string")) {
            schema.minLength(least).maxLength(most);
        } else if (schema.getTypes().contains("array")) {
            schema.minItems(least).maxItems(most);
        } else {
            schema.minProperties(least).maxProperties(most);
        }
    }
}
