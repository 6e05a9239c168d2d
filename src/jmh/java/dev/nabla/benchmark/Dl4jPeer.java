package dev.nabla.benchmark;

import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Deeplearning4j's multi-layer network. Its flat vector, of weights inputs × units by column, is the same as Nabla's. */
final class Dl4jPeer implements Peer {

    private final MultiLayerNetwork network;
    private final ShuffledBatches batches;

    Dl4jPeer(Regression task) {
        var adam = Regression.ADAM;
        var layers = new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE)
                .updater(new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon())).list();
        List<Integer> units = task.units();
        int below = task.samples().inputDimension();
        for (int n : units.subList(0, units.size() - 1)) {
            layers.layer(new DenseLayer.Builder().nIn(below).nOut(n).activation(Activation.TANH).build());
            below = n;
        }
        layers.layer(new OutputLayer.Builder(LossFunction.MSE).nIn(below).nOut(units.getLast())
                .activation(Activation.TANH).build());
        network = new MultiLayerNetwork(layers.build());
        network.init();
        network.setParams(Nd4j.createFromArray(task.initialParameters()).reshape(1, -1));
        batches = new ShuffledBatches(task);
    }

    @Override
    public void train(int steps) {
        network.fit(new ExistingDataSetIterator(batches.next(steps)));
    }

    @Override
    public double[] parameters() {
        return network.params().reshape(-1).toDoubleVector();
    }

    @Override
    public void close() {
        network.close();
    }
}
