package dev.nabla.web.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an error looks like. */
@Schema(description = "A problem (RFC 9457).")
record ProblemDocument(
        @Schema(format = "uri-reference", example = "/problems/invalid-request") String type,
        @Schema(example = "Invalid request") String title,
        @Schema(example = "422") int status,
        @Schema(example = "the request has an error") String detail,
        @Schema(example = "/v1/networks", format = "uri-reference") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String instance,
        @Schema(description = "What is wrong with an invalid request.") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<Problem> errors) {}
