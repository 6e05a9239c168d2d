package dev.nabla.datasets.points;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What points are drawn by beside their region. */
public enum Refinement {

    /** The residual of the term: more points where it is large. */
    @JsonProperty("residual") RESIDUAL
}
