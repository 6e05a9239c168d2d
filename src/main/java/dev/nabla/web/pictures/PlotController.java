package dev.nabla.web.pictures;

import dev.nabla.datasets.Samples;
import dev.nabla.jobs.Engines;
import dev.nabla.plots.Picture;
import dev.nabla.plots.Picture.Format;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.ModelReference;
import dev.nabla.storage.Models;
import dev.nabla.storage.StoredModel;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.Trainings;
import dev.nabla.web.Ids;
import dev.nabla.web.Query;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.networks.Subjects.Subject;
import dev.nabla.web.pictures.PlotParameters.Request;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/models/{id}")
@Tag(name = "Models")
class PlotController {

    private static final String SUMMARY = "What a model says over one input or two, as a picture";
    private static final String DESCRIPTION = "A curve over one input; a surface, or contours, of a scalar over two; phase: a field "
            + "as arrows over two inputs, with lines of equal energy where the architecture has one. Undefined values are gaps.";

    private final Subjects subjects;
    private final Models models;
    private final Trainings trainings;
    private final Datasets datasets;
    private final Engines engines;

    PlotController(Subjects subjects, Models models, Trainings trainings, Datasets datasets, Engines engines) {
        this.subjects = subjects;
        this.models = models;
        this.trainings = trainings;
        this.datasets = datasets;
        this.engines = engines;
    }

    @GetMapping(path = "/plot.svg", produces = Pictures.SVG)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = Pictures.SVG, schema = @Schema(type = "string"),
            examples = @ExampleObject(Pictures.SVG_EXAMPLE)))
    @Operation(operationId = "drawModel", summary = SUMMARY, description = DESCRIPTION)
    ResponseEntity<byte[]> svg(@PathVariable ModelReference id, Query query, @ParameterObject PlotParameters parameters) {
        return draw(id, query, parameters, Format.SVG);
    }

    @GetMapping(path = "/plot.png", produces = Pictures.PNG)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = Pictures.PNG, schema = @Schema(type = "string",
            format = "binary"), examples = @ExampleObject(Pictures.PNG_EXAMPLE)))
    @Operation(operationId = "drawModelAsPng", summary = SUMMARY, description = DESCRIPTION)
    ResponseEntity<byte[]> png(@PathVariable ModelReference id, Query query, @ParameterObject PlotParameters parameters) {
        return draw(id, query, parameters, Format.PNG);
    }

    private ResponseEntity<byte[]> draw(ModelReference id, Query query, PlotParameters parameters, Format format) {
        Picture picture = Pictures.size(query, parameters.width(), parameters.height());
        Optional<Request> request = parameters.read(query);
        query.requireRight();
        Subject model = Ids.require(id, subjects::model);
        var plots = new ModelPlots(model, engines, request.orElseThrow(), query);
        Optional<Samples> data = request.orElseThrow().data() ? Optional.of(plots.matched(data(model.model().orElseThrow(), query)))
                : Optional.empty();
        return Pictures.answer(picture, plots.drawing(parameters.equation(), data), format);
    }

    private Samples data(UUID id, Query query) {
        Optional<Samples> samples = models.find(id).flatMap(StoredModel::trainingId).flatMap(trainings::find)
                .flatMap(StoredTraining::datasetId).flatMap(datasets::samples);
        if (samples.isEmpty()) {
            query.wrong("data", "is none: the model has no training with a dataset of its own");
        }
        query.requireRight();
        return samples.orElseThrow();
    }
}
