package dev.nabla.web.models;

import dev.nabla.datasets.files.HeldBytes;
import dev.nabla.datasets.files.NpyArray;
import dev.nabla.datasets.files.NpzArrays;
import dev.nabla.documents.Document;
import dev.nabla.documents.Labels;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.imports.ImportedGraph;
import dev.nabla.imports.ImportedModel;
import dev.nabla.imports.Recognition;
import dev.nabla.imports.StateDictionary;
import dev.nabla.imports.onnx.OnnxReader;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Models;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredModel;
import dev.nabla.web.Query;
import dev.nabla.web.once.Once;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Models that somebody brings. */
@RestController
@RequestMapping("/v1/models/import")
@Tag(name = "Models")
class ImportController {

    /** y = x w of a matrix w; a file of ONNX without a byte that is no character of ASCII. */
    private static final String ONNX_EXAMPLE = "\010\010:d\012\030\012\001x\012\001w\022\001y\032\005layer\042\006MatMul\022\007example*"
            + "\023\010\002\010\001\020\001\042\010\000\000\000?\000\000\000@B\001wZ\024\012\001x\022\017"
            + "\012\015\010\001\022\011\012\003\022\001n\012\002\010\002b\024\012\001y\022\017\012\015"
            + "\010\001\022\011\012\003\022\001n\012\002\010\001B\002\020\021";

    /** What media type there is of NumPy's files of arrays; none is registered. */
    private static final String NPZ = "application/x-npz";

    /** {@code numpy.savez} of a matrix "w.weight"; its characters are bytes. */
    private static final String NPZ_EXAMPLE =
            "PK\003\004\024\000\000\000\000\000\000\000!\000\211\317%\270F\000\000\000F\000\000\000\014\000"
            + "\000\000w.weight.npy\223NUMPY\001\0004\000{'descr':'<f4','fortran_order':False,'shape':(1,2)}"
            + "\012\000\000\000?\000\000\000@PK\001\002\024\003\024\000\000\000\000\000\000\000!\000\211\317%"
            + "\270F\000\000\000F\000\000\000\014\000\000\000\000\000\000\000\000\000\000\000\200\001\000\000"
            + "\000\000w.weight.npyPK\005\006\000\000\000\000\001\000\001\000:\000\000\000p\000\000\000\000"
            + "\000";

    private final Models models;
    private final Networks networks;
    private final JsonMapper json;

    ImportController(Models models, Networks networks, JsonMapper json) {
        this.models = models;
        this.networks = networks;
        this.json = json;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "201")
    @Operation(operationId = "importModel",
            summary = "A model of parameters, or of an exported graph, with its network")
    ResponseEntity<ModelResponse> importJson(@RequestBody Document<ImportRequest> document, Once once) {
        ImportedModel model = document.checked((request, _) -> model(request));
        ImportRequest request = document.valid();
        return once.answer(() -> created(model, Labels.valid(request.name(), request.tags())));
    }

    private ImportedModel model(ImportRequest request) {
        Optional<String> name = Optional.ofNullable(request.name());
        Map<String, Object> parameters = request.parameters();
        Map<String, Object> graph = request.graph();
        if (parameters != null) {
            return within("/parameters", () -> StateDictionary.read(parameters, new StateDictionary.Missing(name,
                    request.inputNames(), request.outputNames(), request.activation(), request.lastActivation())));
        }
        if (graph == null) {
            throw new InvalidException(List.of());
        }
        return Recognition.of(within("/graph", () -> ImportedGraph.read(json.writeValueAsString(graph),
                request.inputNames(),
                request.outputNames())), name);
    }

    private interface Reading<T> {

        T read();
    }

    /** What is wrong with a part, seen from the whole; what is wrong with names is told of the whole itself. */
    private static <T> T within(String pointer, Reading<T> reading) {
        try {
            return reading.read();
        } catch (InvalidException e) {
            throw new InvalidException(e.problems().stream().map(problem ->
                    problem.pointer().matches("/(inputs|outputs|layers|architecture)(/.*)?") ? problem
                    : problem.within(pointer)).toList());
        }
    }

    @PostMapping(path = "/onnx", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ApiResponse(responseCode = "201")
    @Operation(operationId = "importModelFromOnnx", summary = "A model of a file of ONNX, with its network",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
                    content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary"), examples = @ExampleObject(ONNX_EXAMPLE))))
    ResponseEntity<ModelResponse> importOnnx(@Parameter(hidden = true) InputStream file, Query query,
            @ParameterObject ImportParameters parameters, Once once) throws IOException {
        Labels labels = parameters.labels(query);
        query.requireRight();
        byte[] bytes = once.reading(file).readAllBytes();
        Work.hold(Place.HEAP, bytes.length);
        ImportedModel model = Recognition.of(OnnxReader.read(bytes, ImportParameters.orEmpty(parameters.inputs()),
                ImportParameters.orEmpty(parameters.outputs()), ImportParameters.orEmpty(parameters.take())),
                labels.name());
        return once.answer(() -> created(model, labels));
    }

    /** At the path of JSON as well; clients that are generated know one media type of a path. */
    @PostMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Hidden
    ResponseEntity<ModelResponse> importOnnxBesideJson(InputStream file, Query query,
            @ParameterObject ImportParameters parameters, Once once) throws IOException {
        return importOnnx(file, query, parameters, once);
    }

    @PostMapping(path = "/npz", consumes = {NPZ, "application/zip", MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @ApiResponse(responseCode = "201")
    @Operation(operationId = "importModelFromNpz",
            summary = "A model of the weights and biases in a file of NumPy, as PyTorch's state_dict has them",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
                    content = @Content(mediaType = NPZ, schema = @Schema(type = "string", format = "binary"),
                            examples = @ExampleObject(NPZ_EXAMPLE))))
    ResponseEntity<ModelResponse> importNpz(@Parameter(hidden = true) InputStream file, Query query,
            @ParameterObject NpzParameters parameters, Once once) throws IOException {
        Labels labels = parameters.labels(query);
        StateDictionary.Missing missing = parameters.missing(query, labels.name());
        query.requireRight();
        ImportedModel model = StateDictionary.read(lists(NpzArrays.read(HeldBytes.all(once.reading(file)),
                StateDictionary.MOST, StateDictionary.MOST_NUMBERS)), missing);
        return once.answer(() -> created(model, labels));
    }

    @PostMapping(consumes = {NPZ, "application/zip"})
    @Hidden
    ResponseEntity<ModelResponse> importNpzBesideJson(InputStream file, Query query,
            @ParameterObject NpzParameters parameters, Once once) throws IOException {
        return importNpz(file, query, parameters, once);
    }

    private static Map<String, ?> lists(Map<String, NpyArray> arrays) {
        var lists = new LinkedHashMap<String, List<?>>();
        arrays.forEach((name, array) -> lists.put(name, within("/" + Problem.token(name), array::lists)));
        return lists;
    }

    private ResponseEntity<ModelResponse> created(ImportedModel model, Labels labels) {
        StoredModel stored = models.insert(networks.insert(model.definition()), model.parameters(), labels);
        return ResponseEntity.created(URI.create("/v1/models/" + stored.id())).body(ModelResponse.of(stored));
    }
}
