package dev.nabla.network;

import dev.nabla.equation.Scope;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.Notation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network as mathematics: the symbols it is written in and its outputs as an expression of them. */
public final class Network {

    public static final String INPUTS = "inputs";
    public static final String OUTPUTS = "outputs";

    /** A layer's value before and after its activation. */
    public record LayerValues(Expression preActivation, Expression activation) {}

    private final NetworkDefinition definition;
    private final Symbol inputs;
    private final List<LayerValues> layers;
    private final ParameterLayout parameters;

    private Network(NetworkDefinition definition, Symbol inputs, List<LayerValues> layers,
            ParameterLayout parameters) {
        this.definition = definition;
        this.inputs = inputs;
        this.layers = layers;
        this.parameters = parameters;
    }

    public static Network of(NetworkDefinition definition) {
        Expression inputs = Arithmetic.perSampleSymbol(INPUTS, Shape.of(definition.inputDimension()));
        var layers = new ArrayList<LayerValues>();
        var parameters = new ArrayList<Symbol>();
        Expression below = inputs;
        for (DenseLayer layer : definition.layers()) {
            String name = "L" + (layers.size() + 1);
            Expression weights = parameter(parameters, name + ".W",
                    Shape.of(layer.units(), below.shape().dimension(0)));
            Expression z = LinearAlgebra.matrixProduct(weights, below);
            if (layer.bias()) {
                z = Arithmetic.sum(z, parameter(parameters, name + ".b", Shape.of(layer.units())));
            }
            below = layer.activation().apply(z);
            layers.add(new LayerValues(z, below));
        }
        return new Network(definition, (Symbol) inputs, List.copyOf(layers), new ParameterLayout(parameters));
    }

    private static Expression parameter(List<Symbol> parameters, String path, Shape shape) {
        Expression symbol = Arithmetic.symbol(path, shape);
        parameters.add((Symbol) symbol);
        return symbol;
    }

    public NetworkDefinition definition() {
        return definition;
    }

    /** The vector of inputs, one per sample. */
    public Symbol inputs() {
        return inputs;
    }

    /** The vector of outputs, one per sample. */
    public Expression outputs() {
        return layers.getLast().activation();
    }

    public List<LayerValues> layers() {
        return layers;
    }

    public ParameterLayout parameters() {
        return parameters;
    }

    /** What equations about this network may name. */
    public Scope scope() {
        Map<String, Expression> names = new LinkedHashMap<>();
        names.put(INPUTS, inputs);
        names.put(OUTPUTS, outputs());
        putEntries(names, definition.inputs(), inputs);
        putEntries(names, definition.outputs(), outputs());
        parameters.symbols().forEach(symbol -> names.put(symbol.name(), symbol));
        return Scope.of(names);
    }

    /** How the quantities of this network are called in print. */
    public Notation notation() {
        return NetworkNotation.of(this);
    }

    private static void putEntries(Map<String, Expression> names, List<String> entries, Expression vector) {
        for (int i = 0; i < entries.size(); i++) {
            names.put(entries.get(i), LinearAlgebra.entry(vector, i));
        }
    }
}
