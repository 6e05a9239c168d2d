package dev.nabla.web.trainings;

import dev.nabla.storage.Datasets;
import dev.nabla.storage.StoredDataset;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.Trainings;
import dev.nabla.training.ValidationSplit;
import dev.nabla.web.Ids;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/trainings/{id}/validation-rows")
@Tag(name = "Trainings")
class ValidationRowsController {

    private final Trainings trainings;
    private final Datasets datasets;

    ValidationRowsController(Trainings trainings, Datasets datasets) {
        this.trainings = trainings;
        this.datasets = datasets;
    }

    /** Which rows of its dataset a training does not see. */
    record ValidationRowsResponse(
            @Schema(description = "From 0 on and ascending; empty without validation.", example = "[3, 5]")
            int[] rows) {}

    @GetMapping
    @Operation(operationId = "getValidationRows",
            summary = "The rows of its dataset that a training is validated by",
            description = "A function of its seed and its validationFraction; it is not trained on them.")
    ValidationRowsResponse rows(@PathVariable String id) {
        StoredTraining training = Ids.require("training", id, trainings::find);
        int samples = training.datasetId().flatMap(datasets::find).map(StoredDataset::samples).orElse(0);
        return new ValidationRowsResponse(ValidationSplit.of(samples, training.settings()).validation());
    }
}
