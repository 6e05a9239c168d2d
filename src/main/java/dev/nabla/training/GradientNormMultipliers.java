package dev.nabla.training;

import java.util.Arrays;

/**
 * Makes the gradients of terms about as long as each other (Wang, Teng and Perdikaris, "Understanding and mitigating gradient
 * flow pathologies in physics-informed neural networks", SIAM J. Sci. Comput. 43(5), 2021, algorithm 1, with the mean of all norms
 * over that of a term instead of the largest entry of one gradient over the mean entry of another).
 */
final class GradientNormMultipliers implements Multipliers {

    private static final int EVERY = 10;
    private static final double KEPT = 0.9;
    /** So that a term that is as good as solved does not become all noise. */
    private static final double MOST = 1e6;

    private final TrainingStep step;
    private final double[] weights;
    private final double[] values;

    /** @param weights of the terms: what they say of how important a term is stays, so norms are those without them */
    GradientNormMultipliers(TrainingStep step, double[] weights) {
        this.step = step;
        this.weights = weights;
        this.values = new double[weights.length];
        Arrays.fill(values, 1);
    }

    @Override
    public void startEpoch(int epoch) {
        if ((epoch - 1) % EVERY != 0) {
            return;
        }
        double[] norms = step.gradientNorms();
        Arrays.setAll(norms, i -> norms[i] / weights[i]);
        double mean = Arrays.stream(norms).average().orElseThrow();
        for (int i = 0; i < values.length && Double.isFinite(mean); i++) {
            if (norms[i] > 0) {
                values[i] = KEPT * values[i] + (1 - KEPT) * Math.min(mean / norms[i], MOST);
            }
        }
        step.setMultipliers(values);
    }

    @Override
    public void stepDone(double[] terms, double learningRate) {}

    @Override
    public double[] values() {
        return values.clone();
    }
}
