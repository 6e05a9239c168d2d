package dev.nabla.benchmark;

import dev.nabla.network.Activation;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.program.KernelEngine;
import dev.nabla.program.Nd4jEngine;
import dev.nabla.training.Samples;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A Hamiltonian neural network (Greydanus et al., NeurIPS 2019): H is a tanh chain of z = (q, p), and training makes
 * the sum over the batch of ‖J∇H(z) − ż‖² small, with the ż of a pendulum. Its gradient is of second order.
 *
 * @param initialParameters in the order of the network's parameters
 * @param samples z and ż
 * @param batch a divisor of {@link Regression#SAMPLES}
 */
record Hamiltonian(Network network, double[] initialParameters, Samples samples, int batch, boolean shuffle) {

    private static final long SEED = 1;

    /** @param widths of the inputs and of two hidden layers and H, such as {@code 2-16-16-1} */
    static Hamiltonian of(String widths, int batch, boolean shuffle) {
        Network network = Chains.network(widths, Activation.IDENTITY, false);
        var random = new SplittableRandom(SEED);
        double[] z = random.doubles(2L * Regression.SAMPLES, -1, 1).toArray();
        double[] velocity = new double[z.length];
        for (int i = 0; i < z.length; i += 2) {
            velocity[i] = z[i + 1];
            velocity[i + 1] = -Math.sin(z[i]);
        }
        return new Hamiltonian(network, GlorotUniform.parameters(network.parameters(), SEED),
                new Samples(List.of("q", "p"), List.of("vq", "vp"), z, velocity), batch, shuffle);
    }

    /** A training that has not begun. */
    Peer peer(Framework framework) {
        return switch (framework) {
            case NABLA_KERNELS -> new HamiltonianNablaPeer(this, new KernelEngine());
            case NABLA_ND4J -> new HamiltonianNablaPeer(this, new Nd4jEngine());
            case PYTORCH_1 -> new HamiltonianPyTorchPeer(this, 1);
            case PYTORCH_2 -> new HamiltonianPyTorchPeer(this, 2);
            case SAMEDIFF, DL4J -> throw new IllegalArgumentException(framework + " has no second derivatives");
        };
    }
}
