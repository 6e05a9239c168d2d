/** Networks over HTTP. */
@NullMarked
package dev.nabla.web.networks;

import org.jspecify.annotations.NullMarked;

