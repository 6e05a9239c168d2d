package dev.nabla.benchmark;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;
import dev.nabla.datasets.Samples;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** The batches of one epoch after another, by DJL's dataset. */
final class PyTorchBatches {

    private final NDManager manager;
    private final ArrayDataset dataset;
    private Iterator<Batch> epoch = List.<Batch>of().iterator();

    PyTorchBatches(NDManager manager, Samples samples, int batch, boolean shuffle) {
        this.manager = manager;
        this.dataset = new ArrayDataset.Builder()
                .setData(manager.create(samples.inputs(), new Shape(samples.size(), samples.inputDimension())))
                .optLabels(manager.create(samples.targets(), new Shape(samples.size(), samples.targetDimension())))
                .setSampling(batch, shuffle).build();
    }

    Batch next() {
        if (!epoch.hasNext()) {
            try {
                epoch = dataset.getData(manager).iterator();
            } catch (IOException | TranslateException e) {
                throw new IllegalStateException(e);
            }
        }
        return epoch.next();
    }
}
