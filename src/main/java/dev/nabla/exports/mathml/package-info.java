/** Presentation MathML. */
@NullMarked
package dev.nabla.exports.mathml;

import org.jspecify.annotations.NullMarked;
