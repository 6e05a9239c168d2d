package dev.nabla.benchmark;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.LossTerm;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.program.Engine;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import dev.nabla.training.Trainer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A tanh chain of two inputs is trained to make the squared errors of its physics small.
 *
 * @param initialParameters in the order of the network's parameters
 * @param samples inputs and targets
 * @param batch a divisor of {@link Regression#SAMPLES}
 */
record PhysicsTask(Physics physics, Network network, double[] initialParameters, Samples samples, int batch,
        boolean shuffle) {

    private static final long SEED = 1;

    /** @param widths of the inputs and of two hidden layers and the output, such as {@code 2-16-16-1} */
    static PhysicsTask of(Physics physics, String widths, int batch, boolean shuffle) {
        Network network = Chains.network(widths, Activation.IDENTITY, false);
        double[] z = new SplittableRandom(SEED).doubles(2L * Regression.SAMPLES, -1, 1).toArray();
        double[] targets = new double[Regression.SAMPLES * physics.dimension()];
        for (int s = 0; s < Regression.SAMPLES; s++) {
            System.arraycopy(physics.targets(z[2 * s], z[2 * s + 1]), 0, targets, s * physics.dimension(),
                    physics.dimension());
        }
        return new PhysicsTask(physics, network, GlorotUniform.parameters(network.parameters(), SEED), new Samples(
                List.of("x", "y"), NetworkDefinition.numbered("t", physics.dimension()), z, targets), batch, shuffle);
    }

    private Trainer trainer(Engine engine) {
        var loss = new EquationLoss(List.of(new LossTerm(physics.equation(), Optional.empty(), 1)));
        return new Trainer(network, samples, Regression.settings(loss, batch, shuffle), engine);
    }

    /** A training that has not begun. */
    Peer peer(Framework framework) {
        return switch (framework) {
            case NABLA_KERNELS -> new NablaPeer(trainer(new KernelEngine()), initialParameters);
            case NABLA_SINGLE -> new NablaPeer(trainer(new KernelEngine(Precision.SINGLE)), initialParameters);
            case NABLA_ND4J -> new NablaPeer(trainer(new Nd4jEngine()), initialParameters);
            case PYTORCH_1 -> new PhysicsPyTorchPeer(this, 1);
            case PYTORCH_2 -> new PhysicsPyTorchPeer(this, 2);
            case SAMEDIFF, DL4J -> throw new IllegalArgumentException(framework + " has no second derivatives");
        };
    }
}
