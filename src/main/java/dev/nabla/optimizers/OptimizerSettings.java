package dev.nabla.optimizers;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/** An optimizer and its hyperparameters. In JSON, {@code type} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = AdamSettings.class)
@Schema(description = "The optimizer and its hyperparameters; adam if it has no type. lbfgs, ssbroyden, newton and "
        + "gauss-newton take the whole dataset and make one iteration per epoch; ssbroyden is for up to 3,000 parameters, newton, "
        + "which takes second derivatives, for losses that are smooth (of abs and relu it sees no curvature), gauss-newton for "
        + "sums of squares.")
public sealed interface OptimizerSettings permits FirstOrderSettings, FullBatchSettings {

    /** What may keep a training whose numbers became too large from that: words that follow "try". */
    String ifItDiverges();

    /** Why it is none for so many parameters. */
    default Optional<Problem> problem(int parameters) {
        return Optional.empty();
    }
}
