/** Samples: rows, grids, tables in files. */
@NullMarked
package dev.nabla.datasets;

import org.jspecify.annotations.NullMarked;

