package dev.nabla.web.openapi;

import dev.nabla.web.once.Once;
import dev.nabla.web.problems.InferenceError;
import dev.nabla.web.problems.ProblemKind;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/** What an operation answers when it cannot do what was asked for, by the reason. */
enum ProblemResponse {

    MALFORMED("Malformed", ProblemKind.MALFORMED_REQUEST, "The body is no JSON, or the query no UTF-8.",
            "line 1, column 9: ends before the JSON does"),
    UNAUTHENTICATED("Unauthenticated", ProblemKind.UNAUTHENTICATED, "The service asks for a key or a token, and got no valid one.",
            "a request needs a key or a token: Authorization: Bearer KEY"),
    NOT_ALLOWED("NotAllowed", ProblemKind.NOT_ALLOWED, "Only an administrator may do this.",
            "only an administrator may do this"),
    NOT_FOUND("NotFound", ProblemKind.NOT_FOUND, "Nothing has this id, or an id in the body.",
            "there is no network '13f9547e-7295-4a9a-8c5e-022531cb4d83'"),
    CONFLICT("Conflict", ProblemKind.CONFLICT, "What there is does not allow it now.",
            "the training is finished already"),
    PRECONDITION_FAILED("PreconditionFailed", ProblemKind.PRECONDITION_FAILED, "It has not (any more) the ETag of If-Match.",
            "the network is not (any more) what has the ETag of If-Match"),
    TOO_LARGE("TooLarge", ProblemKind.BODY_TOO_LARGE, "The body is larger than the service accepts.",
            "the body is larger than 64 MB"),
    UNSUPPORTED("UnsupportedMediaType", ProblemKind.UNSUPPORTED_MEDIA_TYPE, "The body is of another media type.",
            "Content-Type 'text/plain' is not supported."),
    INVALID("Invalid", ProblemKind.INVALID_REQUEST,
            "The request is understood but invalid, or larger than a limit: everything that is wrong, with pointers.",
            "the request has an error"),
    TOO_MANY("TooManyRequests", ProblemKind.TOO_MANY_REQUESTS, "More requests came with this key than may in a minute.",
            "this key may send 600 requests a minute (nabla.access.requests-per-minute)"),
    BUSY("Busy", ProblemKind.QUEUE_FULL,
            "The service or its database has too much to do or is away; later it may accept the same request.",
            "1000 trainings wait already");

    private static final String INFERENCE_FAILED = "InferenceFailed";
    static final String MEDIA_TYPE = "application/problem+json";
    private static final Set<String> CHANGING = Set.of("deleteNetwork", "deleteDataset", "deleteTraining", "cancelTraining",
            "pauseTraining", "resumeTraining", "deleteModel", "setModelAlias", "updateModel", "deleteSweep", "cancelSweep");

    private final String component;
    private final ProblemKind kind;
    private final String description;
    private final String detail;

    ProblemResponse(String component, ProblemKind kind, String description, String detail) {
        this.component = component;
        this.kind = kind;
        this.description = description;
        this.detail = detail;
    }

    /** All of them, as components of the document. */
    static Map<String, ApiResponse> components() {
        var components = new LinkedHashMap<String, ApiResponse>();
        Arrays.stream(values()).forEach(problem -> components.put(problem.component, problem.response()));
        components.put(INFERENCE_FAILED, new ApiResponse().description("What is wrong, as the Open Inference Protocol tells it")
                .content(new Content().addMediaType("application/json",
                        new MediaType().schema(new JsonSchema().$ref(InferenceError.class.getSimpleName())))));
        components.put("Problem", new ApiResponse().description("Any other problem (RFC 9457)")
                .content(new Content().addMediaType(MEDIA_TYPE, problem())));
        return components;
    }

    /** Adds to an operation those that it may answer. */
    static void addTo(Operation operation) {
        boolean isInference = operation.getTags().contains("Inference");
        Arrays.stream(values()).filter(problem -> problem.isOf(operation)).forEach(problem -> operation.getResponses()
                .addApiResponse(String.valueOf(isInference && problem == INVALID ? MALFORMED.status() : problem.status()),
                        new ApiResponse().$ref(isInference ? INFERENCE_FAILED : problem.component)));
        operation.getResponses().addApiResponse("default", new ApiResponse().$ref(isInference ? INFERENCE_FAILED : "Problem"));
    }

    private int status() {
        return kind.status().value();
    }

    private boolean isOf(Operation operation) {
        boolean hasBody = operation.getRequestBody() != null;
        boolean hasJson = hasBody && operation.getRequestBody().getContent().containsKey("application/json");
        boolean hasQuery = has(operation, "query");
        return switch (this) {
            case MALFORMED -> hasJson || hasQuery;
            case UNAUTHENTICATED, TOO_MANY -> true;
            case NOT_ALLOWED -> operation.getTags().contains("Keys");
            case PRECONDITION_FAILED -> has(operation, HttpHeaders.IF_MATCH, "header");
            case NOT_FOUND -> has(operation, "path") || hasJson;
            case CONFLICT -> CHANGING.contains(operation.getOperationId()) || has(operation, Once.HEADER, "header");
            case TOO_LARGE, UNSUPPORTED -> hasBody;
            case INVALID -> hasBody || hasQuery;
            case BUSY -> true;
        };
    }

    private static boolean has(Operation operation, String name, String in) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .anyMatch(parameter -> in.equals(parameter.getIn()) && name.equals(parameter.getName()));
    }

    private static boolean has(Operation operation, String in) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .anyMatch(parameter -> in.equals(parameter.getIn()));
    }

    private ApiResponse response() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", kind.type().toString());
        example.put("title", kind.title());
        example.put("status", kind.status().value());
        example.put("detail", detail);
        example.put("instance", "/v1/networks");
        if (this == INVALID) {
            example.put("errors", List.of(Map.of("pointer", "/layers/0/units", "detail",
                    "must be between 1 and 4096, was 0")));
        }
        ApiResponse response = new ApiResponse().description(description)
                .content(new Content().addMediaType(MEDIA_TYPE, problem().example(example)));
        if (this == BUSY || this == TOO_MANY) {
            Headers.add(response, HttpHeaders.RETRY_AFTER);
        }
        if (this == UNAUTHENTICATED || this == NOT_ALLOWED) {
            Headers.add(response, HttpHeaders.WWW_AUTHENTICATE);
        }
        return response;
    }

    private static MediaType problem() {
        return new MediaType().schema(new JsonSchema().$ref(ProblemDocument.class.getSimpleName()));
    }
}
