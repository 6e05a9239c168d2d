package dev.nabla.network;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.network.layers.Layer;
import dev.nabla.rendering.names.Name;
import dev.nabla.rendering.names.Notation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The customary names of a network's quantities (Nielsen, Neural Networks and Deep Learning, chapter 2): z of a layer
 * before its activation, a after it, and δ, the derivative of a differentiated scalar with respect to z.
 */
final class NetworkNotation {

    /** Networks with more outputs name the δ of these first ones only. */
    private static final int MAX_DIFFERENTIATED = 64;

    private NetworkNotation() {}

    /** With δ of the outputs. */
    static Notation of(Network network) {
        int outputs = Math.min(network.outputs().shape().size(), MAX_DIFFERENTIATED);
        return of(network, IntStream.range(0, outputs).mapToObj(j -> LinearAlgebra.entry(network.outputs(), j)).toList());
    }

    /** @param differentiated the scalars of which δ is */
    static Notation of(Network network, List<Expression> differentiated) {
        NetworkDefinition definition = network.definition();
        Map<Expression, Name> aliases = new LinkedHashMap<>();
        for (int i = 0; i < definition.inputDimension(); i++) {
            aliases.put(LinearAlgebra.entry(network.inputs(), i), Name.of(definition.inputs().get(i)));
        }
        var reserved = new HashSet<>(definition.inputs());
        reserved.addAll(definition.outputs());
        return new Notation(aliases, quantities(network, differentiated), reserved);
    }

    private static Map<Expression, Name> quantities(Network network, List<Expression> differentiated) {
        if (network.layers().isEmpty()) {
            return Map.of();
        }
        Map<Expression, Name> quantities = new LinkedHashMap<>();
        for (int k = 1; k <= network.layers().size(); k++) {
            Layer.Values layer = network.layers().get(k - 1);
            quantities.putIfAbsent(layer.activation(), Name.of("a", k));
            quantities.putIfAbsent(layer.preActivation(), Name.of("z", k));
        }
        List<Expression> preActivations = network.layers().stream().map(Layer.Values::preActivation).toList();
        for (Expression scalar : differentiated) {
            List<Expression> deltas = Derivative.gradient(scalar, preActivations);
            IntStream.range(0, deltas.size()).filter(k -> isQuantity(deltas.get(k)))
                    .forEach(k -> quantities.putIfAbsent(deltas.get(k), Name.of("delta", k + 1)));
        }
        return quantities;
    }

    /** Not a mere constant such as the derivative of an output by itself. */
    private static boolean isQuantity(Expression delta) {
        return delta.depth() > 0 && !(delta instanceof Stack && delta.depth() == 1);
    }
}
