package dev.nabla.web.openapi;

import dev.nabla.documents.Document;
import dev.nabla.web.problems.InferenceError;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * The OpenAPI document, with the examples in {@code openapi/<operationId>-request.json} and {@code -response.json}, and
 * further ones in {@code openapi/<operationId>-request-<name>.json}.
 */
@Configuration
class OpenApiDocument {

    private static final String BEARER = "bearer";

    static {
        SpringDocUtils.getConfig().addResponseWrapperToIgnore(Document.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI().info(new Info().title("Nabla").version("1").description("""
                Symbolic neural networks as a service: networks in, formulas, derivatives and trained parameters out.

                Numbers are IEEE doubles, by one rule in JSON, CSV and equations: what is larger than any double (1e400) or
                so small that only 0 would be left of it (1e-400) is refused, and 0 has no sign (-0.0 is 0). An integer may be
                written as 1.0 or 1e3. A field that is null is one that is left out. Lengths of texts are in code points. Every
                request has a bound on its work, checked as it runs; what takes more is answered with 422."""))
                .servers(List.of(new Server().url("/")))
                .security(List.of(new SecurityRequirement().addList(BEARER)))
                .components(components());
    }

    private static Components components() {
        var schemas = new LinkedHashMap<String, Schema<?>>();
        var shapes = new ShapeSchemas(schemas, new HashMap<>());
        shapes.of(ProblemDocument.class, List.of());
        shapes.of(InferenceError.class, List.of());
        var components = new Components().responses(ProblemResponse.components()).headers(Headers.COMPONENTS)
                .addSecuritySchemes(BEARER, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").description("""
                        A key that an administrator gave out, or a token (JWT) of the issuer that the service trusts. A service \
                        that is open, as it is on the machine of whoever starts it, needs none."""));
        schemas.forEach(components::addSchemas);
        return components;
    }

    @Bean
    GlobalOperationCustomizer examples(JsonMapper mapper) {
        return (operation, handler) -> {
            if (operation.getRequestBody() != null) {
                setExample(operation.getRequestBody().getContent(), operation, "request", mapper);
            }
            operation.getResponses().forEach((status, response) -> {
                if (status.startsWith("2")) {
                    setExample(response.getContent(), operation, "response", mapper);
                }
            });
            List<Class<?>> arguments = List.of(handler.getMethod().getParameterTypes());
            CommonParameters.add(operation, arguments);
            CommonParameters.describe(operation);
            CommonParameters.describeModels(operation, arguments);
            Headers.addTo(operation, handler.hasMethodAnnotation(GetMapping.class));
            ProblemResponse.addTo(operation);
            return operation;
        };
    }

    private static void setExample(@Nullable Content content, Operation operation, String part, JsonMapper mapper) {
        Map<String, Example> examples = examples(operation.getOperationId() + "-" + part, mapper);
        if (content == null || examples.isEmpty()) {
            return;
        }
        content.forEach((type, mediaType) -> {
            if (!type.endsWith("json")) {
                // Of several methods that make one operation, what the first one says as an example is lost.
                if (mediaType.getExample() == null && mediaType.getSchema() != null
                        && "binary".equals(mediaType.getSchema().getFormat())) {
                    mediaType.setExample("(the bytes of the file)");
                }
                return;
            }
            if (examples.size() == 1) {
                mediaType.setExample(examples.values().iterator().next().getValue());
            } else {
                mediaType.setExamples(examples);
            }
        });
    }

    /** By name; the one in {@code <file>.json} is called "example", that in {@code <file>-<name>.json} by its name. */
    private static Map<String, Example> examples(String file, JsonMapper mapper) {
        var examples = new TreeMap<String, Example>();
        try {
            for (Resource json : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:openapi/" + file + "*.json")) {
                String name = String.valueOf(json.getFilename()).replace(".json", "").substring(file.length());
                examples.put(name.isEmpty() ? "example" : name.substring(1),
                        new Example().value(mapper.readValue(json.getContentAsByteArray(), Object.class)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return examples;
    }
}
