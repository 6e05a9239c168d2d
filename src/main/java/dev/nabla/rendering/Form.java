package dev.nabla.rendering;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How arrays are printed. */
public enum Form {

    /** Every entry written out in scalars. */
    @JsonProperty("scalar") SCALAR,

    /** Matrices and vectors stay whole. */
    @JsonProperty("array") ARRAY
}
