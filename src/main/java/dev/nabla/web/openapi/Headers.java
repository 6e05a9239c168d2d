package dev.nabla.web.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.Set;

/** The headers of requests and answers: which operation has which is said here. */
final class Headers {

    static final Map<String, Header> COMPONENTS = Map.of(
            "Location", header("Where the resource is that was made.", "uri-reference"),
            "ETag", header("Changes when the answer does (RFC 9110, section 8.8.3); send it as If-None-Match.", null),
            "Cache-Control", header("How long the answer may be kept (RFC 9111).", null));

    private static final Set<String> CACHEABLE = Set.of("printExpression");

    private Headers() {}

    private static Header header(String description, String format) {
        var schema = new JsonSchema().typesItem("string");
        schema.setFormat(format);
        return new Header().description(description).schema(schema);
    }

    static void addTo(Operation operation) {
        operation.getResponses().forEach((status, response) -> {
            if (status.equals("201") || operation.getOperationId().equals("createTraining") && status.startsWith("20")) {
                add(response, "Location");
            }
        });
        if (CACHEABLE.contains(operation.getOperationId())) {
            operation.addParametersItem(new HeaderParameter().name("If-None-Match").required(false)
                    .description("The ETag of an answer that is known already; if it still holds, the answer is 304.")
                    .schema(new JsonSchema().typesItem("string")));
            var unchanged = new ApiResponse().description("The answer is the one that has the ETag of If-None-Match.");
            operation.getResponses().addApiResponse("304", unchanged);
            for (ApiResponse response : new ApiResponse[] {operation.getResponses().get("200"), unchanged}) {
                add(response, "ETag");
                add(response, "Cache-Control");
            }
        }
    }

    private static void add(ApiResponse response, String name) {
        response.addHeaderObject(name, new Header().$ref(name));
    }
}
