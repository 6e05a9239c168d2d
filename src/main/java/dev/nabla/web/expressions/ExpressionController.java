package dev.nabla.web.expressions;

import dev.nabla.documents.Document;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Expressions", description = "The mathematics of a network: outputs, gradients and derivatives of any order")
class ExpressionController {

    private final Expressions expressions;
    private final Evaluations evaluations;

    ExpressionController(Expressions expressions, Evaluations evaluations) {
        this.expressions = expressions;
        this.evaluations = evaluations;
    }

    @PostMapping(path = "/v1/expressions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "printExpressions", summary = "Print equations about a network")
    ExpressionResponse print(@RequestBody Document<ExpressionRequest> request) {
        return expressions.print(request);
    }

    @GetMapping("/v1/networks/{id}/expressions")
    @Operation(operationId = "printExpression", summary = "Print one equation about a stored network; cacheable")
    ResponseEntity<ExpressionResponse> printOne(@PathVariable String id,
            @Parameter(example = "D(z, L1.b)") @RequestParam String equation,
            @Parameter(description = "\"scalar\" if left out.",
                    schema = @Schema(type = "string", allowableValues = {"scalar", "array"}))
            @RequestParam(required = false) @Nullable String form,
            @Parameter(description = "\"latex\" if left out.",
                    schema = @Schema(type = "string", allowableValues = {"latex", "text", "python"}))
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(defaultValue = "false") boolean shareSubexpressions,
            @Parameter(description = "The significant digits of printed numbers that are not whole.",
                    schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "17"))
            @RequestParam(required = false) @Nullable Integer digits) {
        if (digits != null) {
            Problem.unlessBetween("/digits", digits, 1, ExpressionRequest.MOST_DIGITS).ifPresent(problem -> {
                throw new InvalidException(List.of(problem));
            });
        }
        ExpressionResponse response = printOne(new ExpressionRequest(null, id, null, List.of(equation), null, null, form,
                format, shareSubexpressions, digits, false));
        // A network never changes, so its answers differ only between versions of the service.
        return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate()).body(response);
    }

    /** With errors that point at the parameters of the query. */
    private ExpressionResponse printOne(ExpressionRequest request) {
        try {
            return expressions.print(Document.of(request));
        } catch (InvalidException e) {
            throw new InvalidException(e.problems().stream().map(error -> new Problem(
                    error.pointer().equals("/equations/0") ? "/equation" : error.pointer(), error.detail(),
                    error.position())).toList());
        }
    }

    @PostMapping(path = "/v1/evaluations", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "evaluate", summary = "Compute equations about a network at many points")
    EvaluationResponse evaluate(@RequestBody Document<EvaluationRequest> request) {
        return evaluations.evaluate(request);
    }
}
