package dev.nabla.web.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hands the service's own shapes, which springdoc comes upon in controllers, to {@link ShapeSchemas}. */
@Component
final class ShapeConverter implements ModelConverter {

    private final Map<String, Class<?>> owners = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Schema resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType shape = Json31.mapper().constructType(type.getType());
        if (!ComponentNames.isShape(shape.getRawClass())) {
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        }
        var components = new LinkedHashMap<String, Schema<?>>();
        List<Class<?>> arguments = shape.getBindings().getTypeParameters().stream()
                .<Class<?>>map(JavaType::getRawClass).toList();
        Schema<?> schema = new ShapeSchemas(components, owners).of(shape.getRawClass(), arguments);
        components.forEach(context::defineModel);
        return schema;
    }
}
