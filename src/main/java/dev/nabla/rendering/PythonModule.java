package dev.nabla.rendering;

import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Python module that runs as it stands: {@code evaluate(inputs, parameters)} computes the value at one sample's
 * inputs and at parameters in the shape of the service's JSON, {@code {"L1": {"W": [[…]], "b": […]}, …}}. Any other
 * symbol is looked up there by its name.
 */
final class PythonModule {

    private PythonModule() {}

    /** An assignment of the function's body. */
    record Assignment(String name, Text value) {}

    static Text of(Names names, Collection<ScalarFunction> functions, List<Assignment> definitions, Text result) {
        List<String> helpers = functions.stream().flatMap(function -> function.pythonDefinitions().stream())
                .distinct().toList();
        var parts = new ArrayList<Text>();
        if (helpers.stream().anyMatch(helper -> helper.contains("math."))) {
            parts.add(Text.of("import math\n\n"));
        }
        parts.add(Text.of("import numpy as np\n"));
        helpers.forEach(helper -> parts.add(Text.of("\n\n" + helper + "\n")));
        parts.add(Text.of("\n\ndef evaluate(inputs, parameters):\n"));
        bindings(names).forEach(assignment -> parts.add(line(assignment)));
        definitions.forEach(assignment -> parts.add(line(assignment)));
        parts.add(result.between("    return ", "\n"));
        return Text.concatenation(parts);
    }

    private static Text line(Assignment assignment) {
        return assignment.value.between("    " + assignment.name + " = ", "\n");
    }

    /** Assigns the symbols first, then their entries with names of their own. */
    private static List<Assignment> bindings(Names names) {
        var symbols = new ArrayList<Assignment>();
        var entries = new ArrayList<Assignment>();
        names.leaves().forEach((leaf, label) -> {
            switch (leaf) {
                case Symbol s when s.name().equals(Names.INPUTS) ->
                    symbols.addFirst(new Assignment(names.spell(label), Text.of(array(s))));
                case Symbol s -> symbols.add(new Assignment(names.spell(label), Text.of(array(s))));
                case Entry e when e.operand() instanceof Symbol s -> entries.add(new Assignment(names.spell(label),
                        Text.of(names.spell(names.of(s)) + e.index().stream().map(String::valueOf)
                                .collect(Collectors.joining(", ", "[", "]")))));
                default -> throw new IllegalArgumentException("only symbols and their entries have aliases");
            }
        });
        symbols.addAll(entries);
        return symbols;
    }

    private static String array(Symbol symbol) {
        String source = symbol.name().equals(Names.INPUTS) ? Names.INPUTS : Arrays.stream(symbol.name().split("\\."))
                .map(key -> "[\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]")
                .collect(Collectors.joining("", "parameters", ""));
        return "np.array(" + source + ", dtype=float)";
    }
}
