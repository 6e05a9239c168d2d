package dev.nabla.rendering.python;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import dev.nabla.language.Identifier;
import dev.nabla.rendering.names.Names;
import dev.nabla.rendering.printing.Print;
import dev.nabla.rendering.printing.Print.Assignment;
import dev.nabla.rendering.printing.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Python module that runs as it stands: {@code evaluate(inputs, parameters)} computes the value for the inputs of one
 * sample, {@code (inputs,)}, or those of a batch, {@code (samples, inputs)}, and for parameters in the shape of the
 * service's JSON, {@code {"L1": {"W": [[…]], "b": […]}, …}}, which may be left out where none occurs. Any other symbol
 * is looked up there by its name. What has another shape raises a {@code ValueError}.
 */
final class PythonModule {

    /** The axes of the samples: none for one sample, one for a batch. */
    private static final String SAMPLES = "inputs.shape[:-1]";

    private final Names names;
    private final PythonPrinter printer;
    private final Print print;

    PythonModule(Names names, PythonPrinter printer, Print print) {
        this.names = names;
        this.printer = printer;
        this.print = print;
    }

    Text text() {
        List<Assignment> bindings = bindings();
        boolean hasParameters = names.leaves().keySet().stream()
                .anyMatch(leaf -> leaf instanceof Symbol symbol && !isInputs(symbol));
        List<String> helpers = Stream.of(
                printer.functions().stream().flatMap(function -> function.pythonDefinitions().stream()),
                Stream.concat(hasParameters ? Stream.of(PythonFunction.SHAPED) : Stream.empty(),
                        printer.arrayFunctions().stream()).map(PythonFunction::definition),
                printer.binaryFunctions().stream().flatMap(function -> function.pythonDefinitions().stream()))
                .flatMap(definitions -> definitions).distinct().toList();
        var parts = new ArrayList<Text>();
        if (helpers.stream().anyMatch(helper -> helper.contains("math."))) {
            parts.add(Text.of("import math\n\n"));
        }
        parts.add(Text.of("import numpy as np\n"));
        helpers.forEach(helper -> parts.add(Text.of("\n\n" + helper + "\n")));
        String ignored = printer.arrayFunctions().contains(PythonFunction.WHERE) ? "@np.errstate(all=\"ignore\")\n" : "";
        parts.add(Text.of("\n\n" + ignored + "def evaluate(inputs, parameters" + (hasParameters ? "" : "=None") + "):\n"));
        parts.add(Text.of(inputs()));
        bindings.forEach(assignment -> parts.add(line(assignment)));
        print.assignments().forEach(assignment -> parts.add(line(assignment)));
        parts.add(print.roots().stream().anyMatch(Expression::isPerSample)
                ? print.whole().between("    return ", "\n")
                : print.whole().between("    return np.broadcast_to(", ", " + ofSamples(print.shape()) + ").copy()\n"));
        return Text.concatenation(parts);
    }

    private static Text line(Assignment assignment) {
        return assignment.value().between("    " + assignment.name() + " = ", "\n");
    }

    /** Reads the inputs of one sample or of a batch, also where they do not matter. */
    private String inputs() {
        Optional<Integer> dimension = Stream.of(names.leaves(), print.notation().aliases())
                .flatMap(leaves -> leaves.keySet().stream())
                .map(leaf -> leaf instanceof Entry entry ? entry.operand() : leaf)
                .filter(leaf -> leaf instanceof Symbol symbol && isInputs(symbol)).findFirst()
                .map(inputs -> inputs.shape().dimension(0));
        return "    inputs = np.array(inputs, dtype=float)\n"
                + "    if inputs.ndim not in (1, 2)"
                + dimension.map(n -> " or inputs.shape[-1] != " + n).orElse("") + ":\n"
                + "        raise ValueError(f\"inputs must have the shape (N,) or (samples, N), had {inputs.shape}\")\n"
                        .replace("N", dimension.map(String::valueOf).orElse("inputs"));
    }

    private static boolean isInputs(Symbol symbol) {
        return symbol.name().equals(Identifier.INPUTS);
    }

    /** Assigns the other symbols first, then the entries with names of their own. */
    private List<Assignment> bindings() {
        var symbols = new ArrayList<Assignment>();
        var entries = new ArrayList<Assignment>();
        names.leaves().forEach((leaf, label) -> {
            if (leaf instanceof Entry e && e.operand() instanceof Symbol s) {
                entries.add(new Assignment(names.spell(label),
                        Text.of(names.spell(names.of(s)) + PythonPrinter.subscriptOf(e))));
            } else if (!(leaf instanceof Symbol s)) {
                throw new IllegalArgumentException("only symbols and their entries have aliases");
            } else if (!isInputs(s)) {
                symbols.add(new Assignment(names.spell(label), Text.of(parameter(s))));
            }
        });
        symbols.addAll(entries);
        return symbols;
    }

    private static String parameter(Symbol symbol) {
        String source = Arrays.stream(symbol.name().split("\\.")).map(key -> "[" + quoted(key) + "]")
                .collect(Collectors.joining("", "parameters", ""));
        return "shaped(" + source + ", " + (symbol.isPerSample() ? ofSamples(symbol.shape()) : tuple(symbol.shape()))
                + ", " + quoted(symbol.name()) + ")";
    }

    /** The shape of what has a value of this shape for every sample. */
    private static String ofSamples(Shape shape) {
        return shape.isScalar() ? SAMPLES : SAMPLES + " + " + tuple(shape);
    }

    private static String tuple(Shape shape) {
        return shape.dimensions().stream().map(String::valueOf)
                .collect(Collectors.joining(", ", "(", shape.isVector() ? ",)" : ")"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
