package dev.nabla.documents;

import java.util.Optional;

/**
 * What a merge patch (RFC 7396) says of a field: another value, that it is to go, where it is null, or nothing, where it is
 * left out.
 *
 * @param isGiven whether it says anything
 */
public record Change<T>(boolean isGiven, Optional<T> value) {

    static final Change<Object> NONE = new Change<>(false, Optional.empty());
    static final Change<Object> GONE = new Change<>(true, Optional.empty());

    /** What the field is after the change. */
    public Optional<T> of(Optional<T> before) {
        return isGiven ? value : before;
    }
}
