/** Trajectories over HTTP. */
@NullMarked
package dev.nabla.web.trajectories;

import org.jspecify.annotations.NullMarked;

