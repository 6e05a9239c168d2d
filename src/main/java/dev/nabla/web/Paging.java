package dev.nabla.web;

import org.jspecify.annotations.Nullable;

/** Which page of a list is asked for, as it is written in the query. */
public record Paging(@Nullable String pageSize, @Nullable String pageToken) {}
