/** The Open Inference Protocol, version 2, over HTTP: models asked as other servers of models are. */
@NullMarked
package dev.nabla.web.inference;

import org.jspecify.annotations.NullMarked;
