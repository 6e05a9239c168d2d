/**
 * Expressions as LaTeX, as equations of the service's own language and as Python. A language is a room of its own, a
 * {@link dev.nabla.rendering.printing.Target}, and a constant of {@link dev.nabla.rendering.Format}.
 */
@NullMarked
package dev.nabla.rendering;

import org.jspecify.annotations.NullMarked;
