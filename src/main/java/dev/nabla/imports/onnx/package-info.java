/** Files of ONNX as formulas. */
@NullMarked
package dev.nabla.imports.onnx;

import org.jspecify.annotations.NullMarked;
