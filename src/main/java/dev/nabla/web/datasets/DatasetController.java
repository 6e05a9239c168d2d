package dev.nabla.web.datasets;

import dev.nabla.datasets.DatasetRequest;
import dev.nabla.datasets.Samples;
import dev.nabla.datasets.files.CsvSamples;
import dev.nabla.datasets.files.CsvSyntax;
import dev.nabla.datasets.files.SourceColumn;
import dev.nabla.datasets.files.Table;
import dev.nabla.datasets.files.TableReading;
import dev.nabla.documents.Document;
import dev.nabla.documents.LabelPatch;
import dev.nabla.documents.Labels;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.LabelFilter;
import dev.nabla.storage.StoredDataset;
import dev.nabla.web.Deletion;
import dev.nabla.web.Ids;
import dev.nabla.web.IfMatch;
import dev.nabla.web.Labelled;
import dev.nabla.web.PageResponse;
import dev.nabla.web.Paging;
import dev.nabla.web.Query;
import dev.nabla.web.Relabelling;
import dev.nabla.web.Resource;
import dev.nabla.web.limits.AnswersAtOnce;
import dev.nabla.web.once.Once;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

@RestController
@RequestMapping("/v1/datasets")
@Tag(name = "Datasets", description = "Inputs and targets to train on")
class DatasetController {

    private static final String CSV = "text/csv";
    private static final String CSV_OF_UTF_8 = CSV + ";charset=UTF-8";
    private static final String ROWS = "x,y,z\n0,0,1\n1,0,0.5\n";
    private static final String TABLE = """
            MPG.city;"Horse power [kW]";origin
            11,2;97;usa
            10,5;?;usa
            14,9;66;japan
            """;

    private final Datasets datasets;
    private final Resource<StoredDataset, LabelFilter, DatasetResponse> resource;
    private final DatasetReader reader;

    DatasetController(Datasets datasets, DatasetReader reader) {
        this.datasets = datasets;
        this.resource = new Resource<>("dataset", datasets, DatasetResponse::of);
        this.reader = reader;
    }

    /** A stored dataset without its rows. */
    record DatasetResponse(UUID id, @Nullable String name,
            @Schema(description = "In alphabetical order.") List<String> tags, int samples, int inputDimension,
            int targetDimension, List<String> inputNames, List<String> targetNames,
            @Schema(description = "Of a dataset that came as CSV, where its inputs and then its targets come from; "
                    + "else empty.")
            List<SourceColumn> columns,
            @Schema(description = "How many rows of a CSV were left out, as values were missing.") int droppedRows,
            Instant createdAt) {

        static DatasetResponse of(StoredDataset dataset) {
            return new DatasetResponse(dataset.id(), dataset.labels().name().orElse(null), dataset.labels().tags(),
                    dataset.samples(), dataset.inputNames().size(), dataset.targetNames().size(), dataset.inputNames(),
                    dataset.targetNames(), dataset.origin().columns(), dataset.origin().droppedRows(),
                    dataset.createdAt());
        }
    }

