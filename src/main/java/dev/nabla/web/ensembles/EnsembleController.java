package dev.nabla.web.ensembles;

import dev.nabla.documents.Document;
import dev.nabla.documents.LabelPatch;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Ensembles;
import dev.nabla.storage.LabelFilter;
import dev.nabla.storage.Models;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredEnsemble;
import dev.nabla.web.Deletion;
import dev.nabla.web.Ids;
import dev.nabla.web.IfMatch;
import dev.nabla.web.Labelled;
import dev.nabla.web.PageResponse;
import dev.nabla.web.Paging;
import dev.nabla.web.Query;
import dev.nabla.web.Relabelling;
import dev.nabla.web.Resource;
import dev.nabla.web.expressions.EnsembleEvaluations;
import dev.nabla.web.expressions.EnsemblePredictionResponse;
import dev.nabla.web.expressions.PredictionRequest;
import dev.nabla.web.limits.AnswersAtOnce;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.once.Once;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ensembles")
@Tag(name = "Ensembles", description = "Models that are asked together: their mean and their spread")
class EnsembleController {

    private final Ensembles ensembles;
    private final Resource<StoredEnsemble, LabelFilter, EnsembleResponse> resource;
    private final Models models;
    private final Networks networks;
    private final Subjects subjects;
    private final EnsembleEvaluations evaluations;

    EnsembleController(Ensembles ensembles, Models models, Networks networks, Subjects subjects,
            EnsembleEvaluations evaluations) {
        this.ensembles = ensembles;
        this.resource = new Resource<>("ensemble", ensembles, EnsembleResponse::of);
        this.models = models;
        this.networks = networks;
        this.subjects = subjects;
        this.evaluations = evaluations;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "201", description = "It is stored")
    @Operation(operationId = "createEnsemble", summary = "Put models together",
            description = "The models cannot be deleted before the ensemble. It can be asked for its outputs, and by "
                    + "its ensembleId for every equation of /v1/evaluations.")
    ResponseEntity<EnsembleResponse> create(@RequestBody Document<EnsembleRequest> document, Once once) {
        return once.answer(() -> {
            EnsembleRequest request = document.checked((given, errors) -> {
                requireAlike(given, errors);
                return given;
            });
            EnsembleResponse response = EnsembleResponse.of(ensembles.insert(request.labels(), request.modelIds()));
            return ResponseEntity.created(URI.create("/v1/ensembles/" + response.id())).body(response);
        });
    }

    private void requireAlike(EnsembleRequest request, List<Problem> errors) {
        List<Optional<NetworkDefinition>> found = new ArrayList<>();
        for (int i = 0; i < request.modelIds().size(); i++) {
            found.add(Ids.find("model", request.modelIds().get(i), "/modelIds/" + i, errors, models::find)
                    .flatMap(model -> networks.find(model.networkId())).map(network -> network.definition()));
        }
        Optional<NetworkDefinition> first = found.stream().flatMap(Optional::stream).findFirst();
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).isPresent() && !ColumnOrder.isSame(first.orElseThrow(), found.get(i).get())) {
                errors.add(Problem.of("/modelIds/" + i, "must be a model of a network with the same inputs and "
                        + "outputs at the same places as that of the first, which are " + places(first.get())
                        + "; its network has " + places(found.get(i).get())));
            }
        }
    }

    private static String places(NetworkDefinition network) {
        return abbreviated(network.inputs()) + " and " + abbreviated(network.outputs());
    }

    private static String abbreviated(List<String> names) {
        int most = 8;
        return String.join(", ", names.subList(0, Math.min(most, names.size()))) + (names.size() > most ? ", …" : "");
    }

    @AnswersAtOnce
    @GetMapping("/{id}")
    @Operation(operationId = "getEnsemble", summary = "The models of an ensemble")
    EnsembleResponse get(@PathVariable String id) {
        return resource.get(id);
    }

    @GetMapping
    @Operation(operationId = "listEnsembles", summary = "Ensembles, newest first")
    PageResponse<EnsembleResponse> list(Query query, @ParameterObject Paging paging,
            @ParameterObject Labelled labelled) {
        return resource.list(query, paging, labelled.filter(query));
    }

    @PostMapping(path = "/{id}/predictions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "predictByEnsemble", summary = "Mean and standard deviation of the outputs of the models "
            + "at many points")
    EnsemblePredictionResponse predict(@PathVariable String id, @RequestBody Document<PredictionRequest> request) {
        return evaluations.predict(Ids.require("ensemble", id, subjects::ensemble), request);
    }

    @Relabelling
    @Operation(operationId = "updateEnsemble", summary = "Change the name and the tags of an ensemble")
    EnsembleResponse update(@PathVariable String id, @RequestBody Document<LabelPatch> patch, IfMatch ifMatch) {
        return resource.relabel(id, patch, ifMatch);
    }

    @Deletion
    @Operation(operationId = "deleteEnsemble", summary = "Delete an ensemble; its models stay")
    void delete(@PathVariable String id, IfMatch ifMatch) {
        resource.delete(id, ifMatch);
    }
}
