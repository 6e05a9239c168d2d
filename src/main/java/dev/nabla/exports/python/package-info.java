/** NumPy, as it is printed. */
@NullMarked
package dev.nabla.exports.python;

import org.jspecify.annotations.NullMarked;
