/** What is wrong, where, and how to mend it: one type for all floors. */
@NullMarked
package dev.nabla.problems;

import org.jspecify.annotations.NullMarked;

