/** Pictures over HTTP. */
@NullMarked
package dev.nabla.web.pictures;

import org.jspecify.annotations.NullMarked;
