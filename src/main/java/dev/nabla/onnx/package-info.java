/** Files of ONNX: its messages, and numbers in them. */
@NullMarked
package dev.nabla.onnx;

import org.jspecify.annotations.NullMarked;
