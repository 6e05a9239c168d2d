/** Bounds on the size and the work of a request. */
@NullMarked
package dev.nabla.web.limits;

import org.jspecify.annotations.NullMarked;
