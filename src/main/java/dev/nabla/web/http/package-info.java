/** What HTTP expects of every resource: entity tags, compression, known parameters, other origins. */
@NullMarked
package dev.nabla.web.http;

import org.jspecify.annotations.NullMarked;
