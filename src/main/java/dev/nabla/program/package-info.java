/** Expressions made executable over a batch of samples: programs, their memory, and the engines that run them. */
@NullMarked
package dev.nabla.program;

import org.jspecify.annotations.NullMarked;

