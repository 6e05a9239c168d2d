package dev.nabla.program;

import dev.nabla.expression.Shape;

/**
 * A value of a program. Its entries lie row-major; a per-sample value has one row of the batch for every entry, so
 * that entry e of sample s of a batch of B lies at e·B + s.
 *
 * @param number tells the slots of one program apart
 */
record Slot(int number, Shape shape, boolean perSample) {

    /** How many doubles it takes. */
    long size(int batch) {
        return perSample ? (long) shape.size() * batch : shape.size();
    }
}
