package dev.nabla.training;

import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.nd4j.linalg.factory.Nd4j;

/** Trains a network on a dataset. */
public final class Trainer {

    private final Network network;
    private final Samples samples;
    private final Map<UUID, Samples> others;
    private final TrainingSettings settings;
    private final Engine engine;

    /** @throws IllegalArgumentException if the dataset's dimensions are not the network's */
    public Trainer(Network network, Samples samples, TrainingSettings settings, Engine engine) {
        this(network, samples, Map.of(), settings, engine);
    }

    /**
     * @param others the datasets that terms of the loss name
     * @throws IllegalArgumentException if a dataset's dimensions are not the network's
     */
    public Trainer(Network network, Samples samples, Map<UUID, Samples> others, TrainingSettings settings,
            Engine engine) {
        if (samples.inputDimension() != network.definition().inputDimension() || settings.loss() instanceof Loss
                && samples.targetDimension() != network.definition().outputDimension()) {
            throw new IllegalArgumentException("the dataset does not fit the network");
        }
        this.network = network;
        this.samples = samples;
        this.others = Map.copyOf(others);
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
        var step = new TrainingStep(network, settings.loss().parts(network, samples, others), settings, engine);
        step.parameters().assign(Nd4j.createFromArray(initialParameters));
        var optimizer = new Adam(settings.optimizer(), engine, step.parameters(), step.gradient());
        boolean cancelled = false;
        for (int epoch = 1; epoch <= settings.epochs() && !cancelled; epoch++) {
            double lossSum = 0;
            step.startEpoch(epoch - 1);
            for (int k = 0; k < step.stepsPerEpoch() && !cancelled; k++) {
                double loss = step.compute(k);
                requireFinite(loss, "the loss", epoch);
                lossSum += loss;
                optimizer.update();
                cancelled = progress.isCancelled();
            }
            if (!cancelled) {
                progress.epochFinished(epoch, lossSum / step.stepsPerEpoch());
            }
        }
        double[] parameters = step.parameters().toDoubleVector();
        int lastEpoch = settings.epochs();
        Arrays.stream(parameters).filter(p -> !Double.isFinite(p)).findFirst()
                .ifPresent(p -> requireFinite(p, "a parameter", lastEpoch));
        double loss = step.lossOfDatasets();
        requireFinite(loss, "the loss", lastEpoch);
        return new TrainingResult(parameters, loss, cancelled);
    }

    private static void requireFinite(double number, String what, int epoch) {
        if (!Double.isFinite(number)) {
            throw new DivergedException(epoch, what + " became " + number);
        }
    }
}
