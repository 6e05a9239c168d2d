/** Where the values of a program lie: a batch in tiles, each with a block of memory that is planned by liveness. */
@NullMarked
package dev.nabla.program.memory;

import org.jspecify.annotations.NullMarked;
