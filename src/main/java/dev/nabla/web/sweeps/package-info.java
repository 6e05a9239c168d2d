/** Sweeps over HTTP. */
@NullMarked
package dev.nabla.web.sweeps;

import org.jspecify.annotations.NullMarked;
