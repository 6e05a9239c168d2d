package dev.nabla.optimizers;

/** An optimizer at a multiple of every learning rate. */
record ScaledRate(double factor, Optimizer optimizer) implements Optimizer {

    @Override
    public void update(double learningRate) {
        optimizer.update(factor * learningRate);
    }

    @Override
    public boolean isFinite() {
        return optimizer.isFinite();
    }

    @Override
    public void save(StateWriter state) {
        optimizer.save(state);
    }

    @Override
    public void restore(StateReader state) {
        optimizer.restore(state);
    }
}
