package dev.nabla.training;

import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.Optimizer;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Multipliers exp(−s) that are trained with the parameters, on Σ w (exp(−s) L + s) (Kendall, Gal and Cipolla, "Multi-task
 * learning using uncertainty to weigh losses", CVPR 2018, section 3.2). No s is clipped or decayed.
 */
final class LearnedMultipliers implements Multipliers {

    private final TrainingStep step;
    private final double[] weights;
    private final FlatVector s;
    private final FlatVector gradient;
    private final Optimizer optimizer;
    private final double[] present;
    private double[] values;

    /** @param weights of the terms, which multiply both of an L and its s: at rest exp(−s) = 1 / L */
    LearnedMultipliers(TrainingStep step, double[] weights, FirstOrderSettings settings, Engine engine) {
        this.step = step;
        this.weights = weights;
        INDArray logarithms = Nd4j.zeros(DataType.DOUBLE, weights.length);
        INDArray slopes = Nd4j.zeros(DataType.DOUBLE, weights.length);
        this.s = new FlatVector(logarithms);
        this.gradient = new FlatVector(slopes);
        FirstOrderSettings withoutDecay = settings instanceof AdamWSettings a
                ? new AdamSettings(a.learningRate(), a.beta1(), a.beta2(), a.epsilon(), a.schedule()) : settings;
        this.optimizer = Optimizer.of(withoutDecay, engine, logarithms, List.of(), slopes);
        this.present = new double[weights.length];
        this.values = new double[weights.length];
        Arrays.fill(values, 1);
    }

    @Override
    public void startEpoch(int epoch) {
        step.setMultipliers(multipliers());
    }

    @Override
    public void stepDone(double[] terms, double learningRate) {
        values = multipliers();
        double[] slopes = new double[weights.length];
        Arrays.setAll(slopes, i -> weights[i] - values[i] * terms[i]);
        gradient.set(slopes);
        optimizer.update(learningRate);
        step.setMultipliers(multipliers());
    }

    private double[] multipliers() {
        s.copyTo(present);
        return Arrays.stream(present).map(logarithm -> Math.exp(-logarithm)).toArray();
    }

    @Override
    public boolean isFinite() {
        return optimizer.isFinite();
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public void save(StateWriter state) {
        state.put(s);
        optimizer.save(state);
        state.put(values);
    }

    @Override
    public void restore(StateReader state) {
        state.get(s);
        optimizer.restore(state);
        values = state.get(values.length);
        step.setMultipliers(multipliers());
    }
}
