package dev.nabla.network;

import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.GSympNet;
import dev.nabla.network.architectures.GeneralizedHamiltonian;
import dev.nabla.network.architectures.Hamiltonian;
import dev.nabla.network.architectures.LaSympNet;
import dev.nabla.network.architectures.Lagrangian;
import dev.nabla.network.architectures.ResNet;
import dev.nabla.network.architectures.VolumePreserving;
import dev.nabla.problems.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Architectures as objects of plain values. */
public final class ArchitectureDocument {

    private static final String WIDTH = "width";
    private static final String HIDDEN_LAYERS = "hiddenLayers";
    private static final String BLOCKS = "blocks";
    private static final String LAYERS = "layers";
    private static final String SUBLAYERS = "sublayers";
    private static final String STEPS = "steps";
    private static final String STEP_SIZE = "stepSize";
    private static final String SYSTEM_PARAMETERS = "systemParameters";

    private static final String HAMILTONIAN = "hamiltonian";
    private static final String LAGRANGIAN = "lagrangian";
    private static final String RESNET = "resnet";
    private static final String SYMPNET_LA = "sympnet-la";
    private static final String SYMPNET_G = "sympnet-g";
    private static final String VOLUME_PRESERVING = "volume-preserving";
    private static final String GENERALIZED_HAMILTONIAN = "generalized-hamiltonian";

    private static final Map<String, Function<Fields, Architecture>> READERS = new LinkedHashMap<>();

    static {
        READERS.put(HAMILTONIAN, fields -> new Hamiltonian(fields.integer(WIDTH), fields.integer(HIDDEN_LAYERS),
                fields.activation()));
        READERS.put(LAGRANGIAN, fields -> new Lagrangian(fields.integer(WIDTH), fields.integer(HIDDEN_LAYERS),
                fields.activation()));
        READERS.put(RESNET, fields -> new ResNet(fields.integer(BLOCKS), fields.activation()));
        READERS.put(SYMPNET_LA, fields -> new LaSympNet(fields.integer(LAYERS), fields.integer(SUBLAYERS),
                fields.activation()));
        READERS.put(SYMPNET_G, fields -> new GSympNet(fields.integer(LAYERS), fields.integer(WIDTH),
                fields.activation()));
        READERS.put(VOLUME_PRESERVING, fields -> new VolumePreserving(fields.integer(BLOCKS), fields.activation()));
        READERS.put(GENERALIZED_HAMILTONIAN, fields -> new GeneralizedHamiltonian(fields.integer(WIDTH),
                fields.integer(HIDDEN_LAYERS), fields.activation(), fields.integer(STEPS), fields.number(STEP_SIZE),
                fields.integrator(), fields.integer(SYSTEM_PARAMETERS, 0)));
    }

    private ArchitectureDocument() {}

    /** With nothing left out; empty for a chain, which is the list of its layers. */
    static Optional<Map<String, Object>> of(Architecture architecture) {
        return switch (architecture) {
            case Chain _ -> Optional.empty();
            case Hamiltonian a -> Optional.of(new Document(HAMILTONIAN).with(WIDTH, a.width())
                    .with(HIDDEN_LAYERS, a.hiddenLayers()).with(a.activation()).fields());
            case Lagrangian a -> Optional.of(new Document(LAGRANGIAN).with(WIDTH, a.width())
                    .with(HIDDEN_LAYERS, a.hiddenLayers()).with(a.activation()).fields());
            case ResNet a -> Optional.of(new Document(RESNET).with(BLOCKS, a.blocks()).with(a.activation()).fields());
            case LaSympNet a -> Optional.of(new Document(SYMPNET_LA).with(LAYERS, a.layers())
                    .with(SUBLAYERS, a.sublayers()).with(a.activation()).fields());
            case GSympNet a -> Optional.of(new Document(SYMPNET_G).with(LAYERS, a.layers()).with(WIDTH, a.width())
                    .with(a.activation()).fields());
            case VolumePreserving a -> Optional.of(new Document(VOLUME_PRESERVING).with(BLOCKS, a.blocks())
                    .with(a.activation()).fields());
            case GeneralizedHamiltonian a -> Optional.of(new Document(GENERALIZED_HAMILTONIAN).with(WIDTH, a.width())
                    .with(HIDDEN_LAYERS, a.hiddenLayers()).with(a.activation()).with(STEPS, a.steps())
                    .with(STEP_SIZE, a.stepSize()).with(a.integrator())
                    .with(SYSTEM_PARAMETERS, a.systemParameters()).fields());
        };
    }

    /**
     * The architecture of which these are the fields, with tanh if left out.
     *
     * @param violations where what is wrong is added, with pointers that begin with {@code pointer}
     */
    public static Optional<Architecture> architecture(Map<String, Object> fields, String pointer,
            List<Problem> violations) {
        return new Fields(pointer, fields, violations).read(Optional.empty(), READERS);
    }
}
