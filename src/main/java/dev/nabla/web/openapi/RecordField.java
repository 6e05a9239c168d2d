package dev.nabla.web.openapi;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a record says of one field of its documents. */
final class RecordField {

    /** What says nothing of a type. */
    private static final Set<Class<?>> UNSAID = Set.of(Void.class, Object.class);

    private final RecordComponent component;
    private final Field field;
    private final boolean isLeftOutInsteadOfNull;

    RecordField(RecordComponent component) {
        this.component = component;
        try {
            // It has the annotations of the component, also where the record writes its accessor itself.
            this.field = component.getDeclaringRecord().getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
        this.isLeftOutInsteadOfNull = annotation(JsonInclude.class)
                .filter(include -> include.value() != JsonInclude.Include.ALWAYS).isPresent();
    }

    private <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return Optional.ofNullable(field.getAnnotation(type));
    }

    AnnotatedElement annotated() {
        return field;
    }

    AnnotatedType use() {
        return component.getAnnotatedType();
    }

    String name() {
        return annotation(JsonProperty.class).map(JsonProperty::value).filter(name -> !name.isEmpty())
                .orElse(component.getName());
    }

    /** Whether it is the id of something, as a text of any length, so that an id that is none is one that does not exist. */
    boolean isId() {
        return component.getType() == String.class && (name().equals("id") || name().endsWith("Id"));
    }

    /** Whether documents do not have it. */
    boolean isHidden() {
        return field.isAnnotationPresent(JsonIgnore.class);
    }

    boolean isRequired() {
        return field.isAnnotationPresent(NotNull.class)
                || !Nullness.isNullable(use()) && !isLeftOutInsteadOfNull && defaultText().isEmpty();
    }

    /** Also where an answer leaves it out: generated clients then know it as absent, not as empty. */
    boolean isNullable() {
        return Nullness.isNullable(use()) && !field.isAnnotationPresent(NotNull.class);
    }

    /** What stands for a field that is left out. */
    Optional<String> defaultText() {
        return annotation(JsonProperty.class).map(JsonProperty::defaultValue).filter(text -> !text.isEmpty());
    }

    /** The only strings that it may be; empty if it may be any, or if its type says that. */
    List<String> words() {
        return annotation(Schema.class).map(schema -> List.of(schema.allowableValues())).orElse(List.of());
    }

    /** What it is one of, where that is not its type in Java. */
    List<Class<?>> types() {
        return annotation(Schema.class).map(schema -> UNSAID.contains(schema.implementation())
                ? List.<Class<?>>of(schema.oneOf()) : List.<Class<?>>of(schema.implementation())).orElse(List.of());
    }
}
