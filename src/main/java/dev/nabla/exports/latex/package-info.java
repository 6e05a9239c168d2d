/** A document of LaTeX that stands by itself. */
@NullMarked
package dev.nabla.exports.latex;

import org.jspecify.annotations.NullMarked;
