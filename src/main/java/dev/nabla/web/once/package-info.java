/** What is asked for twice under one Idempotency-Key and made once. */
@NullMarked
package dev.nabla.web.once;

import org.jspecify.annotations.NullMarked;
