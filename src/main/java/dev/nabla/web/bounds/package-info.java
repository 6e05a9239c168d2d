/** Numbers between which equations of a model are certain to stay. */
@NullMarked
package dev.nabla.web.bounds;

import org.jspecify.annotations.NullMarked;
