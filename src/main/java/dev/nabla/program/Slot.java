package dev.nabla.program;

import dev.nabla.expression.Shape;

/**
 * A value of a program. Its entries lie row-major; a per-sample value has one row of samples for every entry, so that
 * with rows of length R entry e of sample s lies at e·R + s.
 *
 * @param number tells the slots of one program apart
 */
public record Slot(int number, Shape shape, boolean perSample) {

    /** How many doubles it takes. */
    public long size(int rowLength) {
        return perSample ? (long) shape.size() * rowLength : shape.size();
    }
}
