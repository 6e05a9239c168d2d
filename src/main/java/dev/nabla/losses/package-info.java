/** What is minimised: named losses and losses of equations, and their programs. */
@NullMarked
package dev.nabla.losses;

import org.jspecify.annotations.NullMarked;

