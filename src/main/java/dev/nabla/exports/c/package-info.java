/** C99, by itself and as an external function of CasADi. */
@NullMarked
package dev.nabla.exports.c;

import org.jspecify.annotations.NullMarked;
