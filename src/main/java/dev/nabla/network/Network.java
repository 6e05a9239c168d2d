package dev.nabla.network;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import dev.nabla.language.Identifier;
import dev.nabla.language.PointFunction;
import dev.nabla.language.Scope;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.PhasePoint;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import dev.nabla.rendering.names.Notation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A network as mathematics: the symbols it is written in and its outputs as an expression of them. */
public final class Network {

    public static final String INPUTS = Identifier.INPUTS;
    public static final String OUTPUTS = Identifier.OUTPUTS;
    public static final String FIELD = Identifier.FIELD;
    public static final String ENERGY = Identifier.ENERGY;

    private final NetworkDefinition definition;
    private final Symbol inputs;
    private final Architecture.Values values;
    private final ParameterLayout parameters;

    private Network(NetworkDefinition definition, Symbol inputs, Architecture.Values values,
            ParameterLayout parameters) {
        this.definition = definition;
        this.inputs = inputs;
        this.values = values;
        this.parameters = parameters;
    }

    public static Network of(NetworkDefinition definition) {
        Expression inputs = Arithmetic.perSampleSymbol(INPUTS, Shape.of(definition.inputDimension()));
        var parameters = new Parameters();
        Architecture.Values values = definition.map(parameters).apply(inputs);
        return new Network(definition, (Symbol) inputs, values, parameters.layout());
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
        return values.outputs();
    }

    /** The energy of the inputs that the network's field conserves, a scalar per sample. */
    public Optional<Expression> energy() {
        return values.energy();
    }

    /** The vector field of the inputs, one per sample: (∂H/∂p, −∂H/∂q) of an energy H(q, p), or (q̇, q̈) of (q, q̇). */
    public Optional<Expression> field() {
        return values.field().or(() -> energy().filter(_ -> inputs.shape().size() % 2 == 0)
                .map(energy -> PhasePoint.fieldOf(energy, inputs)));
    }

    /** The layers whose values have customary names. */
    public List<Layer.Values> layers() {
        return values.layers();
    }

    public ParameterLayout parameters() {
        return parameters;
    }

    /**
     * What equations about this network may name: inputs and outputs also as {@code inputs.x} and {@code outputs.z}; one
     * that is called energy is meant by that name.
     */
    public Scope scope() {
        Map<String, Expression> names = new LinkedHashMap<>();
        names.put(INPUTS, inputs);
        names.put(OUTPUTS, outputs());
        field().ifPresent(field -> names.put(FIELD, field));
        energy().ifPresent(energy -> names.put(ENERGY, energy));
        names.putAll(Scope.entries("", definition.inputs(), inputs));
        names.putAll(Scope.entries("", definition.outputs(), outputs()));
        parameters.symbols().forEach(symbol -> names.put(symbol.name(), symbol));
        names.putAll(Scope.entries(INPUTS + ".", definition.inputs(), inputs));
        names.putAll(Scope.entries(OUTPUTS + ".", definition.outputs(), outputs()));
        List<Symbol> symbols = parameters.symbols();
        return Scope.of(names).withNames(Map.of(Identifier.PARAMETERS, () -> ParameterLayout.vector(symbols)))
                .withFunctions(functions()).withVariables(variables()).at(inputs);
    }

    /** What has values at other points, by the names by which equations call it. */
    private Map<String, PointFunction> functions() {
        Map<String, PointFunction> functions = new LinkedHashMap<>(values.parts());
        functions.put(OUTPUTS, function(outputs()));
        field().ifPresent(field -> functions.put(FIELD, function(field)));
        energy().ifPresent(energy -> functions.put(ENERGY, function(energy)));
        Scope.entries("", definition.outputs(), outputs())
                .forEach((name, output) -> functions.put(name, function(output)));
        return functions;
    }

    private PointFunction function(Expression value) {
        return PointFunction.of(inputs, () -> value);
    }

    /** What derivatives may be taken by: all parameters of a part by its name, and z1, a1, … of layers. */
    private Map<String, Supplier<Expression>> variables() {
        Map<String, Supplier<Expression>> variables = new LinkedHashMap<>();
        for (int k = 1; k <= layers().size(); k++) {
            Layer.Values layer = layers().get(k - 1);
            variables.put("z" + k, layer::preActivation);
            variables.put("a" + k, layer::activation);
        }
        values.parts().keySet().forEach(part -> variables.put(part, () -> ParameterLayout.vector(parameters.symbols().stream()
                .filter(symbol -> symbol.name().startsWith(part + ".")).toList())));
        return variables;
    }

    /** What is wrong with parameters that a training is to begin with, with pointers into these. */
    public List<Problem> problemsOfParameters(double[] flat) {
        return Stream.concat(parameters.problemsOfBounds(flat).stream(),
                definition.problemsOfNormalization(parameters, flat).stream()).toList();
    }

    /** How the quantities of this network are called in print: δ is of the outputs. */
    public Notation notation() {
        return NetworkNotation.of(this);
    }

    /** The same where δ is of a scalar of this network, such as a loss. */
    public Notation notation(Expression scalar) {
        return NetworkNotation.of(this, List.of(scalar));
    }
}
