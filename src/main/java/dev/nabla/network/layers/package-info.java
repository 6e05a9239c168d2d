/** The layers that networks are chained of. */
@NullMarked
package dev.nabla.network.layers;

import org.jspecify.annotations.NullMarked;

