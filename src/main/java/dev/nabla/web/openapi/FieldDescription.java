package dev.nabla.web.openapi;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.documents.RecordShape;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What only readers of the document are told of a field, beside what reading it goes by. */
final class FieldDescription {

    /** What says nothing of a type. */
    private static final Set<Class<?>> UNSAID = Set.of(Void.class, Object.class);

    private final RecordShape.Component field;
    private final Optional<Schema> annotation;

    FieldDescription(RecordShape.Component field) {
        this.field = field;
        this.annotation = field.annotation(Schema.class);
    }

    /** Whether documents do not have it. */
    boolean isHidden() {
        return field.annotation(JsonIgnore.class).isPresent();
    }

    /** Whether an answer has it. */
    boolean isRequired() {
        return field.isRequired() && (field.use().isNullable() || field.annotation(JsonInclude.class)
                .filter(include -> include.value() != JsonInclude.Include.ALWAYS).isEmpty());
    }

    /** The only strings that it may be; empty if it may be any, or if its type says that. */
    List<String> words() {
        return annotation.map(schema -> List.of(schema.allowableValues())).orElse(List.of());
    }

    /** What it is one of, where that is not its type in Java. */
    List<Class<?>> types() {
        return annotation.map(schema -> UNSAID.contains(schema.implementation())
                ? List.<Class<?>>of(schema.oneOf()) : List.<Class<?>>of(schema.implementation())).orElse(List.of());
    }

    Optional<Schema> annotation() {
        return annotation;
    }
}
