package dev.nabla.benchmark;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * PyTorch's derivatives. DJL has no {@code torch.autograd.grad}, which a user of PyTorch takes for those by the inputs, so the
 * loss is a module of PyTorch's own language; DJL differentiates it by the parameters.
 */
final class PhysicsPyTorchPeer implements Peer {

    private final NDManager manager;
    private final Model model = Model.newInstance("law", Device.cpu(), PyTorch.ENGINE);
    private final Block law;
    private final ParameterStore store;
    private final List<NDArray> parameters = new ArrayList<>();
    private final PyTorchAdam adam;
    private final PyTorchBatches batches;

    PhysicsPyTorchPeer(PhysicsTask task, int threads) {
        manager = PyTorch.manager(threads);
        try {
            model.load(new ByteArrayInputStream(TorchScript.archive(task.physics().torchScript())));
        } catch (IOException | MalformedModelException e) {
            throw new IllegalStateException(e);
        }
        law = model.getBlock();
        store = new ParameterStore(manager, false);
        for (var symbol : task.network().parameters().symbols()) {
            parameters.add(manager.zeros(new Shape(symbol.shape().dimensions().stream().mapToLong(d -> d).toArray()),
                    DataType.FLOAT64));
        }
        adam = new PyTorchAdam(parameters, task.initialParameters(), Regression.ADAM);
        batches = new PyTorchBatches(manager, task.samples(), task.batch(), task.shuffle());
    }

    @Override
    public void train(int steps) {
        for (int step = 0; step < steps; step++) {
            try (Batch batch = batches.next()) {
                NDArray z = batch.getData().head();
                z.setRequiresGradient(true);
                try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                    var inputs = new NDList(z, batch.getLabels().head());
                    inputs.addAll(parameters);
                    collector.backward(law.forward(store, inputs, true).head());
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
        model.close();
        manager.close();
    }
}
