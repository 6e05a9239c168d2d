package dev.nabla.web.openapi;

import io.swagger.v3.oas.annotations.media.Schema;

/** What the schemas of classes are called. */
final class ComponentNames {

    private ComponentNames() {}

    /** Whether the class is the shape of documents, which has a schema of its own. */
    static boolean isShape(Class<?> type) {
        return type.getName().startsWith("dev.nabla.") && (type.isRecord() || type.isEnum() || type.isSealed());
    }

    /** A shape inside another has the name of that in front. */
    static String of(Class<?> type) {
        var annotation = type.getAnnotation(Schema.class);
        if (annotation != null && !annotation.name().isEmpty()) {
            return annotation.name();
        }
        Class<?> outer = type.getEnclosingClass();
        return (outer != null && isShape(outer) ? of(outer) : "") + type.getSimpleName();
    }
}
