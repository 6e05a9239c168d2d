package dev.nabla.web.inference;

import dev.nabla.documents.Document;
import dev.nabla.storage.ModelReference;
import dev.nabla.storage.Models;
import dev.nabla.storage.Networks;
import dev.nabla.web.Ids;
import dev.nabla.web.limits.AnswersAtOnce;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/v2")
@Tag(name = "Inference", description = "The Open Inference Protocol, version 2: models asked as other servers of models are")
class InferenceController {

    private static final String BYTES = "With the header Inference-Header-Content-Length, the number of bytes that the JSON has, the "
            + "numbers of tensors with a binary_data_size stand behind the JSON, little-endian, in the order of the tensors. "
            + "The answer is so where binary outputs are asked for, with the same header.";

    private final Models models;
    private final Networks networks;
    private final Inference inference;
    private final HealthEndpoint health;
    private final String version;
    private final JsonMapper mapper;

    InferenceController(Models models, Networks networks, Inference inference, HealthEndpoint health,
            ObjectProvider<BuildProperties> build, JsonMapper mapper) {
        this.models = models;
        this.networks = networks;
        this.inference = inference;
        this.health = health;
        this.version = Optional.ofNullable(build.getIfAvailable()).map(BuildProperties::getVersion).orElse("unknown");
        this.mapper = mapper;
    }

    /** What serves the models. */
    record ServerMetadata(@Schema(example = "nabla") String name, @Schema(example = "0.1.0") String version,
            @Schema(description = "What of the protocol's extensions there is.", example = "[\"binary_tensor_data\"]")
            List<String> extensions) {}

    /** Whether the service lives. */
    record ServerLive(boolean live) {}

    /** Whether the service answers. */
    record ServerReady(boolean ready) {}

    /** Whether a model answers. */
    record ModelReady(@Schema(description = "What the request calls the model.", example = "bell@champion")
            String name, boolean ready) {}

    @AnswersAtOnce
    @GetMapping
    @Operation(operationId = "getInferenceServer", summary = "Name, version and extensions of the server")
    ServerMetadata server() {
        return new ServerMetadata("nabla", version, List.of("binary_tensor_data"));
    }

    /** As the document of the protocol has it. */
    @AnswersAtOnce
    @GetMapping("/")
    @Hidden
    ServerMetadata serverBehindSlash() {
        return server();
    }

    @AnswersAtOnce
    @GetMapping("/health/live")
    @Operation(operationId = "getInferenceServerLive", summary = "Whether the server lives; 503 where it does not")
    ResponseEntity<ServerLive> live() {
        boolean isLive = isUp("liveness");
        return ResponseEntity.status(status(isLive)).body(new ServerLive(isLive));
    }

    @AnswersAtOnce
    @GetMapping("/health/ready")
    @Operation(operationId = "getInferenceServerReady", summary = "Whether the server answers requests; 503 where it does not")
    ResponseEntity<ServerReady> ready() {
        boolean isReady = isUp("readiness");
        return ResponseEntity.status(status(isReady)).body(new ServerReady(isReady));
    }

    private boolean isUp(String group) {
        HealthDescriptor descriptor = health.healthForPath(group);
        return descriptor != null && descriptor.getStatus().equals(Status.UP);
    }

    private static HttpStatus status(boolean isUp) {
        return isUp ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
    }

    @AnswersAtOnce
    @GetMapping("/models/{id}")
    @Operation(operationId = "getInferenceModel", summary = "The tensors that a model takes and gives")
    ModelMetadata metadata(@PathVariable ModelReference id) {
        return metadata(id, id);
    }

    @AnswersAtOnce
    @GetMapping("/models/{id}/versions/{version}")
    @Operation(operationId = "getInferenceModelVersion", summary = "The tensors that a version of a model takes and gives")
    ModelMetadata metadata(@PathVariable ModelReference id, @Version @PathVariable String version) {
        return metadata(id, id.at(version));
    }

    private ModelMetadata metadata(ModelReference name, ModelReference reference) {
        return Ids.require(reference, meant -> models.resolve(meant).flatMap(found -> models.find(found.id())
                .flatMap(model -> networks.find(model.networkId()))
                .map(network -> ModelMetadata.of(name.text(), models.versions(found), network.definition()))));
    }

    @AnswersAtOnce
    @GetMapping("/models/{id}/ready")
    @Operation(operationId = "getInferenceModelReady", summary = "Whether a model answers, as all do that there are")
    ModelReady modelReady(@PathVariable ModelReference id) {
        return modelReady(id, id);
    }

    @AnswersAtOnce
    @GetMapping("/models/{id}/versions/{version}/ready")
    @Operation(operationId = "getInferenceModelVersionReady", summary = "Whether a version of a model answers, as all do that there are")
    ModelReady modelReady(@PathVariable ModelReference id, @Version @PathVariable String version) {
        return modelReady(id, id.at(version));
    }

    private ModelReady modelReady(ModelReference name, ModelReference reference) {
        return Ids.require(reference, meant -> models.resolve(meant).map(_ -> new ModelReady(name.text(), true)));
    }

    @PostMapping(path = "/models/{id}/infer", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "infer", summary = "The outputs of a model, or any equations about it, at many points",
            description = BYTES)
    ResponseEntity<InferenceResponse> infer(@PathVariable ModelReference id, @RequestBody Document<InferenceRequest> request,
            @Parameter(hidden = true) InputStream rest, HttpServletResponse response) throws IOException {
        return inference.infer(id.text(), id, request, rest, false).write(response, mapper);
    }

    @PostMapping(path = "/models/{id}/versions/{version}/infer", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "inferByVersion", summary = "The same of a version of a model", description = BYTES)
    ResponseEntity<InferenceResponse> infer(@PathVariable ModelReference id, @Version @PathVariable String version,
            @RequestBody Document<InferenceRequest> request, @Parameter(hidden = true) InputStream rest,
            HttpServletResponse response) throws IOException {
        return inference.infer(id.text(), id.at(version), request, rest, false).write(response, mapper);
    }

    @Hidden
    @PostMapping(path = "/models/{id}/infer", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    void inferBytes(@PathVariable ModelReference id, @RequestBody Document<InferenceRequest> request, InputStream rest,
            HttpServletResponse response) throws IOException {
        inference.infer(id.text(), id, request, rest, true).write(response, mapper);
    }

    @Hidden
    @PostMapping(path = "/models/{id}/versions/{version}/infer", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    void inferBytes(@PathVariable ModelReference id, @PathVariable String version, @RequestBody Document<InferenceRequest> request,
            InputStream rest, HttpServletResponse response) throws IOException {
        inference.infer(id.text(), id.at(version), request, rest, true).write(response, mapper);
    }

    /** What a version in a path is. */
    @Parameter(description = "The number of a version, an alias, or latest.", schema = @Schema(type = "string"), example = "latest")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Version {}
}
