/** Who may ask, on whose behalf, and how often: keys, bearer tokens, owners of requests. */
@NullMarked
package dev.nabla.web.access;

import org.jspecify.annotations.NullMarked;
