/** The expression graph itself as JSON, and how it is read again. */
@NullMarked
package dev.nabla.exports.graph;

import org.jspecify.annotations.NullMarked;
