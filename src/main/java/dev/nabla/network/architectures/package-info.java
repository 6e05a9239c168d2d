/** How the outputs of a network are made of its inputs. */
@NullMarked
package dev.nabla.network.architectures;

import org.jspecify.annotations.NullMarked;

