/** A module of JavaScript. */
@NullMarked
package dev.nabla.exports.javascript;

import org.jspecify.annotations.NullMarked;
