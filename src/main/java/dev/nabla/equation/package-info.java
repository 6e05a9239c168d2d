/** The equation language: text to expression. */
@NullMarked
package dev.nabla.equation;

import org.jspecify.annotations.NullMarked;
