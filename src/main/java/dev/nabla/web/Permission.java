package dev.nabla.web;

import java.util.function.BooleanSupplier;

/** What lets a request be answered. */
public interface Permission {

    /** Whether whoever asks now may still do so later; any thread may look. */
    BooleanSupplier ofCaller();
}
