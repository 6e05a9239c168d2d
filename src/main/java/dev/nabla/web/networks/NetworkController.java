package dev.nabla.web.networks;

import dev.nabla.documents.Document;
import dev.nabla.documents.LabelPatch;
import dev.nabla.network.NetworkDocument;
import dev.nabla.storage.LabelFilter;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredNetwork;
import dev.nabla.web.Deletion;
import dev.nabla.web.IfMatch;
import dev.nabla.web.Labelled;
import dev.nabla.web.PageResponse;
import dev.nabla.web.Paging;
import dev.nabla.web.Query;
import dev.nabla.web.Relabelling;
import dev.nabla.web.Resource;
import dev.nabla.web.limits.AnswersAtOnce;
import dev.nabla.web.once.Once;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
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
@RequestMapping("/v1/networks")
@Tag(name = "Networks", description = "Network definitions")
class NetworkController {

    private final Networks networks;
    private final Resource<StoredNetwork, LabelFilter, NetworkResponse> resource;

    NetworkController(Networks networks) {
        this.networks = networks;
        this.resource = new Resource<>("network", networks, NetworkResponse::of);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "201")
    @Operation(operationId = "createNetwork", summary = "Store a network definition")
    ResponseEntity<NetworkResponse> create(@RequestBody Document<NetworkDocument> document, Once once) {
        NetworkDocument network = document.valid();
        return once.answer(() -> {
            StoredNetwork stored = networks.insert(network.definition(), network.labels().tags());
            return ResponseEntity.created(URI.create("/v1/networks/" + stored.id())).body(NetworkResponse.of(stored));
        });
    }

    @AnswersAtOnce
    @GetMapping("/{id}")
    @Operation(operationId = "getNetwork", summary = "A network definition with its parameters' shapes")
    NetworkResponse get(@PathVariable String id) {
        return resource.get(id);
    }

    @GetMapping
    @Operation(operationId = "listNetworks", summary = "Networks, newest first")
    PageResponse<NetworkResponse> list(Query query, @ParameterObject Paging paging,
            @ParameterObject Labelled labelled) {
        return resource.list(query, paging, labelled.filter(query));
    }

    @Relabelling
    @Operation(operationId = "updateNetwork", summary = "Change the name and the tags of a network")
    NetworkResponse update(@PathVariable String id, @RequestBody Document<LabelPatch> patch, IfMatch ifMatch) {
        return resource.relabel(id, patch, ifMatch);
    }

    @Deletion
    @Operation(operationId = "deleteNetwork", summary = "Delete a network to which no training refers")
    void delete(@PathVariable String id, IfMatch ifMatch) {
        resource.delete(id, ifMatch);
    }
}
