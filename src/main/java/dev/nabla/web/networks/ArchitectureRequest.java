package dev.nabla.web.networks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An architecture as a client sends it. */
@Schema(description = """
        What is between inputs and outputs, in place of layers. The type decides which other fields there are:

        - `hamiltonian` (width, hiddenLayers, activation): an energy H(q, p), the one output, of an even number of inputs.
        - `lagrangian` (width, hiddenLayers, activation): a Lagrangian L(q, q̇), the one output, of an even number of inputs.
        - `resnet` (blocks, activation): residual layers x + activation(W x + b) of the dimension of the inputs.
        - `sympnet-la` (layers, sublayers, activation): a symplectic map of (q, p) by linear and activation modules.
        - `sympnet-g` (layers, width, activation): a symplectic map of (q, p) by gradient modules.
        - `volume-preserving` (blocks, activation): a map whose Jacobian has determinant 1.
        - `generalized-hamiltonian` (width, hiddenLayers, activation, steps, stepSize, integrator, systemParameters): a
          symplectic map of (q, p) by steps of an integrator for the energy T(p, c) + V(q, c), where c are parameters of
          the system: inputs behind q and p.

        Where there is an `energy` (H, T + V, or q̇ · ∂L/∂q̇ − L), equations may name it, and the vector field (∂H/∂p, −∂H/∂q),
        or of a Lagrangian (q̇, q̈): `field`.""")
record ArchitectureRequest(
        @Schema(description = "hamiltonian, lagrangian, resnet, sympnet-la, sympnet-g, volume-preserving or "
                + "generalized-hamiltonian.", example = "hamiltonian") @Nullable String type,
        @Schema(description = "The units of every hidden layer, or the rows of every K, from 1 to 4096.",
                example = "16") @Nullable Integer width,
        @Schema(description = "The number of hidden layers, from 1 to 1000.", example = "2")
        @Nullable Integer hiddenLayers,
        @Schema(description = "The number of residual layers, or of pairs of a lower and an upper triangular layer, "
                + "from 1 to 1000.") @Nullable Integer blocks,
        @Schema(description = "The number of pairs of modules, from 1 to 1000.") @Nullable Integer layers,
        @Schema(description = "The number of triangular blocks of a linear module, from 1 to 20.")
        @Nullable Integer sublayers,
        @Schema(description = "\"tanh\" if left out.", example = "tanh") @Nullable String activation,
        @Schema(description = "The number of steps of the integrator, from 1 to 1000.") @Nullable Integer steps,
        @Schema(description = "The time that a step takes.") @Nullable Double stepSize,
        @Schema(description = "symplectic-euler or stoermer-verlet; the latter if left out.")
        @Nullable String integrator,
        @Schema(description = "How many of the inputs, the last ones, are parameters of the system; 0 if left out.",
                example = "1") @Nullable Integer systemParameters) {

    /** The fields that are given. */
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        NetworkRequest.put(fields, "type", type);
        NetworkRequest.put(fields, "width", width);
        NetworkRequest.put(fields, "hiddenLayers", hiddenLayers);
        NetworkRequest.put(fields, "blocks", blocks);
        NetworkRequest.put(fields, "layers", layers);
        NetworkRequest.put(fields, "sublayers", sublayers);
        NetworkRequest.put(fields, "activation", activation);
        NetworkRequest.put(fields, "steps", steps);
        NetworkRequest.put(fields, "stepSize", stepSize);
        NetworkRequest.put(fields, "integrator", integrator);
        NetworkRequest.put(fields, "systemParameters", systemParameters);
        return fields;
    }
}
