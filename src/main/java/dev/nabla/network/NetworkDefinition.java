package dev.nabla.network;

import dev.nabla.documents.Labels;
import dev.nabla.expression.Expression;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.NamesOrCount;
import dev.nabla.network.architectures.Normalization;
import dev.nabla.network.architectures.Part;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a client says a network is: the names of its inputs and outputs and the architecture between them.
 *
 * @param name a free label
 * @param normalization what is around the architecture
 */
public record NetworkDefinition(Optional<String> name, List<String> inputs, List<String> outputs,
        Architecture architecture, Optional<Normalization> normalization) {

    public static final int MAX_PARAMETERS = 20_000_000;

    /** A definition of any age, which was checked when it was made. */
    public NetworkDefinition {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Without a normalization. */
    public NetworkDefinition(Optional<String> name, List<String> inputs, List<String> outputs, Architecture architecture) {
        this(name, inputs, outputs, architecture, Optional.empty());
    }

    /**
     * A new definition.
     *
     * @throws InvalidException with everything that is wrong
     */
    public static NetworkDefinition of(Optional<String> name, List<String> inputs, List<String> outputs,
            Architecture architecture) {
        var definition = new NetworkDefinition(name, inputs, outputs, architecture);
        List<Problem> problems = definition.problems();
        if (!problems.isEmpty()) {
            throw new InvalidException(problems);
        }
        return definition;
    }

    /** A chain of layers. */
    public NetworkDefinition(Optional<String> name, List<String> inputs, List<String> outputs,
            List<? extends Layer> layers) {
        this(name, inputs, outputs, new Chain(List.copyOf(layers)));
    }

    /** The same by another name. */
    public NetworkDefinition named(Optional<String> name) {
        return new NetworkDefinition(name, inputs, outputs, architecture, normalization);
    }

    /** The names x1 … xn that a mere count stands for. */
    public static List<String> numbered(String letter, int count) {
        return NamesOrCount.numbered(letter, count);
    }

    public int inputDimension() {
        return inputs.size();
    }

    /** The inputs without the parameters of the system, which are the last of them. */
    public int stateDimension() {
        return inputs.size() - architecture.systemParameters();
    }

    public int outputDimension() {
        return outputs.size();
    }

    /** The parameters and their places in the flat vector; no expression is made for them. */
    public ParameterLayout parameters() {
        return made().layout();
    }

    private Parameters made() {
        var parameters = new Parameters();
        map(parameters);
        return parameters;
    }

    /** Makes the parameters; the values are made of the natural inputs when those are given. */
    Function<Expression, Architecture.Values> map(Parameters parameters) {
        Part part = between();
        Function<Expression, Architecture.Values> map = part.map(parameters);
        return normalization.map(around -> around.around(part, map, parameters)).orElse(map);
    }

    /** Everything that is wrong with a new definition. */
    List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        Labels.of(name.orElse(null), null, "", problems);
        List<Problem> ofPart = between().problems();
        problems.addAll(ofPart.isEmpty() ? problemsOfWhole() : ofPart);
        return problems;
    }

    /** What is wrong with the normalization around a part with which nothing is wrong, or else with the size of both. */
    List<Problem> problemsOfWhole() {
        List<Problem> ofNormalization = normalization.map(around -> around.problems(between())).orElse(List.of());
        return ofNormalization.isEmpty() ? problemOfSize().stream().toList() : ofNormalization;
    }

    /** What is wrong with the number of parameters, if nothing else is wrong. */
    Optional<Problem> problemOfSize() {
        long count = made().count();
        return count <= MAX_PARAMETERS ? Optional.empty() : Optional.of(Problem.of(architecture.pointer(),
                "must have at most " + MAX_PARAMETERS + " parameters, had " + count));
    }

    /** What is wrong with the numbers of a normalization in a flat vector of parameters, with pointers into these. */
    List<Problem> problemsOfNormalization(ParameterLayout layout, double[] flat) {
        Map<String, Double> numbers = new HashMap<>();
        for (int i = 0; i < layout.parameters().size(); i++) {
            numbers.put(layout.parameters().get(i).path(), flat[layout.offset(i)]);
        }
        return normalization.map(around -> around.problemsOfNumbers(between(), path -> numbers.getOrDefault(path, Double.NaN)))
                .orElse(List.of());
    }

    /** What is between inputs and outputs, and their names. */
    Part between() {
        return new Part(inputs, outputs, architecture);
    }
}
