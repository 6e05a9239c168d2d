package dev.nabla.web.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.documents.Document;
import dev.nabla.storage.Keys;
import dev.nabla.storage.Owner;
import dev.nabla.storage.StoredKey;
import dev.nabla.web.Ids;
import dev.nabla.web.PageResponse;
import dev.nabla.web.Paging;
import dev.nabla.web.Query;
import dev.nabla.web.once.Once;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/keys")
@Tag(name = "Keys", description = "What its bearers may use the service by; for administrators")
class KeyController {

    private final Keys keys;

    KeyController(Keys keys) {
        this.keys = keys;
    }

    /** A key that was given out. */
    record KeyResponse(UUID id, String owner, boolean admin, Instant createdAt,
            @Schema(description = "What its bearer sends as Authorization: Bearer KEY; in the answer to POST only.",
                    example = "nabla_Uo5Vf3LmRZ2Wc0T3kq7m1w4y8hJb6xQzE9sDnAaGgHh0PpLlKkIiUuYyTtRrEeWw")
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {

        static KeyResponse of(StoredKey stored) {
            return of(stored, null);
        }

        static KeyResponse of(StoredKey stored, @Nullable String key) {
            return new KeyResponse(stored.id(), stored.owner().name(), stored.admin(), stored.createdAt(), key);
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "201")
    @Operation(operationId = "createKey", summary = "Give out a key, which only this answer has",
            description = "An Idempotency-Key has 32 characters or more here.")
    ResponseEntity<KeyResponse> create(@RequestBody Document<KeyRequest> document, Once once) {
        KeyRequest request = document.valid();
        return once.requireUnguessable().answer(() -> {
            AccessKey key = AccessKey.random();
            StoredKey stored = keys.insert(key.id(), new Owner(request.owner()), request.admin(), key.hash());
            return ResponseEntity.created(URI.create("/v1/keys/" + stored.id())).cacheControl(CacheControl.noStore())
                    .body(KeyResponse.of(stored, key.text()));
        });
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getKey", summary = "Whose a key is")
    KeyResponse get(@PathVariable String id) {
        return KeyResponse.of(Ids.require("key", id, keys::find));
    }

    @GetMapping
    @Operation(operationId = "listKeys", summary = "Keys that are valid, newest first")
    PageResponse<KeyResponse> list(Query query, @ParameterObject Paging paging) {
        return PageResponse.of(query, List.of("keys"), paging, keys::list, KeyResponse::of);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteKey", summary = "Revoke a key: it is valid no more, on all replicas")
    void delete(@PathVariable String id) {
        Ids.require("key", id, found -> keys.delete(found) ? Optional.of(found) : Optional.empty());
    }
}
