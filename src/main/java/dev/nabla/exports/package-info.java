/** Equations of a network as files to take away: one list of formats, one folder each. */
@NullMarked
package dev.nabla.exports;

import org.jspecify.annotations.NullMarked;
