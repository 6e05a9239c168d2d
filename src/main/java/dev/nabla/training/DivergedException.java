package dev.nabla.training;

import dev.nabla.optimizers.OptimizerSettings;

/** A training whose loss, gradient, moments of it or parameters are no longer numbers that there is room for. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean isOfSteps;

    /**
     * @param epoch the epoch in which it happened, counted from 1
     * @param why what is added to the message; may be empty
     */
    DivergedException(int epoch, String what, String why) {
        super(what + " in epoch " + epoch + why);
        // At a sample in the first epoch an equation mostly has no value, whatever the steps are.
        this.isOfSteps = epoch > 1 || why.isEmpty();
    }

    private DivergedException(DivergedException before, String advice) {
        super(before.getMessage() + advice, before);
        this.isOfSteps = before.isOfSteps;
    }

    /** The same with what to try, where other steps may not come to it. */
    DivergedException advised(OptimizerSettings optimizer) {
        return isOfSteps ? new DivergedException(this, "; try " + optimizer.ifItDiverges()) : this;
    }
}
