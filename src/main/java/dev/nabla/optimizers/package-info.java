/** How parameters move: settings, schedules, first-order updates, L-BFGS, Newton, Gauss–Newton. */
@NullMarked
package dev.nabla.optimizers;

import org.jspecify.annotations.NullMarked;

