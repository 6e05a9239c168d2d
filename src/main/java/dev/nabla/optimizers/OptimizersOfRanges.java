package dev.nabla.optimizers;

import java.util.Arrays;

/** One optimizer after the other, each of other parameters. */
final class OptimizersOfRanges implements Optimizer {

    private final Optimizer[] optimizers;

    OptimizersOfRanges(Optimizer[] optimizers) {
        this.optimizers = optimizers;
    }

    @Override
    public void update(double learningRate) {
        for (Optimizer optimizer : optimizers) {
            optimizer.update(learningRate);
        }
    }

    @Override
    public boolean isFinite() {
        return Arrays.stream(optimizers).allMatch(Optimizer::isFinite);
    }

    @Override
    public void save(StateWriter state) {
        for (Optimizer optimizer : optimizers) {
            optimizer.save(state);
        }
    }

    @Override
    public void restore(StateReader state) {
        for (Optimizer optimizer : optimizers) {
            optimizer.restore(state);
        }
    }
}
