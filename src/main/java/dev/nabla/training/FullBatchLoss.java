package dev.nabla.training;

import dev.nabla.optimizers.DifferentiableFunction;
import dev.nabla.optimizers.Minimizer;
import dev.nabla.program.FlatVector;

/** The loss of all samples as a function of the parameters; NaN once the training is cancelled, so that no search goes on. */
final class FullBatchLoss implements DifferentiableFunction {

    private final TrainingStep step;
    private final Cancellation cancellation;
    private final FlatVector parameters;
    private final FlatVector gradient;
    private double last = Double.NaN;

    /** @param step whose parameters this sets */
    FullBatchLoss(TrainingStep step, Cancellation cancellation) {
        this.step = step;
        this.cancellation = cancellation;
        this.parameters = new FlatVector(step.parameters());
        this.gradient = new FlatVector(step.gradient());
    }

    @Override
    public double at(double[] point, double[] gradientThere) {
        if (cancellation.isAsked()) {
            return Double.NaN;
        }
        parameters.set(point);
        last = step.compute(0);
        gradient.copyTo(gradientThere);
        return last;
    }

    /**
     * Looks at the loss at the present point, which no iteration looked at if the samples are others.
     *
     * @throws DivergedException if it, its gradient or the square of that is no finite number
     */
    void requireFinite(Minimizer minimizer, boolean areOthers, int epoch) {
        step.requireFinite(minimizer.value(), "the loss", epoch);
        // Later points have a finite one: no others are stepped to.
        if (areOthers) {
            step.requireFiniteGradient(epoch);
        }
        if (!Double.isFinite(minimizer.gradientNorm())) {
            throw new DivergedException(epoch, "the square of the gradient of the loss is not finite", "");
        }
    }

    /** At the present point, which stands in the step and need not be the last that was looked at. */
    EpochLosses losses(Minimizer minimizer, double... iteration) {
        if (last != minimizer.value()) {
            last = step.compute(0);
        }
        double[] terms = new double[step.termCount()];
        step.addTermsTo(terms);
        return EpochLosses.mean(minimizer.value(), terms, 1).withIteration(iteration);
    }

    /** Says that the step has come to where it is by other ways. */
    void forget() {
        last = Double.NaN;
    }
}
