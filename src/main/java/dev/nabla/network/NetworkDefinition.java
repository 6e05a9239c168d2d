package dev.nabla.network;

import dev.nabla.equation.Identifier;
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

    public static final int MAX_INPUTS = 4096;
    public static final int MAX_NAME_LENGTH = 200;
    public static final int MAX_PARAMETERS = 20_000_000;

    private static final Pattern LAYER_NAME = Pattern.compile("L[0-9]+");

    /**
     * A definition of any age: its names may have got a meaning in equations since it was made.
     *
     * @throws InvalidNetworkException with everything that is wrong
     */
    public NetworkDefinition {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        require(violations(name, inputs, outputs, architecture));
    }

    /**
     * A new definition, the names of which have no other meaning in equations.
     *
     * @throws InvalidNetworkException with everything that is wrong
     */
    public static NetworkDefinition of(Optional<String> name, List<String> inputs, List<String> outputs,
            Architecture architecture) {
        List<Violation> violations = new ArrayList<>(used("/inputs/", inputs));
        violations.addAll(used("/outputs/", outputs));
        try {
            var definition = new NetworkDefinition(name, inputs, outputs, architecture);
            require(violations);
            return definition;
        } catch (InvalidNetworkException e) {
            violations.addAll(e.violations());
            throw new InvalidNetworkException(violations.stream().distinct().toList());
        }
    }

    private static List<Violation> used(String pointer, List<String> names) {
        return IntStream.range(0, names.size())
                .filter(i -> Identifier.isUsed(names.get(i)) || LAYER_NAME.matcher(names.get(i)).matches())
                .mapToObj(i -> new Violation(pointer + i, Identifier.used(names.get(i)))).toList();
    }

    private static void require(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new InvalidNetworkException(violations);
        }
    }

    /**
     * A chain of layers.
     *
     * @throws InvalidNetworkException with everything that is wrong
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

    private static List<Violation> violations(Optional<String> name, List<String> inputs, List<String> outputs,
            Architecture architecture) {
        var violations = new ArrayList<Violation>();
        name.filter(n -> n.length() > MAX_NAME_LENGTH || n.chars().anyMatch(Character::isISOControl))
                .ifPresent(n -> violations.add(new Violation("/name", "must be at most " + MAX_NAME_LENGTH
                        + " characters without control characters")));
        if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
            violations.add(new Violation("/inputs",
                    "must have between 1 and " + MAX_INPUTS + " items, had " + inputs.size()));
        }
        violations.addAll(architecture.violations(inputs.size()));
        if (!violations.isEmpty()) {
            return violations;
        }
        int outputDimension = architecture.outputDimension(inputs.size());
        if (outputs.size() != outputDimension) {
            violations.add(new Violation("/outputs", "must name the " + outputDimension + " " + architecture.outputs()
                    + ", named " + outputs.size()));
        }
        requireNames(violations, inputs, outputs);
        var parameters = new Parameters();
        architecture.values(Network.inputs(inputs.size()), parameters);
        if (parameters.count() > MAX_PARAMETERS) {
            violations.add(new Violation(architecture.pointer(), "must have at most " + MAX_PARAMETERS
                    + " parameters, had " + parameters.count()));
        }
        return violations;
    }

    private static void requireNames(List<Violation> violations, List<String> inputs, List<String> outputs) {
        var pointers = new HashMap<String, String>();
        IntStream.range(0, inputs.size()).forEach(i -> requireName(violations, pointers, "/inputs/" + i,
                inputs.get(i)));
        IntStream.range(0, outputs.size()).forEach(i -> requireName(violations, pointers, "/outputs/" + i,
                outputs.get(i)));
    }

    private static void requireName(List<Violation> violations, HashMap<String, String> pointers, String pointer,
            String name) {
        Optional<String> wrong = Identifier.violationOfForm(name);
        if (wrong.isPresent()) {
            violations.add(new Violation(pointer, wrong.get()));
        } else if (pointers.putIfAbsent(name, pointer) != null) {
            violations.add(new Violation(pointer, "must not be '" + name + "', as " + pointers.get(name) + " is"));
        }
    }
}
