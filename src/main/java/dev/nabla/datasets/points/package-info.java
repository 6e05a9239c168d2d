/** Points that are drawn: uniformly, by Sobol's sequence or as Latin hypercubes, in boxes and what equations leave of them. */
@NullMarked
package dev.nabla.datasets.points;

import org.jspecify.annotations.NullMarked;
