/** What trials a sweep has, and when they end before their last epochs. */
@NullMarked
package dev.nabla.training.sweeps;

import org.jspecify.annotations.NullMarked;
