package dev.nabla.rendering.python;

import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.language.Identifier;
import dev.nabla.rendering.names.Label;
import dev.nabla.rendering.names.Name;
import dev.nabla.rendering.names.Spelling;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names in Python: {@code L1_W}, {@code z1}, {@code a1_2}. */
final class PythonSpelling implements Spelling {

    private static final Set<String> RESERVED = Set.of("False", "None", "True", "and", "as", "assert", "async", "await",
            "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
            "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
            "with", "yield", "np", "math", "float", "evaluate", "parameters", Identifier.INPUTS);

    private static final Set<String> FUNCTIONS = Stream.of(
            Arrays.stream(ScalarFunction.values()).map(ScalarFunction::python),
            Arrays.stream(BinaryFunction.values()).map(BinaryFunction::python),
            Arrays.stream(PythonFunction.values()).map(PythonFunction::python))
            .flatMap(names -> names).collect(Collectors.toUnmodifiableSet());

    @Override
    public String spell(Label label) {
        Name name = label.name();
        var spelled = new StringBuilder();
        if (label.isParameter() && name.layer().isPresent()) {
            spelled.append('L').append(name.layer().getAsInt()).append('_').append(identifier(name.symbol()));
        } else {
            spelled.append(identifier(name.symbol()));
            name.layer().ifPresent(spelled::append);
        }
        label.entry().forEach(i -> spelled.append('_').append(i + 1));
        return spelled.append("_".repeat(label.marks())).toString();
    }

    private static String identifier(String symbol) {
        // Python reads names in this normal form, so that two of them might become one.
        String safe = Normalizer.normalize(symbol, Normalizer.Form.NFKC).replaceAll("[^\\p{L}\\p{M}0-9_]", "_");
        return Character.isDigit(safe.charAt(0)) ? "_" + safe : safe;
    }

    @Override
    public boolean isReserved(String name) {
        return RESERVED.contains(name) || FUNCTIONS.contains(name);
    }

    @Override
    public boolean mayRenameSymbols() {
        return true;
    }
}
