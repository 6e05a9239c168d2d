package dev.nabla.web.networks;

import dev.nabla.web.limits.AnswersAtOnce;
import java.util.List;
import dev.nabla.documents.Document;
import dev.nabla.documents.LabelPatch;
import dev.nabla.network.NetworkDocument;
import dev.nabla.storage.LabelFilter;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredNetwork;
import dev.nabla.web.Ids;
import dev.nabla.web.IfMatch;
import dev.nabla.web.PageResponse;
import dev.nabla.web.Query;
import dev.nabla.web.once.Once;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/networks")
@Tag(name = "Networks", description = "Network definitions")
class NetworkController {

    private final Networks networks;

    NetworkController(Networks networks) {
        this.networks = networks;
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
        return NetworkResponse.of(Ids.require("network", id, networks::find));
    }

    @GetMapping
    @Operation(operationId = "listNetworks", summary = "Networks, newest first")
    PageResponse<NetworkResponse> list(Query query, @RequestParam(required = false) @Nullable String pageSize,
            @RequestParam(required = false) @Nullable String pageToken,
            @Parameter(description = Query.NAME) @RequestParam(required = false) @Nullable String name,
            @Parameter(description = Query.TAG) @RequestParam(required = false) @Nullable String tag) {
        LabelFilter filter = query.labels(name, tag);
        return PageResponse.of(query, List.of("networks", filter), pageSize, pageToken,
                (after, size) -> networks.list(filter, after, size), NetworkResponse::of);
    }

    @AnswersAtOnce
    @PatchMapping(path = "/{id}", consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
    @Operation(operationId = "updateNetwork", summary = "Change the name and the tags of a network")
    NetworkResponse update(@PathVariable String id, @RequestBody Document<LabelPatch> patch, IfMatch ifMatch) {
        return NetworkResponse.of(ifMatch.change("network", id, networks::hold, NetworkResponse::of, found -> networks.relabel(found, patch.valid()::of))
                .orElseThrow());
    }

    @AnswersAtOnce
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteNetwork", summary = "Delete a network to which no training refers")
    void delete(@PathVariable String id, IfMatch ifMatch) {
        ifMatch.change("network", id, networks::hold, NetworkResponse::of, networks::delete);
    }
}
