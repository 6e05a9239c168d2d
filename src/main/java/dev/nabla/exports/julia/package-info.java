/** Functions of Julia. */
@NullMarked
package dev.nabla.exports.julia;

import org.jspecify.annotations.NullMarked;
