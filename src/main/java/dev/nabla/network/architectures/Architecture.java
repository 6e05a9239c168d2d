package dev.nabla.network.architectures;

import dev.nabla.expression.Expression;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Optional;

/** How the outputs of a network are made of its inputs and of parameters. */
public sealed interface Architecture permits Chain, Hamiltonian, ResNet, LaSympNet, GSympNet,
        VolumePreserving, GeneralizedHamiltonian, Lagrangian {

    int MAX_INPUTS = 4096;
    int MAX_LAYERS = 1000;

    /**
     * What a network is made of.
     *
     * @param layers the layers whose values have customary names; may be empty
     * @param outputs a vector
     * @param energy a conserved scalar, where there is one
     * @param field the vector field of the inputs, where it is not that of an energy H(q, p)
     */
    record Values(List<Layer.Values> layers, Expression outputs, Optional<Expression> energy,
            Optional<Expression> field) {

        public Values {
            layers = List.copyOf(layers);
        }

        Values(List<Layer.Values> layers, Expression outputs, Optional<Expression> energy) {
            this(layers, outputs, energy, Optional.empty());
        }

        static Values of(Expression outputs) {
            return new Values(List.of(), outputs, Optional.empty());
        }
    }

    /** Where it stands in the definition of a network. */
    default String pointer() {
        return "/architecture";
    }

    /** What the outputs are called in a message. */
    default String outputs() {
        return "outputs of the architecture";
    }

    /** What is wrong with it, or with so many inputs; with pointers into the definition of the network. */
    List<Problem> violations(int inputDimension);

    int outputDimension(int inputDimension);

    /** How many inputs, the last ones, are parameters of the system: they do not move with the others. */
    default int systemParameters() {
        return 0;
    }

    /** Makes the parameters and the values of a network that has no violations. */
    Values values(Expression inputs, Parameters parameters);
}
