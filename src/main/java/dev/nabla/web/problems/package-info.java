/** What is wrong with a request, as problem documents (RFC 9457). */
@NullMarked
package dev.nabla.web.problems;

import org.jspecify.annotations.NullMarked;

