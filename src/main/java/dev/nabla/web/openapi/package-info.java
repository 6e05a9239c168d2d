/** The OpenAPI document: schemas of the shapes, headers, problems and examples of the operations. */
@NullMarked
package dev.nabla.web.openapi;

import org.jspecify.annotations.NullMarked;
