package dev.nabla.web.problems;

import io.swagger.v3.oas.annotations.media.Schema;

/** A problem as the Open Inference Protocol tells it. */
public record InferenceError(@Schema(description = "All that is wrong, with pointers into the request.",
        example = "the request has an error: /inputs/0/shape must be [samples, 2], was [2, 3]") String error) {}
