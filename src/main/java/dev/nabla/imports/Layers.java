package dev.nabla.imports;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.MatrixProduct;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.imports.Recognition.Found;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.ResidualLayer;
import dev.nabla.problems.InvalidException;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.PrintTooLargeException;
import dev.nabla.rendering.Renderer;
import dev.nabla.rendering.names.Notation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a formula as layers, one after the other: what is between one product with a matrix of parameters and the next.
 */
final class Layers {

    private static final int LONGEST_ACTIVATION = 1000;

    private final Formula formula;
    private final Map<Expression, List<Expression>> users = new HashMap<>();
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Symbol> parameters = new HashMap<>();

    private Layers(Formula formula) {
        this.formula = formula;
    }

    /** The layers and their parameters; empty if it is no chain of them. */
    static Optional<Found> of(Formula formula) {
        return new Layers(formula).find();
    }

    private Optional<Found> find() {
        List<MatrixProduct> products = new ArrayList<>();
        for (Expression node : Graph.topologicalOrder(List.of(formula.outputs()))) {
            node.operands().forEach(operand -> users.computeIfAbsent(operand, _ -> new ArrayList<>()).add(node));
            if (node instanceof MatrixProduct m && m.left() instanceof Symbol && m.shape().isVector()) {
                products.add(m);
            }
        }
        if (products.isEmpty() || products.size() > Architecture.MAX_LAYERS) {
            return Optional.empty();
        }
        Expression below = formula.inputs();
        for (int k = 0; k < products.size(); k++) {
            Expression above = k + 1 < products.size() ? products.get(k + 1).right() : formula.outputs();
            if (!products.get(k).right().equals(below) || !addLayer(products.get(k), below, above)) {
                return Optional.empty();
            }
            below = above;
        }
        return Optional.of(new Found(new Chain(layers), parameters));
    }

    private boolean addLayer(MatrixProduct product, Expression below, Expression above) {
        int number = layers.size() + 1;
        parameters.put("L" + number + ".W", (Symbol) product.left());
        Symbol bias = bias(product);
        if (bias != null) {
            parameters.put("L" + number + ".b", bias);
        }
        Expression preActivation = bias == null ? product : Arithmetic.sum(product, bias);
        Expression x = Arithmetic.perSampleSymbol("x", product.shape());
        Expression y = Arithmetic.perSampleSymbol("y", below.shape());
        Expression value = Graph.substitute(above, Map.of(preActivation, x, below, y));
        boolean isResidual = bias != null && value instanceof Sum sum && sum.terms().contains(y);
        Optional<Activation> activation = isResidual ? activation(without((Sum) value, y), x) : activation(value, x);
        activation.ifPresent(function -> layers.add(isResidual ? new ResidualLayer(function)
                : new DenseLayer(product.shape().size(), function, bias != null)));
        return activation.isPresent();
    }

    private @Nullable Symbol bias(MatrixProduct product) {
        List<Expression> after = users.getOrDefault(product, List.of());
        return after.size() == 1 && after.getFirst() instanceof Sum sum && sum.terms().size() == 2
                && sum.terms().get(sum.terms().indexOf(product) == 0 ? 1 : 0) instanceof Symbol symbol
                && !symbol.isPerSample() ? symbol : null;
    }

    private static Expression without(Sum sum, Expression term) {
        return Arithmetic.sum(sum.terms().stream().filter(other -> !other.equals(term)).toList());
    }

    /** The activation with this value of x: one with a name, or else an equation. */
    private static Optional<Activation> activation(Expression value, Expression x) {
        boolean isOfIt = Graph.topologicalOrder(List.of(value)).stream().allMatch(node -> !(node instanceof Symbol)
                || node.equals(x));
        if (!isOfIt) {
            return Optional.empty();
        }
        Optional<Activation> named = Activation.names().stream().flatMap(name -> Activation.named(name).stream())
                .filter(activation -> activation.apply(x).equals(value)).findFirst();
        return named.isPresent() ? named : written(value);
    }

    private static Optional<Activation> written(Expression value) {
        try {
            return Optional.of(Activation.of(Renderer.render(value, Notation.none(), Form.ARRAY, Format.TEXT, false,
                    LONGEST_ACTIVATION).expression()));
        } catch (InvalidException | PrintTooLargeException e) {
            return Optional.empty();
        }
    }
}
