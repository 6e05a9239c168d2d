/** Formulas and their values over HTTP. */
@NullMarked
package dev.nabla.web.expressions;

import org.jspecify.annotations.NullMarked;

