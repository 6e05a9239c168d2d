/** The equation language: text to expression. */
@NullMarked
package dev.nabla.language;

import org.jspecify.annotations.NullMarked;

