/**
 * Loops over doubles in off-heap memory, shared by all programs: elementwise functions and matrix products. Each
 * operation is a fixed sequence of IEEE 754 operations per element, written once for the Vector API and once as plain
 * Java, so that a result depends neither on the width of the machine's vectors nor on an element's position.
 */
@NullMarked
package dev.nabla.program.kernels;

import org.jspecify.annotations.NullMarked;

