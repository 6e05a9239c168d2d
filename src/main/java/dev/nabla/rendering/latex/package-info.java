/** Math-mode LaTeX. */
@NullMarked
package dev.nabla.rendering.latex;

import org.jspecify.annotations.NullMarked;
