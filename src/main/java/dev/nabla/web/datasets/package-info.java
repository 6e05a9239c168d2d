/** Datasets over HTTP. */
@NullMarked
package dev.nabla.web.datasets;

import org.jspecify.annotations.NullMarked;

