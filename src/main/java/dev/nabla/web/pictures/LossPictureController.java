package dev.nabla.web.pictures;

import dev.nabla.plots.Drawing;
import dev.nabla.plots.Picture;
import dev.nabla.plots.Picture.Format;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.Trainings;
import dev.nabla.web.Ids;
import dev.nabla.web.Query;
import dev.nabla.web.pictures.LossPicture.Scale;
import dev.nabla.web.pictures.LossPicture.Show;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/trainings/{id}")
@Tag(name = "Trainings")
class LossPictureController {

    private static final String SUMMARY = "The losses of every epoch so far as a picture";
    private static final String DESCRIPTION = "The loss, that of validation and the terms of a loss of equations by their names, "
            + "while it runs too; axes without lines where no epoch is over yet.";

    private final Trainings trainings;
    private final LossPicture losses;

    LossPictureController(Trainings trainings, LossPicture losses) {
        this.trainings = trainings;
        this.losses = losses;
    }

    /** What is drawn, and how large. */
    record Parameters(
            @Parameter(description = "losses, or the trained coefficients of the network by name; losses if left out.",
                    schema = @Schema(type = "string", allowableValues = {"losses", "coefficients"})) @Nullable String show,
            @Parameter(description = "How losses are told: log, where they are positive, or linear; log if left out.",
                    schema = @Schema(type = "string", allowableValues = {"log", "linear"})) @Nullable String scale,
            @Parameter(description = Pictures.WIDTH, schema = @Schema(type = "integer", format = "int32",
                minimum = "" + Pictures.LEAST, maximum = "" + Pictures.MOST)) @Nullable String width,
            @Parameter(description = Pictures.HEIGHT, schema = @Schema(type = "integer", format = "int32",
                minimum = "" + Pictures.LEAST, maximum = "" + Pictures.MOST)) @Nullable String height) {}

    @GetMapping(path = "/loss.svg", produces = Pictures.SVG)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = Pictures.SVG, schema = @Schema(type = "string"),
            examples = @ExampleObject(Pictures.SVG_EXAMPLE)))
    @Operation(operationId = "drawLoss", summary = SUMMARY, description = DESCRIPTION)
    ResponseEntity<byte[]> svg(@PathVariable String id, Query query, @ParameterObject Parameters parameters) {
        return draw(id, query, parameters, Format.SVG);
    }

    @GetMapping(path = "/loss.png", produces = Pictures.PNG)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = Pictures.PNG, schema = @Schema(type = "string",
            format = "binary"), examples = @ExampleObject(Pictures.PNG_EXAMPLE)))
    @Operation(operationId = "drawLossAsPng", summary = SUMMARY, description = DESCRIPTION)
    ResponseEntity<byte[]> png(@PathVariable String id, Query query, @ParameterObject Parameters parameters) {
        return draw(id, query, parameters, Format.PNG);
    }

    private ResponseEntity<byte[]> draw(String id, Query query, Parameters parameters, Format format) {
        Show show = query.word("show", parameters.show(), Show.class).orElse(Show.LOSSES);
        Scale scale = query.word("scale", parameters.scale(), Scale.class).orElse(Scale.LOG);
        Picture picture = Pictures.size(query, parameters.width(), parameters.height());
        query.requireRight();
        StoredTraining training = Ids.require("training", id, trainings::find);
        Drawing drawing = losses.of(training, show, scale, query);
        return Pictures.answer(picture, drawing, format);
    }
}
