package dev.nabla.problems;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Something about a document that is right, but likely not to have the effect that is wanted.
 *
 * @param pointer a JSON Pointer (RFC 6901) into the document
 * @param detail what is so and how to mend it
 */
public record Warning(
        @Schema(description = "A JSON Pointer into the request.", example = "/dataset") String pointer,
        @Schema(description = "What is so, and how to mend it.") String detail) {}
