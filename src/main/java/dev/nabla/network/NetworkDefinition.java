package dev.nabla.network;

import dev.nabla.documents.Labels;
import dev.nabla.language.Identifier;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
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
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a client says a network is: the names of its inputs and outputs and the architecture between them.
 *
 * @param name a free label
 */
public record NetworkDefinition(Optional<String> name, List<String> inputs, List<String> outputs,
        Architecture architecture) {

    public static final int MAX_PARAMETERS = 20_000_000;

    private static final Pattern LAYER_NAME = Pattern.compile("L[0-9]+");

    /** A definition of any age, which was checked when it was made. */
    public NetworkDefinition {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
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
        return new NetworkDefinition(name, inputs, outputs, architecture);
    }

    /** The names x1 … xn that a mere count stands for. */
    public static List<String> numbered(String letter, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> letter + i).toList();
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
        architecture.map(inputs.size(), parameters);
        return parameters;
    }

    /** Everything that is wrong with a new definition. */
    List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        Labels.of(name.orElse(null), null, "", problems);
        boolean hasInputs = !inputs.isEmpty() && inputs.size() <= Architecture.MAX_INPUTS;
        if (!hasInputs) {
            problems.add(Problem.of("/inputs",
                    "must have between 1 and " + Architecture.MAX_INPUTS + " items, had " + inputs.size()));
        }
        List<Problem> ofArchitecture = architecture.violations(inputs.size());
        problems.addAll(ofArchitecture);
        if (hasInputs && ofArchitecture.isEmpty()) {
            addProblemsOfSize(problems);
        }
        problems.addAll(problemsOfNames(inputs, outputs));
        return problems;
    }

    private void addProblemsOfSize(List<Problem> problems) {
        int outputDimension = architecture.outputDimension(inputs.size());
        if (outputs.size() != outputDimension) {
            problems.add(Problem.of("/outputs", "must name the " + outputDimension + " " + architecture.outputs()
                    + ", named " + outputs.size()));
        }
        long count = made().count();
        if (count > MAX_PARAMETERS) {
            problems.add(Problem.of(architecture.pointer(), "must have at most " + MAX_PARAMETERS
                    + " parameters, had " + count));
        }
    }

    /** What is wrong with the names of a new definition. */
    static List<Problem> problemsOfNames(List<String> inputs, List<String> outputs) {
        var problems = new ArrayList<Problem>();
        var places = new HashMap<String, String>();
        IntStream.range(0, inputs.size()).forEach(i -> requireName(problems, places, "inputs", i, inputs.get(i)));
        IntStream.range(0, outputs.size()).forEach(i -> requireName(problems, places, "outputs", i, outputs.get(i)));
        return problems;
    }

    private static void requireName(List<Problem> problems, Map<String, String> places, String list, int item,
            String name) {
        String pointer = "/" + list + "/" + item;
        Optional<String> wrong = LAYER_NAME.matcher(name).matches() ? Optional.of(Identifier.used(name))
                : Identifier.violation(name);
        if (wrong.isPresent()) {
            problems.add(Problem.of(pointer, wrong.get()));
        } else if (places.putIfAbsent(name, item + " of " + list) != null) {
            problems.add(Problem.of(pointer, "must not be '" + name + "', as item " + places.get(name) + " is"));
        }
    }
}
