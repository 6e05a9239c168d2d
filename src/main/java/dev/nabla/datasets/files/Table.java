package dev.nabla.datasets.files;

import dev.nabla.datasets.Samples;

/** What was read. */
public record Table(Samples samples, Origin origin) {}
