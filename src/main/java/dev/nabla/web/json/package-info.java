/** Requests read from JSON to the letter, answers written to it. */
@NullMarked
package dev.nabla.web.json;

import org.jspecify.annotations.NullMarked;

