package dev.nabla.training;

import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import java.util.Arrays;
import org.nd4j.linalg.factory.Nd4j;

/** Trains a network on a dataset. */
public final class Trainer {

    private final Network network;
    private final Samples samples;
    private final TrainingSettings settings;
    private final Engine engine;

    /** @throws IllegalArgumentException if the dataset's dimensions are not the network's */
    public Trainer(Network network, Samples samples, TrainingSettings settings, Engine engine) {
        if (samples.inputDimension() != network.definition().inputDimension()
                || samples.targetDimension() != network.definition().outputDimension()) {
            throw new IllegalArgumentException("the dataset does not fit the network");
        }
        this.network = network;
        this.samples = samples;
        this.settings = settings;
        this.engine = engine;
    }

    /**
     * Visits every sample once per epoch, in batches, with one update of the parameters after each.
     *
     * @param initialParameters the flat vector to start from
     * @throws DivergedException when a loss or a parameter is no longer a finite number
     */
    public TrainingResult train(double[] initialParameters, TrainingProgress progress) {
        var step = new TrainingStep(network, settings.loss(), samples, engine);
        step.parameters().assign(Nd4j.createFromArray(initialParameters));
        var optimizer = new Adam(settings.optimizer(), engine, step.parameters(), step.gradient());
        var order = new EpochOrder(samples.size(), settings.shuffle(), settings.seed());
        boolean cancelled = false;
        for (int epoch = 1; epoch <= settings.epochs() && !cancelled; epoch++) {
            double lossSum = 0;
            int[] ofEpoch = order.ofEpoch(epoch - 1);
            for (int from = 0; from < samples.size() && !cancelled; from += settings.batchSize()) {
                double loss = step.compute(ofEpoch, from, Math.min(from + settings.batchSize(), samples.size()));
                requireFinite(loss, "the loss", epoch);
                lossSum += loss;
                optimizer.update();
                cancelled = progress.isCancelled();
            }
            if (!cancelled) {
                progress.epochFinished(epoch, lossSum / settings.stepsPerEpoch(samples.size()));
            }
        }
        double[] parameters = step.parameters().toDoubleVector();
        int lastEpoch = settings.epochs();
        Arrays.stream(parameters).filter(p -> !Double.isFinite(p)).findFirst()
                .ifPresent(p -> requireFinite(p, "a parameter", lastEpoch));
        double loss = step.lossOfDataset();
        requireFinite(loss, "the loss", lastEpoch);
        return new TrainingResult(parameters, loss, cancelled);
    }

    private static void requireFinite(double number, String what, int epoch) {
        if (!Double.isFinite(number)) {
            throw new DivergedException(epoch, what + " became " + number);
        }
    }
}
