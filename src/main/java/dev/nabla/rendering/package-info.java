/**
 * Expressions as LaTeX, as equations of the service's own language and as Python. A print is put together bottom-up
 * from the shared graph, so that its exact length is known before a character of it is written.
 */
@NullMarked
package dev.nabla.rendering;

import org.jspecify.annotations.NullMarked;

