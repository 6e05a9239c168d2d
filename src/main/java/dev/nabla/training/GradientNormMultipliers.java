package dev.nabla.training;

import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import java.util.Arrays;

/**
 * Brings the gradients of terms to the size of that of the first (Wang, Teng and Perdikaris, "Understanding and mitigating
 * gradient flow pathologies in physics-informed neural networks", SIAM J. Sci. Comput. 43(5), 2021, algorithm 1: the largest entry
 * of the first over the mean entry of the other, with its moving average). As in the authors' program (GitHub,
 * PredictiveIntelligenceLab/GradientPathologiesPINNs) the gradient of the other is one with its present multiplier, without which
 * multipliers of terms that are nearly 0 grow until nothing else is trained.
 */
final class GradientNormMultipliers implements Multipliers {

    private static final int EVERY = 10;
    private static final double KEPT = 0.9;
    /** So that a term that is as good as solved does not become all noise. */
    private static final double MOST = 1e6;

    private final TrainingStep step;
    private final double[] weights;
    private final double[] values;

    /** @param weights of the terms: what they say of how important a term is stays, so gradients are those without them */
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
        double[] largest = new double[values.length];
        double[] mean = new double[values.length];
        step.forEachTerm((gradient, term) -> {
            for (double entry : gradient) {
                double size = Math.abs(entry) / weights[term];
                largest[term] = Math.max(largest[term], size);
                mean[term] += size / step.trained().size();
            }
        });
        for (int i = 1; i < values.length; i++) {
            double ratio = largest[0] / (values[i] * mean[i]);
            if (mean[i] > 0 && ratio > 0) {
                values[i] = KEPT * values[i] + (1 - KEPT) * Math.min(ratio, MOST);
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

    @Override
    public void save(StateWriter state) {
        state.put(values);
    }

    @Override
    public void restore(StateReader state) {
        System.arraycopy(state.get(values.length), 0, values, 0, values.length);
        step.setMultipliers(values);
    }
}
