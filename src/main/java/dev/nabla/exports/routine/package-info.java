/** Expressions as statements over flat arrays, loops where there are many entries, before a language writes them. */
@NullMarked
package dev.nabla.exports.routine;

import org.jspecify.annotations.NullMarked;
