/**
 * What all printed languages have in common. A print is put together bottom-up from the shared graph, so that its exact
 * length is known before a character of it is written.
 */
@NullMarked
package dev.nabla.rendering.printing;

import org.jspecify.annotations.NullMarked;
