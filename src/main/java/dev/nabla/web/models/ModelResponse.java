package dev.nabla.web.models;

import dev.nabla.network.layers.Coefficients;
import dev.nabla.storage.StoredModel;
import dev.nabla.storage.StoredModel.Swept;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a training left or somebody brought, without the parameters. */
record ModelResponse(UUID id,
        @Schema(description = "At first that of its training, or as it was brought.") @Nullable String name,
        @Schema(description = "At first those of its training, or as they were brought, in alphabetical order.") List<String> tags,
        @Schema(description = "Its number among the models of its name, from 1 in the order in which they came or got the name; null "
                + "without a name. name@version names it for ever.", example = "3") @Nullable Integer version,
        @Schema(description = "What else its version is called, in alphabetical order: name@alias names the model that is called so "
                + "now.", example = "[\"champion\"]") List<String> aliases,
        UUID networkId, @Schema(description = "What its network is called.") @Nullable String networkName,
        @Schema(description = "Null where it was brought.") @Nullable UUID trainingId,
        @Schema(description = "The sweep that its training is a trial of.") @Nullable UUID sweepId,
        @Schema(description = "What that is called.") @Nullable String sweepName,
        @Schema(description = "What its training has of the values of the sweep, by pointers into the training.",
                example = "{\"/optimizer/learningRate\": 0.01}") @Nullable Map<String, Object> sweepValues,
        @Schema(description = "Over the whole dataset, with the model's own parameters; null where it was "
                + "brought.") @Nullable Double loss,
        @Schema(description = Coefficients.DESCRIPTION) Map<String, CoefficientResponse> coefficients, Instant createdAt) {

    /** A coefficient of a model. */
    @Schema(name = "ModelCoefficient")
    record CoefficientResponse(@Schema(description = "A number, or an array (of arrays) of numbers.", example = "0.05")
            Object value,
            @Schema(description = "How well the samples of the training decide it, by the matrix of Gauss–Newton: its standard deviation, "
                    + "shaped as the value, where each term of the loss has independent residuals of a variance of its own. Only where a "
                    + "training by gauss-newton ended near the minimum and left the coefficient within its bounds, else null.",
                    example = "0.002") @Nullable Object standardDeviation) {}

    private static @Nullable Object finite(@Nullable Object deviations) {
        return deviations instanceof List<?> list ? list.stream().map(ModelResponse::finite).toList()
                : deviations instanceof Double number && Double.isNaN(number) ? null : deviations;
    }

    static ModelResponse of(StoredModel model) {
        Map<String, CoefficientResponse> coefficients = new LinkedHashMap<>();
        model.coefficients().forEach((name, value) -> coefficients.put(name, new CoefficientResponse(value,
                finite(model.deviations().get(name)))));
        return new ModelResponse(model.id(), model.labels().name().orElse(null), model.labels().tags(),
                model.version().isPresent() ? model.version().getAsInt() : null, model.aliases(), model.networkId(),
                model.networkName().orElse(null), model.trainingId().orElse(null), model.swept().map(Swept::sweep).orElse(null),
                model.swept().flatMap(Swept::name).orElse(null), model.swept().map(Swept::values).orElse(null), model.loss().isPresent() ? model.loss().getAsDouble() : null, coefficients,
                model.createdAt());
    }
}
