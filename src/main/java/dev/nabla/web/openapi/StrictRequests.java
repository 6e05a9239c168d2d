package dev.nabla.web.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Says of every object in requests that it has no other fields, since such requests are refused. */
@Component
final class StrictRequests implements OpenApiCustomizer {

    private static final String REFERENCE = Components.COMPONENTS_SCHEMAS_REF;

    @Override
    public void customise(OpenAPI document) {
        Map<String, Schema<?>> schemas = new HashMap<>();
        document.getComponents().getSchemas().forEach(schemas::put);
        Set<String> seen = new HashSet<>();
        document.getPaths().values().stream().flatMap(path -> path.readOperations().stream())
                .map(Operation::getRequestBody).filter(Objects::nonNull)
                .flatMap(body -> body.getContent().values().stream())
                .forEach(media -> close(media.getSchema(), schemas, seen));
    }

    private static void close(Schema<?> schema, Map<String, Schema<?>> schemas, Set<String> seen) {
        if (schema.get$ref() != null) {
            String name = schema.get$ref().substring(REFERENCE.length());
            if (seen.add(name)) {
                close(Objects.requireNonNull(schemas.get(name)), schemas, seen);
            }
            return;
        }
        if (schema.getProperties() != null) {
            schema.setAdditionalProperties(false);
        }
        parts(schema).forEach(part -> close(part, schemas, seen));
    }

    private static Stream<Schema<?>> parts(Schema<?> schema) {
        Stream<Schema<?>> several = Stream.of(Optional.ofNullable(schema.getProperties()).map(Map::values),
                Optional.ofNullable(schema.getOneOf()))
                .flatMap(Optional::stream).flatMap(Collection::stream).map(part -> (Schema<?>) part);
        Stream<Schema<?>> single = Stream.of(schema.getItems(), schema.getAdditionalProperties(), schema.getThen(), schema.getElse())
                .filter(Schema.class::isInstance).map(part -> (Schema<?>) part);
        return Stream.concat(several, single);
    }
}
