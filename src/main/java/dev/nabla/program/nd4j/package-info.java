/** Instructions as operations of ND4J: the engine that others are compared with. */
@NullMarked
package dev.nabla.program.nd4j;

import org.jspecify.annotations.NullMarked;
