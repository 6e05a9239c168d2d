package dev.nabla.web.expressions;

import dev.nabla.documents.Document;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.storage.ModelReference;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredNetwork;
import dev.nabla.web.Ids;
import dev.nabla.web.Query;
import dev.nabla.web.problems.NotFoundException;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    private static final String EVALUATIONS = "/v1/evaluations";

    private final Networks networks;
    private final Expressions expressions;
    private final Evaluations evaluations;
    private final EnsembleEvaluations ensembles;

    ExpressionController(Networks networks, Expressions expressions, Evaluations evaluations,
            EnsembleEvaluations ensembles) {
        this.networks = networks;
        this.expressions = expressions;
        this.evaluations = evaluations;
        this.ensembles = ensembles;
    }

    @PostMapping(path = "/v1/expressions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "printExpressions", summary = "Print equations about a network")
    ExpressionResponse print(@RequestBody Document<ExpressionRequest> request) {
        return expressions.print(request);
    }

    @GetMapping("/v1/networks/{id}/expressions")
    @Operation(operationId = "printExpression", summary = "Print one equation about a stored network; cacheable")
    ResponseEntity<ExpressionResponse> printOne(@PathVariable String id, Query query,
            @Parameter(example = "D(z, L1.b)", required = true)
            @RequestParam(required = false) @Nullable String equation,
            @Parameter(description = "\"scalar\" if left out.",
                    schema = @Schema(type = "string", allowableValues = {"scalar", "array"}))
            @RequestParam(required = false) @Nullable String form,
            @Parameter(description = "\"latex\" if left out.",
                    schema = @Schema(type = "string", allowableValues = {"latex", "text", "python"}))
            @RequestParam(required = false) @Nullable String format,
            @Parameter(schema = @Schema(type = "boolean", defaultValue = "false"))
            @RequestParam(required = false) @Nullable String shareSubexpressions,
            @Parameter(description = "The significant digits of printed numbers that are not whole; 17, which leaves them as they "
                    + "are, if left out.", schema = @Schema(type = "integer", format = "int32", minimum = "1",
                    maximum = "" + ExpressionRequest.MOST_DIGITS))
            @RequestParam(required = false) @Nullable String digits) {
        Optional<String> text = query.required("equation", equation);
        var style = new Expressions.Style(query.word("form", form, Form.class).orElse(Form.SCALAR),
                query.word("format", format, Format.class).orElse(Format.LATEX),
                query.flag("shareSubexpressions", shareSubexpressions),
                query.integer("digits", digits, ExpressionRequest.MOST_DIGITS, 1, ExpressionRequest.MOST_DIGITS));
        Optional<StoredNetwork> network = Ids.parse(id).flatMap(networks::find);
        if (network.isEmpty()) {
            query.requireRight();
        }
        ExpressionResponse response = expressions.print(network.orElseThrow(() -> new NotFoundException("network", id))
                .definition(), text, style, query);
        // A network never changes, so its answers differ only between versions of the service.
        return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate()).body(response);
    }

    @PostMapping(path = EVALUATIONS, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "evaluate", summary = "Compute equations about a network at many points",
            description = Tables.DESCRIPTION + " A body that is not JSON has the points alone: ?modelId= and ?equation= say the rest. An "
                    + "array of NumPy is of one equation.")
    EvaluationResponse evaluate(@RequestBody Document<EvaluationRequest> request) {
        boolean isOfEnsemble = request.value().filter(asked -> asked.ensembleId() != null).isPresent();
        return isOfEnsemble ? ensembles.evaluate(request) : evaluations.evaluate(request);
    }

    @Hidden
    @PostMapping(path = EVALUATIONS, consumes = {Tables.CSV, Tables.NPY}, produces = MediaType.APPLICATION_JSON_VALUE)
    EvaluationResponse evaluateTable(Query query, @RequestParam(required = false) @Nullable String modelId,
            @RequestParam(required = false) @Nullable String equation, @RequestBody Document<PredictionRequest> table) {
        return evaluations.evaluate(request(query, modelId, equation, table));
    }

    @Hidden
    @PostMapping(path = EVALUATIONS, consumes = {Tables.CSV, Tables.NPY}, produces = {Tables.CSV, Tables.NPY})
    Columns evaluateTableToColumns(Query query, @RequestParam(required = false) @Nullable String modelId,
            @RequestParam(required = false) @Nullable String equation, @RequestBody Document<PredictionRequest> table) {
        return evaluations.columns(request(query, modelId, equation, table));
    }

    @Hidden
    @PostMapping(path = EVALUATIONS, consumes = MediaType.APPLICATION_JSON_VALUE, produces = {Tables.CSV, Tables.NPY})
    Columns evaluateToColumns(@RequestBody Document<EvaluationRequest> request) {
        return evaluations.columns(request);
    }

    private static Document<EvaluationRequest> request(Query query, @Nullable String modelId, @Nullable String equation,
            Document<PredictionRequest> table) {
        Optional<String> model = query.required("modelId", modelId);
        Optional<String> text = query.required("equation", equation);
        query.requireRight();
        PredictionRequest points = table.valid();
        return Document.of(new EvaluationRequest(null, null, new ModelReference(model.orElseThrow()), null,
                List.of(text.orElseThrow()), null, points.inputs(), points.inputNames(), points.undefined()), List.of());
    }
}
