package dev.nabla.web.openapi;

import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.Optional;

/** The bounds that constraint annotations state, as those of a schema. */
final class Bounds {

    private Bounds() {}

    static void set(Schema<?> schema, AnnotatedElement element) {
        find(element, Min.class).ifPresent(min -> schema.setMinimum(BigDecimal.valueOf(min.value())));
        find(element, Max.class).ifPresent(max -> schema.setMaximum(BigDecimal.valueOf(max.value())));
        find(element, Positive.class).ifPresent(_ -> setLeast(schema, BigDecimal.ZERO, false));
        find(element, PositiveOrZero.class).ifPresent(_ -> setLeast(schema, BigDecimal.ZERO, true));
        find(element, DecimalMin.class).ifPresent(min -> setLeast(schema, new BigDecimal(min.value()), min.inclusive()));
        find(element, DecimalMax.class).ifPresent(max -> setMost(schema, new BigDecimal(max.value()), max.inclusive()));
        find(element, Size.class).ifPresent(size -> setSize(schema, size.min(), size.max()));
    }

    private static <A extends Annotation> Optional<A> find(AnnotatedElement element, Class<A> type) {
        return Optional.ofNullable(element.getAnnotation(type));
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
