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
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.L2Loss;
import ai.djl.training.loss.Loss;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

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
    private final ArrayDataset dataset;
    private Iterator<Batch> epoch = List.<Batch>of().iterator();

    PyTorchPeer(Regression task, int threads) {
        manager = PyTorch.manager(threads);
        store = new ParameterStore(manager, false);
        int dimension = task.samples().inputDimension();
        task.units().forEach(n -> chain.add(Linear.builder().setUnits(n).build()).add(Activation.tanhBlock()));
        chain.initialize(manager, DataType.FLOAT64, new Shape(task.batch(), dimension));
        adam = new PyTorchAdam(chain.getParameters().values().stream().map(p -> p.getArray()).toList(),
                task.initialParameters(), Regression.ADAM);
        dataset = new ArrayDataset.Builder()
                .setData(manager.create(task.samples().inputs(), new Shape(Regression.SAMPLES, dimension)))
                .optLabels(manager.create(task.samples().targets(), new Shape(Regression.SAMPLES, 1)))
                .setSampling(task.batch(), task.shuffle()).build();
    }

    @Override
    public void train(int steps) {
        for (int step = 0; step < steps; step++) {
            if (!epoch.hasNext()) {
                epoch = nextEpoch();
            }
            try (Batch batch = epoch.next()) {
                try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                    NDList predictions = chain.forward(store, batch.getData(), true);
                    collector.backward(loss.evaluate(batch.getLabels(), predictions));
                }
                adam.update();
            }
        }
    }

    private Iterator<Batch> nextEpoch() {
        try {
            return dataset.getData(manager).iterator();
        } catch (IOException | TranslateException e) {
            throw new IllegalStateException(e);
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
