package dev.nabla.storage;

import java.util.OptionalInt;
import java.util.UUID;

/** A model that its owner has asked for, and that was there: only {@link Models} says so. */
public final class FoundModel {

    private final UUID id;
    private final OptionalInt version;

    FoundModel(UUID id, OptionalInt version) {
        this.id = id;
        this.version = version;
    }

    public UUID id() {
        return id;
    }

    /** Its number among those of its name; a model without a name has none. */
    public OptionalInt version() {
        return version;
    }
}
