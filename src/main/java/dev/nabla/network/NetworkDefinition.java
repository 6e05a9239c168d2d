package dev.nabla.network;

import dev.nabla.language.Identifier;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    static final int MAX_NAME_LENGTH = 200;
    static final int MAX_PARAMETERS = 20_000_000;

    private static final Pattern LAYER_NAME = Pattern.compile("L[0-9]+");

    /**
     * A definition of any age: its names may have got a meaning in equations since it was made.
     *
     * @throws InvalidException with everything that is wrong
     */
    public NetworkDefinition {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        require(violations(name, inputs, outputs, architecture));
    }

    /**
     * A new definition, the names of which have no other meaning in equations.
     *
     * @throws InvalidException with everything that is wrong
     */
    public static NetworkDefinition of(Optional<String> name, List<String> inputs, List<String> outputs,
            Architecture architecture) {
        List<Problem> violations = new ArrayList<>(used("/inputs/", inputs));
        violations.addAll(used("/outputs/", outputs));
        try {
            var definition = new NetworkDefinition(name, inputs, outputs, architecture);
            require(violations);
            return definition;
        } catch (InvalidException e) {
            violations.addAll(e.problems());
            throw new InvalidException(violations.stream().distinct().toList());
        }
    }

    private static List<Problem> used(String pointer, List<String> names) {
        return IntStream.range(0, names.size())
                .filter(i -> Identifier.isUsed(names.get(i)) || LAYER_NAME.matcher(names.get(i)).matches())
                .mapToObj(i -> Problem.of(pointer + i, Identifier.used(names.get(i)))).toList();
    }

    private static void require(List<Problem> violations) {
        if (!violations.isEmpty()) {
            throw new InvalidException(violations);
        }
    }

    /**
     * A chain of layers.
     *
     * @throws InvalidException with everything that is wrong
     */
    public NetworkDefinition(Optional<String> name, List<String> inputs, List<String> outputs,
            List<? extends Layer> layers) {
        this(name, inputs, outputs, new Chain(List.copyOf(layers)));
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

    private static List<Problem> violations(Optional<String> name, List<String> inputs, List<String> outputs,
            Architecture architecture) {
        var violations = new ArrayList<Problem>();
        name.filter(n -> n.length() > MAX_NAME_LENGTH || n.chars().anyMatch(Character::isISOControl))
                .ifPresent(n -> violations.add(Problem.of("/name", "must be at most " + MAX_NAME_LENGTH
                        + " characters without control characters")));
        if (inputs.isEmpty() || inputs.size() > Architecture.MAX_INPUTS) {
            violations.add(Problem.of("/inputs",
                    "must have between 1 and " + Architecture.MAX_INPUTS + " items, had " + inputs.size()));
        }
        violations.addAll(architecture.violations(inputs.size()));
        if (!violations.isEmpty()) {
            return violations;
        }
        int outputDimension = architecture.outputDimension(inputs.size());
        if (outputs.size() != outputDimension) {
            violations.add(Problem.of("/outputs", "must name the " + outputDimension + " " + architecture.outputs()
                    + ", named " + outputs.size()));
        }
        requireNames(violations, inputs, outputs);
        var parameters = new Parameters();
        architecture.values(Network.inputs(inputs.size()), parameters);
        if (parameters.count() > MAX_PARAMETERS) {
            violations.add(Problem.of(architecture.pointer(), "must have at most " + MAX_PARAMETERS
                    + " parameters, had " + parameters.count()));
        }
        return violations;
    }

    private static void requireNames(List<Problem> violations, List<String> inputs, List<String> outputs) {
        var pointers = new HashMap<String, String>();
        IntStream.range(0, inputs.size()).forEach(i -> requireName(violations, pointers, "/inputs/" + i,
                inputs.get(i)));
        IntStream.range(0, outputs.size()).forEach(i -> requireName(violations, pointers, "/outputs/" + i,
                outputs.get(i)));
    }

    private static void requireName(List<Problem> violations, HashMap<String, String> pointers, String pointer,
            String name) {
        Optional<String> wrong = Identifier.violationOfForm(name);
        if (wrong.isPresent()) {
            violations.add(Problem.of(pointer, wrong.get()));
        } else if (pointers.putIfAbsent(name, pointer) != null) {
            violations.add(Problem.of(pointer, "must not be '" + name + "', as " + pointers.get(name) + " is"));
        }
    }
}
