package dev.nabla.documents;

import com.fasterxml.jackson.annotation.JsonValue;
import tools.jackson.databind.JsonNode;

/**
 * A part of a document as it was written, so that it can be filled in and be read again. It is read as a {@code T} all the
 * same, and what is wrong with its fields is told; whether these fit each other is not looked at.
 *
 * @param json with all digits of its numbers; null where null was written
 * @param <T> what it is to be, where Object is anything
 */
@SuppressWarnings("UnusedTypeParameter")
public record Written<T>(@JsonValue JsonNode json) {

    /** So many fields, items and numbers may the parts of one document have together that are kept as they were written. */
    static final int MOST_TOKENS = 200_000;
}
