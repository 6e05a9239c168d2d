package dev.nabla.losses;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.datasets.DatasetRequest;
import dev.nabla.documents.JsonForm;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the samples of a term are from: a stored dataset, or one that is given in its place and is stored with the training.
 * What is stored of a training names stored ones only.
 */
public record TermDataset(Optional<UUID> id, Optional<DatasetRequest> posted) {

    @JsonForm
    public static TermDataset of(UUID id) {
        return new TermDataset(Optional.of(id), Optional.empty());
    }

    @JsonForm
    static TermDataset of(DatasetRequest posted) {
        return new TermDataset(Optional.empty(), Optional.of(posted));
    }

    @JsonValue
    Object document() {
        return id.<Object>map(known -> known).orElseGet(posted::orElseThrow);
    }
}
