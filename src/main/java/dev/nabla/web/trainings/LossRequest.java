package dev.nabla.web.trainings;

import dev.nabla.documents.JsonForm;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loss: a name, or terms written as equations. One of the two is null. */
public record LossRequest(@Nullable String name, @Nullable List<@Nullable Term> terms) {

    /** A term of a loss. */
    @Schema(name = "LossTerm")
    record Term(
            @Schema(description = "A value per sample over the network's names and the dataset's columns; it is squared "
                    + "(an array: the sum of its squared entries) and averaged over the samples.",
                    example = "D(z, x, x) + D(z, y, y)") @Nullable String equation,
            @Schema(description = "The id of a stored dataset; the training's own if left out.") @Nullable String dataset,
            @Schema(description = "1 if left out.", example = "1") @Nullable Double weight) {}

    /** The object in which terms are given. */
    @Schema(name = "LossTerms")
    record Terms(@Nullable List<@Nullable Term> terms) {}

    @JsonForm
    static LossRequest of(String name) {
        return new LossRequest(name, null);
    }

    @JsonForm
    static LossRequest of(Terms terms) {
        return new LossRequest(null, terms.terms());
    }
}
