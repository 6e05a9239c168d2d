/** A function of MATLAB, which Octave runs. */
@NullMarked
package dev.nabla.exports.matlab;

import org.jspecify.annotations.NullMarked;
