/** Measures Nabla against other frameworks at the same work; see the profile {@code benchmark} of the build. */
@NullMarked
package dev.nabla.benchmark;

import org.jspecify.annotations.NullMarked;

