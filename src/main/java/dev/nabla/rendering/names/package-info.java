/** How the quantities of a print are called, before a language spells it. */
@NullMarked
package dev.nabla.rendering.names;

import org.jspecify.annotations.NullMarked;
