/** Samples: rows, CSV, grids. */
@NullMarked
package dev.nabla.datasets;

import org.jspecify.annotations.NullMarked;

