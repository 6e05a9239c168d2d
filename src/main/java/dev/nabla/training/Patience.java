package dev.nabla.training;

/** Counts the epochs whose losses are no improvement. */
final class Patience {

    private final EarlyStopping settings;
    private double lowest = Double.POSITIVE_INFINITY;
    private int epochs;

    Patience(EarlyStopping settings) {
        this.settings = settings;
    }

    /** Whether it ends with an epoch of this loss. */
    boolean endsWith(double loss) {
        if (loss < lowest - settings.minDelta()) {
            lowest = loss;
            epochs = 0;
        } else {
            epochs++;
        }
        return epochs >= settings.patience();
    }
}
