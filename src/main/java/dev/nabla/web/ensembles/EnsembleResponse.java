package dev.nabla.web.ensembles;

import dev.nabla.storage.StoredEnsemble;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Models that are asked together. */
record EnsembleResponse(UUID id, @Nullable String name, @Schema(description = "In alphabetical order.") List<String> tags,
        List<UUID> modelIds, Instant createdAt) {

    static EnsembleResponse of(StoredEnsemble ensemble) {
        return new EnsembleResponse(ensemble.id(), ensemble.labels().name().orElse(null), ensemble.labels().tags(),
                ensemble.models(), ensemble.createdAt());
    }
}
