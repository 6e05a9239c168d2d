/** What is certain about the values of an expression over a box of its inputs. */
@NullMarked
package dev.nabla.bounds;

import org.jspecify.annotations.NullMarked;
