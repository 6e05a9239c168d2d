package dev.nabla.program;

/**
 * What stays the same in all updates of Adam.
 *
 * @param beta1 the decay of the first moment estimate, in [0, 1)
 * @param beta2 the decay of the second moment estimate, in [0, 1)
 * @param epsilon added to the root of the corrected second moment, above 0
 */
public record AdamConstants(double beta1, double beta2, double epsilon) {}
