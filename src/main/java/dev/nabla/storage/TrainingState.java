package dev.nabla.storage;

import java.util.Locale;

/** Where a training stands. */
public enum TrainingState {

    QUEUED, RUNNING, SUCCEEDED, FAILED, CANCELLED;

    /** Whether nothing will change any more. */
    public boolean isFinished() {
        return this != QUEUED && this != RUNNING;
    }

    /** The name in answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
