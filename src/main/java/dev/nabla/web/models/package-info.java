/** Models over HTTP. */
@NullMarked
package dev.nabla.web.models;

import org.jspecify.annotations.NullMarked;

