package dev.nabla.training;

/**
 * When a training ends before its last epoch: when the loss, that of validation where there is one, has not fallen by
 * more than {@code minDelta} for so many epochs.
 *
 * @param patience so many epochs, at least 1
 * @param minDelta at least 0
 */
public record EarlyStopping(int patience, double minDelta) {}
