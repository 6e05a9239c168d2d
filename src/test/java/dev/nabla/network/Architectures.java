package dev.nabla.network;

import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.Coefficient;
import dev.nabla.network.architectures.EquationModel;
import dev.nabla.network.architectures.GSympNet;
import dev.nabla.network.architectures.GeneralizedHamiltonian;
import dev.nabla.network.architectures.Hamiltonian;
import dev.nabla.network.architectures.Integrator;
import dev.nabla.network.architectures.LaSympNet;
import dev.nabla.network.architectures.Lagrangian;
import dev.nabla.network.architectures.NamesOrCount;
import dev.nabla.network.architectures.OutputEquations;
import dev.nabla.network.architectures.PartDocument;
import dev.nabla.network.architectures.ResNet;
import dev.nabla.network.architectures.VolumePreserving;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.AffineLayer;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.LinearLayer;
import dev.nabla.network.layers.ResidualLayer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Small networks of every architecture, and points to look at them. */
public final class Architectures {

    private static final Activation SIGMOID = Activation.named("sigmoid").orElseThrow();

    private Architectures() {}

    public static List<Architecture> all() {
        return List.of(
                new Chain(List.of(DenseLayer.of(3, Activation.TANH), new LinearLayer(4), new ResidualLayer(SIGMOID),
                        new AffineLayer(2))),
                new Hamiltonian(5, 2, Activation.TANH),
                new Lagrangian(4, 1, Activation.TANH),
                new ResNet(2, SIGMOID),
                new LaSympNet(3, 2, Activation.TANH),
                new GSympNet(2, 3, SIGMOID),
                new VolumePreserving(2, Activation.TANH),
                new GeneralizedHamiltonian(3, 2, Activation.TANH, 2, 0.3, Integrator.STOERMER_VERLET, 0),
                new GeneralizedHamiltonian(3, 1, SIGMOID, 2, 0.3, Integrator.SYMPLECTIC_EULER, 0),
                new GeneralizedHamiltonian(3, 1, Activation.TANH, 2, 0.3, Integrator.STOERMER_VERLET, 2),
                equations());
    }

    /** A part that is used twice, one that is fed by it, and coefficients. */
    private static EquationModel equations() {
        var parts = new LinkedHashMap<String, PartDocument>();
        parts.put("N", new PartDocument(new NamesOrCount(List.of("a", "b")), null,
                List.of(DenseLayer.of(3, Activation.TANH), new LinearLayer(1)), null));
        parts.put("M", new PartDocument(new NamesOrCount(List.of("a")), null, null, new ResNet(1, SIGMOID)));
        var coefficients = new LinkedHashMap<String, Coefficient>();
        coefficients.put("nu", new Coefficient(0.3, 0.0, null, true));
        coefficients.put("k", new Coefficient(List.of(List.of(1.0, 0.5), List.of(-0.2, 2.0)), null, null, false));
        return new EquationModel(parts, coefficients, new OutputEquations(Optional.empty(), List.of(
                "nu * N(x1, x2) + k[1,2] * sin(x2)", "M(y1) - at(D(y1, x1), x1 = 0.25) + N(x2, at(y1, x1 = 0, x2 = 1))")),
                null, null);
    }

    static List<Architecture> symplectic() {
        return all().stream().filter(architecture -> architecture instanceof LaSympNet
                || architecture instanceof GSympNet || architecture instanceof GeneralizedHamiltonian).toList();
    }

    public static Network network(Architecture architecture, int inputs) {
        return Network.of(definition(architecture, inputs));
    }

    static NetworkDefinition definition(Architecture architecture, int inputs) {
        return new NetworkDefinition(Optional.of("a name"), NetworkDefinition.numbered("x", inputs),
                NetworkDefinition.numbered("y", architecture.outputDimension(inputs)), architecture);
    }

    /** Values of all parameters and of the inputs of one sample, between −1/2 and 1/2. */
    public static Map<String, double[]> randomPoint(Network network, SplittableRandom random) {
        var values = new HashMap<String, double[]>();
        network.parameters().symbols().forEach(symbol ->
                values.put(symbol.name(), random.doubles(symbol.shape().size(), -0.5, 0.5).toArray()));
        values.put(Network.INPUTS, random.doubles(network.definition().inputDimension(), -0.5, 0.5).toArray());
        return values;
    }
}