    /** The rows of a dataset. */
    record RowsResponse(List<String> inputNames, List<String> targetNames, double[][] inputs,
            @Schema(description = "Null for a dataset of inputs only.") double @Nullable [][] targets) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "201")
    @Operation(operationId = "createDataset", summary = "Store a dataset given row by row, or as a grid with equations")
    ResponseEntity<DatasetResponse> create(@RequestBody Document<DatasetRequest> document, Once once) {
        Optional<Samples> samples = document.checked((request, errors) -> reader.read(document, request, "", errors));
        return once.answer(() -> created(datasets.insert(samples.orElseThrow(), document.valid().labels())));
    }

    @PostMapping(path = "/csv", consumes = CSV)
    @ApiResponse(responseCode = "201")
    @Operation(operationId = "createDatasetFromCsv", summary = "Store a dataset given as CSV",
            description = "A CSV file that is the only part of multipart/form-data is accepted as well.",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
                    content = @Content(mediaType = CSV, schema = @Schema(type = "string"),
                            examples = @ExampleObject(TABLE))))
    ResponseEntity<DatasetResponse> createFromCsv(@Parameter(hidden = true) InputStream csv, Query query,
            @ParameterObject CsvParameters parameters, Once once) {
        return created(Optional.of(once.reading(csv)), query, parameters, once);
    }

    /** Where CSV was first accepted, beside JSON; clients that are generated know one media type of a path. */
    @PostMapping(consumes = CSV)
    @Hidden
    ResponseEntity<DatasetResponse> createFromCsvBesideJson(InputStream csv, Query query,
            @ParameterObject CsvParameters parameters, Once once) {
        return createFromCsv(csv, query, parameters, once);
    }

    @PostMapping(path = {"", "/csv"}, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Hidden
    ResponseEntity<DatasetResponse> createFromFile(@RequestParam(required = false) @Nullable MultipartFile file,
            MultipartHttpServletRequest request, Query query, @ParameterObject CsvParameters parameters, Once once)
            throws IOException {
        boolean isOne = request.getMultiFileMap().values().stream().mapToInt(List::size).sum() == 1;
        if (file != null && isOne) {
            try (InputStream csv = file.getInputStream()) {
                return createFromCsv(csv, query, parameters, once);
            }
        }
        query.wrong("file", file == null ? "is missing" : "must be the only file");
        return created(Optional.empty(), query, parameters, once);
    }

    /** What is wrong with the parameters is told without a file as well. */
    private ResponseEntity<DatasetResponse> created(Optional<InputStream> csv, Query query, CsvParameters parameters,
            Once once) {
        Labels labels = parameters.labels(query);
        Optional<CsvSyntax> syntax = parameters.syntax(query);
        TableReading reading = parameters.reading(query);
        Optional<Table> table = csv.flatMap(text -> syntax.flatMap(how -> DatasetReader.orErrors("", query.errors(),
                () -> CsvSamples.read(text, how, reading))));
        query.requireRight();
        Table read = table.orElseThrow();
        return once.answer(() -> created(datasets.insert(read.samples(), read.origin(), labels)));
    }

    private static ResponseEntity<DatasetResponse> created(StoredDataset dataset) {
        return ResponseEntity.created(URI.create("/v1/datasets/" + dataset.id())).body(DatasetResponse.of(dataset));
    }

    @AnswersAtOnce
    @GetMapping("/{id}")
    @Operation(operationId = "getDataset", summary = "A dataset without its rows")
    DatasetResponse get(@PathVariable String id) {
        return resource.get(id);
    }

    @GetMapping(path = "/{id}/data", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getDatasetRows", summary = "The rows of a dataset")
    RowsResponse rows(@PathVariable String id) {
        Samples samples = Ids.require("dataset", id, datasets::samples);
        return new RowsResponse(samples.inputNames(), samples.targetNames(),
                rows(samples.inputs(), samples.inputDimension()), samples.targetDimension() == 0 ? null
                        : rows(samples.targets(), samples.targetDimension()));
    }

    @GetMapping(path = "/{id}/data", produces = CSV)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = CSV, schema = @Schema(type = "string"),
            examples = @ExampleObject(ROWS)))
    @Operation(operationId = "getDatasetRowsAsCsv", summary = "The rows of a dataset as CSV")
    void rowsAsCsv(@PathVariable String id, HttpServletResponse response) throws IOException {
        Samples samples = Ids.require("dataset", id, datasets::samples);
        response.setContentType(CSV_OF_UTF_8);
        try (var csv = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
            CsvSamples.write(samples, csv);
        }
    }

    private static double[][] rows(double[] flat, int columns) {
        return IntStream.range(0, flat.length / columns).mapToObj(row -> Arrays.copyOfRange(flat,
                row * columns, (row + 1) * columns)).toArray(double[][]::new);
    }

    @GetMapping
    @Operation(operationId = "listDatasets", summary = "Datasets, newest first")
    PageResponse<DatasetResponse> list(Query query, @ParameterObject Paging paging,
            @ParameterObject Labelled labelled) {
        return resource.list(query, paging, labelled.filter(query));
    }

    @Relabelling
    @Operation(operationId = "updateDataset", summary = "Change the name and the tags of a dataset")
    DatasetResponse update(@PathVariable String id, @RequestBody Document<LabelPatch> patch, IfMatch ifMatch) {
        return resource.relabel(id, patch, ifMatch);
    }

    @Deletion
    @Operation(operationId = "deleteDataset", summary = "Delete a dataset to which no training refers")
    void delete(@PathVariable String id, IfMatch ifMatch) {
        resource.delete(id, ifMatch);
    }
}
