/** Controllers, request and response records, problem details, event streams and the OpenAPI document. */
@NullMarked
package dev.nabla.web;

import org.jspecify.annotations.NullMarked;

