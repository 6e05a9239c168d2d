package dev.nabla.web.bounds;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.datasets.points.Range;
import dev.nabla.storage.ModelReference;
import dev.nabla.web.expressions.Equations;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be bounded, of which model, where. */
record BoundsRequest(
        @Schema(description = ModelReference.DESCRIPTION, format = ModelReference.FORMAT) @NotNull @Nullable ModelReference modelId,
        @Schema(example = "[\"z\", \"norm(D(z, inputs))\"]")
        @NotNull @Nullable @Size(min = 1, max = Equations.MAX_EQUATIONS) List<String> equations,
        @Schema(description = "For every input of the network the numbers from one to another.",
                example = "{\"x\": [-1, 1], \"y\": [-1, 1]}")
        @NotNull @Nullable @Size(min = 1) LinkedHashMap<String, Range> box,
        @Schema(description = "How far a bound may be from a value that was reached.") @Positive
        @JsonProperty(defaultValue = "0.001") double tolerance,
        @Schema(description = "Into how many boxes the box may be parted, for all entries of an equation and both bounds together.")
        @Min(1) @Max(10_000_000) @JsonProperty(defaultValue = "100000") int maxBoxes) {}
