/** Symbolic neural networks as a service: the application that puts the packages below together. */
@NullMarked
package dev.nabla;

import org.jspecify.annotations.NullMarked;

