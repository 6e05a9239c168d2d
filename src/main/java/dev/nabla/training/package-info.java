/** Datasets in memory, losses, optimizers and the training loop. */
@NullMarked
package dev.nabla.training;

import org.jspecify.annotations.NullMarked;

