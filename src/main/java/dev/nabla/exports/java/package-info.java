/** A class of Java without dependencies. */
@NullMarked
package dev.nabla.exports.java;

import org.jspecify.annotations.NullMarked;
