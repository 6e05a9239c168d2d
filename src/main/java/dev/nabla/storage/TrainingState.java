package dev.nabla.storage;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Words;

/** Where a training stands. */
public enum TrainingState {

    @JsonProperty("queued") QUEUED,
    @JsonProperty("running") RUNNING,
    @JsonProperty("paused") PAUSED,
    @JsonProperty("succeeded") SUCCEEDED,
    @JsonProperty("failed") FAILED,
    @JsonProperty("cancelled") CANCELLED;

    /** Whether nothing will change any more. */
    public boolean isFinished() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** The name in answers. */
    public String text() {
        return Words.of(TrainingState.class).word(this);
    }
}
