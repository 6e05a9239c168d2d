/** The graph as a picture. */
@NullMarked
package dev.nabla.exports.svg;

import org.jspecify.annotations.NullMarked;
