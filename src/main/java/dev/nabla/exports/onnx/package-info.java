/** Equations as a graph of ONNX, of a batch of samples. */
@NullMarked
package dev.nabla.exports.onnx;

import org.jspecify.annotations.NullMarked;
