/** The equation language, printed. */
@NullMarked
package dev.nabla.rendering.text;

import org.jspecify.annotations.NullMarked;
