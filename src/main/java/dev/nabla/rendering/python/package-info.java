/** NumPy, and the module that runs it. */
@NullMarked
package dev.nabla.rendering.python;

import org.jspecify.annotations.NullMarked;
