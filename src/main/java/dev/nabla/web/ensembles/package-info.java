/** Ensembles over HTTP. */
@NullMarked
package dev.nabla.web.ensembles;

import org.jspecify.annotations.NullMarked;
