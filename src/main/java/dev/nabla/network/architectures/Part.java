package dev.nabla.network.architectures;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Shape;
import dev.nabla.language.Growth;
import dev.nabla.language.Identifier;
import dev.nabla.language.NoValueException;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A function with parameters: the names of its inputs and outputs and the architecture between them. */
public record Part(List<String> inputs, List<String> outputs, Architecture architecture) {

    private static final Pattern LAYER_NAME = Pattern.compile("L[0-9]+");

    public Part {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Makes its parameters; its values are made of a vector of inputs when that is given. */
    public Function<Expression, Architecture.Values> map(Parameters parameters) {
        return architecture.map(inputs, outputs, parameters);
    }

    /** What is wrong with it, with pointers into the document that it is of. */
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        boolean hasInputs = !inputs.isEmpty() && inputs.size() <= Architecture.MAX_INPUTS;
        if (!hasInputs) {
            problems.add(Problem.of("/inputs",
                    "must have between 1 and " + Architecture.MAX_INPUTS + " items, had " + inputs.size()));
        }
        List<Problem> ofArchitecture = architecture.violations(inputs, outputs);
        problems.addAll(ofArchitecture);
        OptionalInt outputDimension = hasInputs && ofArchitecture.isEmpty()
                ? OptionalInt.of(architecture.outputDimension(inputs.size()))
                : outputs.isEmpty() ? OptionalInt.empty() : architecture.certainOutputDimension();
        if (outputDimension.isPresent() && outputs.size() != outputDimension.getAsInt()) {
            problems.add(Problem.of("/outputs", "must name the " + outputDimension.getAsInt() + " "
                    + architecture.outputsInWords() + ", named " + outputs.size()));
        }
        problems.addAll(problemsOfNames(inputs, outputs, architecture.ownNames()));
        return problems.isEmpty() && !(architecture instanceof EquationModel) ? problemOfValues().stream().toList() : problems;
    }

    /** What is wrong only where all is put together: an activation that is an equation may not fit its layer. */
    private Optional<Problem> problemOfValues() {
        try {
            Growth.together(() -> map(new Parameters()).apply(
                    Arithmetic.perSampleSymbol(Identifier.INPUTS, Shape.of(inputs.size()))));
            return Optional.empty();
        } catch (NoValueException e) {
            return Optional.of(Problem.of(architecture.pointer(), e.getMessage()));
        }
    }

    /**
     * What is wrong with the names of new inputs and outputs.
     *
     * @param taken what else equations name there
     */
    public static List<Problem> problemsOfNames(List<String> inputs, List<String> outputs, Set<String> taken) {
        var problems = new ArrayList<Problem>();
        Map<String, String> places = new HashMap<>();
        IntStream.range(0, inputs.size()).forEach(i ->
                requireName(problems, places, taken, "/inputs/" + i, "item " + i + " of inputs", inputs.get(i)));
        IntStream.range(0, outputs.size()).forEach(i ->
                requireName(problems, places, taken, "/outputs/" + i, "item " + i + " of outputs", outputs.get(i)));
        return problems;
    }

    /**
     * Adds what is wrong with a new name.
     *
     * @param places what the names before are called
     * @param taken what else equations name there
     * @param place what this one is called, if it is right
     */
    static void requireName(List<Problem> problems, Map<String, String> places, Set<String> taken, String pointer,
            String place, String name) {
        Optional<String> wrong = LAYER_NAME.matcher(name).matches() || taken.contains(name) ? Optional.of(Identifier.used(name))
                : Identifier.violation(name);
        if (wrong.isPresent()) {
            problems.add(Problem.of(pointer, wrong.get()));
        } else if (places.putIfAbsent(name, place) != null) {
            problems.add(Problem.of(pointer, "must not be '" + name + "', as " + places.get(name) + " is"));
        }
    }
}
