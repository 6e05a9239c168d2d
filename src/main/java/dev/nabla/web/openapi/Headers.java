package dev.nabla.web.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;

/** The headers of requests and answers: which operation has which is said here. */
final class Headers {

    static final Map<String, Header> COMPONENTS = Map.of(
            "Location", header("Where the resource is that was made.", "string", "uri-reference"),
            "ETag", header("A strong tag of the very bytes (RFC 9110, section 8.8.3); send it as If-None-Match.", "string", ""),
            "Cache-Control", header("How long the answer may be kept (RFC 9111).", "string", ""),
            "Preference-Applied", header("What was understood of Prefer (RFC 7240); left out where that is nothing.",
                    "string", ""),
            "WWW-Authenticate", header("What is missing or wrong (RFC 6750).", "string", ""),
            "Retry-After", header("In so many seconds it is worth while to ask again.", "integer", ""));

    private Headers() {}

    private static Header header(String description, String type, String format) {
        var schema = new JsonSchema().typesItem(type);
        schema.setFormat(format.isEmpty() ? null : format);
        return new Header().description(description).schema(schema);
    }

    /** @param isGet whether the operation is a GET, whose answers are tagged unless they are streams of events */
    static void addTo(Operation operation, boolean isGet) {
        boolean prefers = operation.getParameters() != null && operation.getParameters().stream()
                .anyMatch(parameter -> "Prefer".equals(parameter.getName()));
        operation.getResponses().forEach((status, response) -> {
            if (status.equals("201") || status.equals("202") || prefers) {
                add(response, "Location");
            }
            if (prefers) {
                add(response, "Preference-Applied");
            }
            if (status.equals("201") && operation.getTags().contains("Keys")) {
                add(response, "Cache-Control");
            }
            if (status.equals("202")) {
                add(response, "Retry-After");
            }
        });
        ApiResponse answer = operation.getResponses().get("200");
        // Of two methods that make one operation, one media type each, the second finds what the first has added.
        if (isGet && !operation.getResponses().containsKey("304") && answer != null && answer.getContent() != null
                && !answer.getContent().containsKey("text/event-stream")) {
            addTags(operation, answer);
        }
    }

    private static void addTags(Operation operation, ApiResponse answer) {
        operation.addParametersItem(new HeaderParameter().name("If-None-Match").required(false)
                .description("The ETag of an answer that is known already; if it still holds, the answer is 304.")
                .schema(new JsonSchema().typesItem("string")));
        var unchanged = new ApiResponse().description("The answer is the one that has the ETag of If-None-Match.");
        operation.getResponses().addApiResponse("304", unchanged);
        for (ApiResponse response : new ApiResponse[] {answer, unchanged}) {
            add(response, "ETag");
            add(response, "Cache-Control");
        }
    }

    static void add(ApiResponse response, String name) {
        response.addHeaderObject(name, new Header().$ref(name));
    }
}
