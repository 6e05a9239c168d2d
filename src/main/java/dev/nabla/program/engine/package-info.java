/** Instructions as steps on memory, and the engine of kernels. */
@NullMarked
package dev.nabla.program.engine;

import org.jspecify.annotations.NullMarked;
