/** How parameters move: settings, schedules, first-order updates, L-BFGS. */
@NullMarked
package dev.nabla.optimizers;

import org.jspecify.annotations.NullMarked;

