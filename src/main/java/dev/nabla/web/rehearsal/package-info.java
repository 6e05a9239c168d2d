/** What the service asks of itself before others do. */
@NullMarked
package dev.nabla.web.rehearsal;

import org.jspecify.annotations.NullMarked;
