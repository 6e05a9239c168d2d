/** Pictures of numbers: curves, contours, surfaces and phase portraits, as SVG and as PNG. */
@NullMarked
package dev.nabla.plots;

import org.jspecify.annotations.NullMarked;
