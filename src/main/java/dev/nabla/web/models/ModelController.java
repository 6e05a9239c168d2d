package dev.nabla.web.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Document;
import dev.nabla.documents.LabelPatch;
import dev.nabla.storage.ModelFilter;
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
import dev.nabla.web.expressions.Evaluations;
import dev.nabla.web.expressions.KeptPrograms;
import dev.nabla.web.expressions.PredictionRequest;
import dev.nabla.web.expressions.PredictionResponse;
import dev.nabla.web.limits.AnswersAtOnce;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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
    ModelResponse get(@PathVariable String id) {
        return resource.get(id);
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
    Map<String, Object> parameters(@PathVariable String id, Query query,
            @Parameter(schema = @Schema(allowableValues = {"best", "last"}), description = "\"best\": after the epoch "
                    + "with the lowest loss, that of validation where there is one; \"last\": after the last update. "
                    + "If left out the model's own: with validation the best, without the last.")
            @RequestParam(required = false) @Nullable String which) {
        Optional<Epoch> epoch = query.word("which", which, Epoch.class);
        query.requireRight();
        StoredModel model = resource.require(id);
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

    @PostMapping(path = "/{id}/predictions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "predict", summary = "The outputs of a model at many points")
    PredictionResponse predict(@PathVariable String id, @RequestBody Document<PredictionRequest> request) {
        return Ids.require("model", id, model -> evaluations.predict(model, request));
    }

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
