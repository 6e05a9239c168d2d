package dev.nabla.web.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a class says of itself as the shape of documents: its name, its words and its cases. */
final class Shape {

    private Shape() {}

    static boolean isShape(Class<?> type) {
        return type.getName().startsWith("dev.nabla.") && (type.isRecord() || type.isEnum() || type.isSealed());
    }

    /** What the component of a class is called: a shape inside another has the name of that in front. */
    static String name(Class<?> type) {
        var annotation = type.getAnnotation(Schema.class);
        if (annotation != null && !annotation.name().isEmpty()) {
            return annotation.name();
        }
        Class<?> outer = type.getEnclosingClass();
        return (outer != null && isShape(outer) ? name(outer) : "") + type.getSimpleName();
    }

    /** How the constants of an enum are written. */
    static List<String> words(Class<?> type) {
        return Arrays.stream(type.getFields()).filter(field -> field.isEnumConstant()).map(field -> {
            JsonProperty written = field.getAnnotation(JsonProperty.class);
            return written == null || written.value().isEmpty() ? field.getName() : written.value();
        }).toList();
    }

    /** The records and enums of a sealed interface, in its order. */
    static Stream<Class<?>> cases(Class<?> type) {
        // An enum is sealed, too, where a constant has a body.
        return type.isSealed() && !type.isEnum() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Shape::cases)
                : Stream.of(type);
    }

    /** By which word a record is told from the others of its sealed interface. */
    static String typeName(Class<?> leaf) {
        return leaf.getAnnotation(JsonTypeName.class).value();
    }

    /** By which field a record is told from the others of its sealed interface, if it is. */
    static Optional<JsonTypeInfo> told(Class<?> leaf) {
        return Arrays.stream(leaf.getInterfaces()).filter(Class::isSealed)
                .flatMap(parent -> Stream.concat(Optional.ofNullable(parent.getAnnotation(JsonTypeInfo.class)).stream(),
                        told(parent).stream())).findFirst();
    }
}
