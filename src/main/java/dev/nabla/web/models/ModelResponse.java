package dev.nabla.web.models;

import dev.nabla.storage.StoredModel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a training left, without the parameters. */
record ModelResponse(UUID id,
        @Schema(description = "That of its training.") @Nullable String name,
        @Schema(description = "Those of its training, in alphabetical order.") List<String> tags,
        UUID networkId, UUID trainingId,
        @Schema(description = "Over the whole dataset, with the model's own parameters.") double loss, Instant createdAt) {

    static ModelResponse of(StoredModel model) {
        return new ModelResponse(model.id(), model.labels().name().orElse(null), model.labels().tags(), model.networkId(),
                model.trainingId(), model.loss(), model.createdAt());
    }
}
