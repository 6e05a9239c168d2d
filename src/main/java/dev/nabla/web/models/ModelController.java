package dev.nabla.web.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Document;
import dev.nabla.documents.LabelPatch;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.ModelFilter;
import dev.nabla.storage.ModelReference;
import dev.nabla.storage.Models;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredModel;
import dev.nabla.web.Deletion;
import dev.nabla.web.Ids;
import dev.nabla.web.IfMatch;
import dev.nabla.web.Labelled;
import dev.nabla.web.PageResponse;
import dev.nabla.web.Paging;
import dev.nabla.web.Query;
import dev.nabla.web.Relabelling;
import dev.nabla.web.Resource;
import dev.nabla.web.expressions.Columns;
import dev.nabla.web.expressions.Evaluations;
import dev.nabla.web.expressions.KeptPrograms;
import dev.nabla.web.expressions.PredictionRequest;
import dev.nabla.web.expressions.PredictionResponse;
import dev.nabla.web.expressions.Tables;
import dev.nabla.web.limits.AnswersAtOnce;
import dev.nabla.web.problems.NotFoundException;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/models")
@Tag(name = "Models", description = "What trainings leave")
class ModelController {

    private final Models models;
    private final Resource<StoredModel, ModelFilter, ModelResponse> resource;
    private final Networks networks;
    private final Evaluations evaluations;
    private final KeptPrograms programs;

    ModelController(Models models, Networks networks, Evaluations evaluations, KeptPrograms programs) {
        this.models = models;
        this.resource = new Resource<>("model", models, ModelResponse::of);
        this.networks = networks;
        this.evaluations = evaluations;
        this.programs = programs;
    }

    @AnswersAtOnce
    @GetMapping("/{id}")
    @Operation(operationId = "getModel", summary = "A model and its loss over the whole dataset")
    ModelResponse get(@PathVariable ModelReference id) {
        return ModelResponse.of(require(id));
    }

    private StoredModel require(ModelReference reference) {
        return Ids.require(reference, meant -> models.resolve(meant).flatMap(found -> models.find(found.id())));
    }

    @GetMapping
    @Operation(operationId = "listModels", summary = "Models, newest first")
    PageResponse<ModelResponse> list(Query query, @ParameterObject Paging paging,
            @Parameter(description = "Only those of this network.")
            @RequestParam(required = false) @Nullable String networkId,
            @Parameter(description = "Only that of this training.")
            @RequestParam(required = false) @Nullable String trainingId,
            @ParameterObject Labelled labelled) {
        var filter = new ModelFilter(query.id("networkId", networkId), query.id("trainingId", trainingId),
                labelled.filter(query));
        return resource.list(query, paging, filter);
    }

    @GetMapping("/{id}/parameters")
    @Operation(operationId = "getModelParameters", summary = "Parameters in objects by the names of their paths")
    Map<String, Object> parameters(@PathVariable ModelReference id, Query query,
            @Parameter(schema = @Schema(allowableValues = {"best", "last"}), description = "\"best\": after the epoch "
                    + "with the lowest loss, that of validation where there is one; \"last\": after the last update. "
                    + "If left out the model's own: with validation the best, without the last.")
            @RequestParam(required = false) @Nullable String which) {
        Optional<Epoch> epoch = query.word("which", which, Epoch.class);
        query.requireRight();
        StoredModel model = require(id);
        Optional<double[]> parameters = epoch.isEmpty() ? models.parameters(model.id()) : switch (epoch.get()) {
            case BEST -> models.bestParameters(model.id());
            case LAST -> models.lastParameters(model.id());
        };
        return networks.find(model.networkId()).orElseThrow().definition().parameters().nest(parameters.orElseThrow());
    }

    /** After which epoch parameters are those of a model. */
    enum Epoch {
        @JsonProperty("best") BEST,
        @JsonProperty("last") LAST
    }

    @PostMapping(path = "/{id}/predictions", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "predict", summary = "The outputs of a model at many points", description = Tables.DESCRIPTION)
    PredictionResponse predict(@PathVariable ModelReference id, @RequestBody Document<PredictionRequest> request) {
        return Ids.require(id, model -> evaluations.predict(model, request));
    }

    @Hidden
    @PostMapping(path = "/{id}/predictions", consumes = {Tables.CSV, Tables.NPY}, produces = MediaType.APPLICATION_JSON_VALUE)
    PredictionResponse predictTable(@PathVariable ModelReference id, @RequestBody Document<PredictionRequest> table) {
        return predict(id, table);
    }

    @Hidden
    @PostMapping(path = "/{id}/predictions", consumes = {MediaType.APPLICATION_JSON_VALUE, Tables.CSV, Tables.NPY},
            produces = {Tables.CSV, Tables.NPY})
    Columns predictColumns(@PathVariable ModelReference id, @RequestBody Document<PredictionRequest> request) {
        return Ids.require(id, model -> evaluations.predictColumns(model, request));
    }

    @AnswersAtOnce
    @PutMapping("/{id}/aliases/{alias}")
    @Operation(operationId = "setModelAlias", summary = "Call a version of a name by an alias",
            description = "Whichever version of the name was called so before is so no more; of two requests at once the later one "
                    + "counts. The model must have a name, and keeps it as long as it has aliases.")
    ModelResponse setAlias(@PathVariable String id, @Alias @PathVariable String alias, IfMatch ifMatch) {
        requireAlias(alias);
        return ifMatch.change("model", id, models::hold, ModelResponse::of, model -> models.call(model, alias))
                .map(ModelResponse::of).orElseThrow();
    }

    @AnswersAtOnce
    @DeleteMapping("/{id}/aliases/{alias}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteModelAlias", summary = "Take an alias from a version",
            description = "404 where the version is not called so, or not any more.")
    void deleteAlias(@PathVariable String id, @Alias @PathVariable String alias, IfMatch ifMatch) {
        boolean wasCalledSo = ifMatch.change("model", id, models::hold, ModelResponse::of,
                model -> models.callNoMore(model, alias));
        if (!wasCalledSo) {
            throw new NotFoundException("alias of the model", alias);
        }
    }

    private static void requireAlias(String alias) {
        if (!alias.matches(ModelReference.ALIAS)) {
            throw new InvalidException(List.of(Problem.of("/alias", "must be a letter followed by at most 62 letters, digits, - or _, "
                    + "in ASCII, and not latest")));
        }
    }

    /** What an alias in a path is. */
    @Parameter(description = "A letter followed by at most 62 letters, digits, - or _; not latest, which is the highest version.",
            schema = @Schema(type = "string", pattern = ModelReference.ALIAS), example = "champion")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Alias {}

    @Relabelling
    @Operation(operationId = "updateModel", summary = "Change the name and the tags of a model")
    ModelResponse update(@PathVariable String id, @RequestBody Document<LabelPatch> patch, IfMatch ifMatch) {
        return resource.relabel(id, patch, ifMatch);
    }

    @Deletion
    @Operation(operationId = "deleteModel", summary = "Delete a model; its training stays")
    void delete(@PathVariable String id, IfMatch ifMatch) {
        resource.delete(id, ifMatch);
        Ids.parse(id).ifPresent(programs::forget);
    }
}
