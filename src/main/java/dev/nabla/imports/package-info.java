/** Models that come from elsewhere, as networks with parameters. */
@NullMarked
package dev.nabla.imports;

import org.jspecify.annotations.NullMarked;
