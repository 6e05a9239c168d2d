package dev.nabla.benchmark;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** ND4J's SameDiff. Its weights are inputs × units, the transpose of Nabla's. */
final class SameDiffPeer implements Peer {

    private static final String INPUTS = "inputs";
    private static final String TARGETS = "targets";

    private final SameDiff network = SameDiff.create();
    private final int layers;
    private final ShuffledBatches batches;

    SameDiffPeer(Regression task) {
        var adam = Regression.ADAM;
        SDVariable outputs = network.placeHolder(INPUTS, DataType.DOUBLE, -1, task.samples().inputDimension());
        int below = task.samples().inputDimension();
        int offset = 0;
        layers = task.units().size();
        for (int k = 0; k < layers; k++) {
            int units = task.units().get(k);
            double[] parameters = Arrays.copyOfRange(task.initialParameters(), offset,
                    offset + units * below + units);
            INDArray weights = Nd4j.createFromArray(Arrays.copyOf(parameters, units * below)).reshape(units, below);
            INDArray bias = Nd4j.createFromArray(
                    Arrays.copyOfRange(parameters, units * below, parameters.length));
            outputs = network.nn().tanh(network.nn().linear(outputs,
                    network.var("W" + k, weights.transpose().dup('c')), network.var("b" + k, bias)));
            offset += parameters.length;
            below = units;
        }
        SDVariable targets = network.placeHolder(TARGETS, DataType.DOUBLE, -1, below);
        network.loss().meanSquaredError("loss", targets, outputs, null);
        network.setLossVariables("loss");
        network.setTrainingConfig(new TrainingConfig.Builder()
                .updater(new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon()))
                .dataSetFeatureMapping(INPUTS).dataSetLabelMapping(TARGETS).build());
        batches = new ShuffledBatches(task);
    }

    @Override
    public void train(int steps) {
        network.fit(new ExistingDataSetIterator(batches.next(steps)), 1);
    }

    @Override
    public double[] parameters() {
        DoubleStream parameters = DoubleStream.empty();
        for (int k = 0; k < layers; k++) {
            INDArray weights = network.getVariable("W" + k).getArr();
            INDArray bias = network.getVariable("b" + k).getArr();
            parameters = DoubleStream.concat(parameters, DoubleStream.concat(
                    Arrays.stream(weights.transpose().dup('c').reshape(-1).toDoubleVector()),
                    Arrays.stream(bias.toDoubleVector())));
        }
        return parameters.toArray();
    }

    @Override
    public void close() {}
}
