package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.nabla.documents.Bounds;
import dev.nabla.expression.Expression;
import dev.nabla.language.PointFunction;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How the outputs of a network are made of its inputs and of parameters. In JSON, {@code type} says which; a chain is no
 * such document but the list of its layers.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@Schema(description = "What is between inputs and outputs, in place of layers. Where there is an `energy` (H, T + V, or "
        + "q̇ · ∂L/∂q̇ − L), equations may name it, and the vector field (∂H/∂p, −∂H/∂q), or of a Lagrangian (q̇, q̈): "
        + "`field`.")
public sealed interface Architecture permits Chain, Hamiltonian, Lagrangian, ResNet, LaSympNet, GSympNet,
        VolumePreserving, GeneralizedHamiltonian, EquationModel {

    /** The first name of the paths of what normalizes inputs and outputs. */
    String NORMALIZATION = "normalization";

    int MAX_INPUTS = 4096;
    int MAX_LAYERS = 1000;

    /**
     * What a network is made of.
     *
     * @param layers the layers whose values have customary names; may be empty
     * @param outputs a vector
     * @param energy a conserved scalar, where there is one
     * @param field the vector field of the inputs, where it is not that of an energy H(q, p)
     * @param parts by name what equations may call
     */
    record Values(List<Layer.Values> layers, Expression outputs, Optional<Expression> energy,
            Optional<Expression> field, Map<String, PointFunction> parts) {

        public Values {
            layers = List.copyOf(layers);
        }

        Values(List<Layer.Values> layers, Expression outputs, Optional<Expression> energy, Optional<Expression> field) {
            this(layers, outputs, energy, field, Map.of());
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
    default String outputsInWords() {
        return "outputs of the architecture";
    }

    /** What is wrong with it, or with so many inputs; with pointers into the definition of the network. */
    default List<Problem> violations(int inputDimension) {
        List<Problem> ofParts = Stream.concat(violationOfInputs(inputDimension).stream(), violationsOfBounds().stream())
                .toList();
        return ofParts.isEmpty() ? violationOfWhole(inputDimension).stream().toList() : ofParts;
    }

    /** The same where equations may name the inputs and outputs. */
    default List<Problem> violations(List<String> inputs, List<String> outputs) {
        return violations(inputs.size());
    }

    /** What is wrong with so many inputs. */
    default Optional<Problem> violationOfInputs(int inputDimension) {
        return Optional.empty();
    }

    /** What is beyond the bounds of its fields. */
    default List<Problem> violationsOfBounds() {
        return Bounds.problems((Record) this, pointer());
    }

    /** What is wrong with an architecture of which no part is. */
    default Optional<Problem> violationOfWhole(int inputDimension) {
        return Optional.empty();
    }

    /** What equations call it has beside inputs, outputs and parameters, so that nothing else may be called so. */
    default Set<String> ownNames() {
        return Set.of();
    }

    /** What is wrong with normalized inputs or outputs around it. */
    default Optional<Problem> violationOfNormalization(Normalization normalization, List<String> inputs,
            List<String> outputs) {
        return Optional.empty();
    }

    /**
     * The values between natural inputs and outputs: where there is an energy or a field, that of the natural inputs.
     *
     * @param map the values of scaled inputs
     * @param scaled of the inputs what the map sees
     * @param natural makes natural outputs
     */
    default Values normalized(Function<Expression, Values> map, Expression inputs, Expression scaled,
            UnaryOperator<Expression> natural) {
        Values values = map.apply(scaled);
        return new Values(values.layers(), natural.apply(values.outputs()), values.energy(), values.field(), values.parts());
    }

    int outputDimension(int inputDimension);

    /** How many outputs there are whatever the inputs are and whatever is wrong elsewhere; empty where that is not certain. */
    default OptionalInt certainOutputDimension() {
        return OptionalInt.empty();
    }

    /** How many inputs, the last ones, are parameters of the system: they do not move with the others. */
    default int systemParameters() {
        return 0;
    }

    /** What the outputs are called where nobody says it, if they have names here. */
    default Optional<List<String>> outputNames() {
        return Optional.empty();
    }

    /** The same as {@link #map(int, Parameters)} where equations may name the inputs and outputs. */
    default Function<Expression, Values> map(List<String> inputs, List<String> outputs, Parameters parameters) {
        return map(inputs.size(), parameters);
    }

    /** Makes the parameters of a network without violations; its values are made of the inputs when those are given. */
    Function<Expression, Values> map(int inputDimension, Parameters parameters);
}
