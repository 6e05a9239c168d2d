package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.optimizers.DamagedStateException;
import dev.nabla.optimizers.StateReader;
import dev.nabla.program.Engine;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Trains a network on datasets. */
public final class Trainer {

    private final Network network;
    private final MatchedSamples samples;
    private final TrainingSettings settings;
    private final Engine engine;

    /** @throws UnmatchedNamesException if the inputs of the dataset do not match the network's */
    public Trainer(Network network, Samples samples, TrainingSettings settings, Engine engine) {
        this(network, samples, Map.of(), settings, engine);
    }

    /** With the datasets that terms of the loss name. */
    public Trainer(Network network, Samples samples, Map<UUID, Samples> others, TrainingSettings settings, Engine engine) {
        this(network, Optional.of(samples), others, settings, engine);
    }

    /**
     * @param samples the training's own dataset, if it has one
     * @param others the datasets that terms of the loss name
     * @throws UnmatchedNamesException if the inputs of the datasets do not match the network's and each other's
     */
    public Trainer(Network network, Optional<Samples> samples, Map<UUID, Samples> others, TrainingSettings settings,
            Engine engine) {
        this.network = network;
        this.samples = MatchedSamples.of(network, settings.loss(), samples, others);
        this.settings = settings;
        this.engine = engine;
    }

    /**
     * Makes the updates of all epochs, or of fewer where the settings or the progress end it before.
     *
     * @param initialParameters the flat vector to start from
     * @throws UnmatchedNamesException if the targets do not match what the loss compares with them
     * @throws DivergedException when a loss, its gradient, a moment of that or a parameter is no longer finite
     */
    public TrainingResult train(double[] initialParameters, TrainingProgress progress) {
        return run(new TrainingRun(network, samples, settings, engine, initialParameters, progress));
    }

    /**
     * Makes the updates behind those that a training has made: of one that has ended, with what is left of
     * {@link TrainingSettings#upTo} of its settings, or of one that was interrupted, with its own. All of them are, to the last
     * bit, those of one training.
     *
     * @param state what that one left
     * @throws DamagedStateException if it is not of such a training
     * @throws DivergedException when a loss, its gradient, a moment of that or a parameter is no longer finite
     */
    public TrainingResult goOn(byte[] state, TrainingProgress progress) {
        var reader = new StateReader(state);
        ReachedParameters reached = reached(reader, network.parameters().size());
        var run = new TrainingRun(network, samples, settings, engine, reached.parameters(), progress);
        run.takeUp(reached.epoch(), reader);
        return run(run);
    }

    private TrainingResult run(TrainingRun run) {
        try {
            return run.run();
        } catch (DivergedException e) {
            throw e.advised(settings.optimizer());
        }
    }

    /**
     * How far a training had come when it left a state.
     *
     * @param parameters how many numbers the parameters of its network are
     * @throws DamagedStateException if it is not of such a training
     */
    public static ReachedParameters reached(byte[] state, int parameters) {
        return reached(new StateReader(state), parameters);
    }

    private static ReachedParameters reached(StateReader state, int parameters) {
        return new ReachedParameters((int) state.get(), state.get(parameters));
    }
}
