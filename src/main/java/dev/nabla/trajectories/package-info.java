/** Learned fields integrated and learned maps iterated: dynamical systems, methods, trajectories. */
@NullMarked
package dev.nabla.trajectories;

import org.jspecify.annotations.NullMarked;

