package dev.nabla.training;

import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;

/** Counts the epochs whose losses are no improvement. */
final class Patience {

    private final EarlyStopping settings;
    private double lowest = Double.POSITIVE_INFINITY;
    private int epochs;

    Patience(EarlyStopping settings) {
        this.settings = settings;
    }

    boolean isExhausted() {
        return epochs >= settings.patience();
    }

    void save(StateWriter state) {
        state.put(lowest, epochs);
    }

    void restore(StateReader state) {
        lowest = state.get();
        epochs = (int) state.get();
    }

    /** Whether it ends with an epoch of this loss. */
    boolean endsWith(double loss) {
        if (loss < lowest - settings.minDelta()) {
            lowest = loss;
            epochs = 0;
        } else {
            epochs++;
        }
        return isExhausted();
    }
}
