/** Network definitions and the symbolic networks they describe: layers, activations, parameters, initial values. */
@NullMarked
package dev.nabla.network;

import org.jspecify.annotations.NullMarked;

