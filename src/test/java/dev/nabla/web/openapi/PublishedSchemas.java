package dev.nabla.web.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether values fit the schemas of an OpenAPI document, by a validator that is not ours. */
public final class PublishedSchemas {

    private static final String DOCUMENT = "urn:document";

    private final SchemaRegistry registry;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    public PublishedSchemas(JsonNode document) {
        registry = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31(),
                builder -> builder.schemas(Map.of(DOCUMENT, document.toString())));
    }

    /** What the schema of a class is called. */
    public static String name(Class<?> type) {
        return ComponentNames.of(type);
    }

    /** What is wrong with a value, seen by a schema of the document, which may refer to components. */
    public List<String> errors(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::referring).validate(value, context -> context.executionConfig(
                config -> config.formatAssertionsEnabled(true))).stream().map(Error::toString).toList();
    }

    private Schema referring(JsonNode schema) {
        return registry.getSchema(JsonMapper.shared().readTree(schema.toString().replace("\"#/components/",
                "\"" + DOCUMENT + "#/components/")));
    }
}
