package dev.nabla.benchmark;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.L2Loss;
import ai.djl.training.loss.Loss;

/**
 * PyTorch by DJL's blocks, dataset and optimizer, without DJL's trainer, which takes single precision only. Its
 * parameters have the shapes and the order of Nabla's.
 */
final class PyTorchPeer implements Peer {

    private final NDManager manager;
    private final ParameterStore store;
    private final SequentialBlock chain = new SequentialBlock();
    private final Loss loss = new L2Loss("mse", 1);
    private final PyTorchAdam adam;
    private final PyTorchBatches batches;

    PyTorchPeer(Regression task, int threads) {
        manager = PyTorch.manager(threads);
        store = new ParameterStore(manager, false);
        task.units().forEach(n -> chain.add(Linear.builder().setUnits(n).build()).add(Activation.tanhBlock()));
        chain.initialize(manager, DataType.FLOAT64, new Shape(task.batch(), task.samples().inputDimension()));
        adam = new PyTorchAdam(chain.getParameters().values().stream().map(p -> p.getArray()).toList(),
                task.initialParameters(), Regression.ADAM);
        batches = new PyTorchBatches(manager, task.samples(), task.batch(), task.shuffle());
    }

    @Override
    public void train(int steps) {
        for (int step = 0; step < steps; step++) {
            try (Batch batch = batches.next()) {
                try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                    NDList predictions = chain.forward(store, batch.getData(), true);
                    collector.backward(loss.evaluate(batch.getLabels(), predictions));
                }
                adam.update();
            }
        }
    }

    @Override
    public double[] parameters() {
        return adam.parameters();
    }

    @Override
    public void close() {
        manager.close();
    }
}
