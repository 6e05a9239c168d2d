/** Equations as files to take away. */
@NullMarked
package dev.nabla.web.exports;

import org.jspecify.annotations.NullMarked;
