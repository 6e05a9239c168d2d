/** How languages with loops and assignments write a routine: what they have in common, and the functions they lack. */
@NullMarked
package dev.nabla.exports.code;

import org.jspecify.annotations.NullMarked;
