package dev.nabla.imports;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the network that a formula is of: layers one after the other where it is that, else equations. What is found is
 * built and is the formula itself, node for node, or it is not taken.
 */
public final class Recognition {

    private Recognition() {}

    /**
     * The network and its parameters.
     *
     * @param name a free label of the network
     * @throws InvalidException if it is too large, or no equations say it
     */
    public static ImportedModel of(Formula formula, Optional<String> name) {
        return Layers.of(formula).flatMap(found -> model(formula, name, found))
                .or(() -> model(formula, name, WrittenEquations.of(formula)))
                .orElseThrow(() -> new InvalidException(List.of(Problem.of("",
                "computes what no layers and no equations say "
                        + "as exactly"))));
    }

    /**
     * An architecture and, by the paths of its parameters, what these are in the formula.
     */
    record Found(Architecture architecture, Map<String, Symbol> parameters) {}

    private static Optional<ImportedModel> model(Formula formula, Optional<String> name, Found found) {
        NetworkDefinition definition =
                NetworkDefinition.of(name, formula.inputNames(), formula.outputNames(), found.architecture());
        var network = Network.of(definition);
        ParameterLayout layout = network.parameters();
        Map<Expression, Expression> replacements = new HashMap<>();
        var flat = new double[layout.size()];
        for (int i = 0; i < layout.symbols().size(); i++) {
            Symbol own = found.parameters().get(layout.symbols().get(i).name());
            double[] values = own == null ? null : formula.parameters().get(own);
            if (own == null || values == null || !own.shape().equals(layout.symbols().get(i).shape())) {
                return Optional.empty();
            }
            replacements.put(layout.symbols().get(i), own);
            System.arraycopy(values, 0, flat, layout.offset(i), values.length);
        }
        return Graph.substitute(network.outputs(), replacements).equals(formula.outputs())
                ? Optional.of(new ImportedModel(definition, flat)) : Optional.empty();
    }
}
