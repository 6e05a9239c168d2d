/**
 * The symbolic core: array-valued expressions as an interned graph, their simplification, differentiation and
 * scalarisation. Plain Java; every result is an expression again, so derivatives nest to any order.
 */
@NullMarked
package dev.nabla.expression;

import org.jspecify.annotations.NullMarked;

