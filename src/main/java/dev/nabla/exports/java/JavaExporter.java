package dev.nabla.exports.java;

import dev.nabla.exports.code.CodeFile;
import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Subject;
import dev.nabla.exports.routine.Routine;
import dev.nabla.exports.routine.Statement;
import dev.nabla.exports.routine.Statement.Define;
import dev.nabla.exports.routine.Statement.For;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A class with a static method {@code evaluate} that writes its results to arrays, flat and row-major. A method of
 * the JVM
 * has at most 65,535 bytes; what may have more becomes several, and its scalars fields of an object of each call.
 */
public final class JavaExporter implements Exporter {

    /** An operation takes up to 20 bytes. */
    private static final int MOST_OPERATIONS = 1500;
    private static final int STATEMENTS_OF_METHOD = 100;
    /** Each is up to three of the 65,535 constants of a class. */
    private static final int MOST_FIELDS = 15_000;
    /** Bytes of a string constant, which has at most 65,535. */
    private static final int CHARACTERS_OF_STRING = 60_000;

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        CodeFile file = CodeFile.of(subject, routine -> new JavaSyntax(isLarge(routine)), maxLength);
        Routine routine = file.routine();
        String name = subject.name().substring(0, 1).toUpperCase(Locale.ROOT) + subject.name().substring(1);
        String results = routine.results().stream().map(result -> ", double[] " + result.name())
                .collect(Collectors.joining());
        String arguments = "double[] inputs" + (file.hasParameters() ? ", double[] parameters" : "") + results;
        String body = isLarge(routine) ? inParts(file, name, arguments)
                : "    public static void evaluate(" + arguments + ") {\n"
                + file.forArrays(array -> "        double[] " + array.name() + " = new double[" + array.size() + "];")
                + file.body(2) + "    }\n\n";
        String text = "/*\n" + file.comment(" * ") + " */\npublic final class " + name + " {\n\n" + values(file)
                + (isLarge(routine) ? "" : "    private " + name + "() {}\n\n") + body + file.helpers() + "}\n";
        return Sizes.requireShort(List.of(ExportFile.text(name + ".java", text)), maxLength);
    }

    private static boolean isLarge(Routine routine) {
        return routine.operations() > MOST_OPERATIONS;
    }

    private static String inParts(CodeFile file, String name, String arguments) {
        Routine routine = file.routine();
        Set<String> scalars = scalars(routine.body(), new LinkedHashSet<>());
        Sizes.requireFew(scalars.size() + routine.arrays().size(), MOST_FIELDS, "fields");
        List<String> names = List.of(arguments.replace("double[] ", "").split(", "));
        var text = new StringBuilder();
        names.forEach(argument -> text.append("    private final double[] ").append(argument).append(";\n"));
        text.append(file.forArrays(array -> "    private final double[] " + array.name() + " = new double["
                + array.size() + "];"));
        scalars.forEach(scalar -> text.append("    private double ").append(scalar).append(";\n"));
        text.append("\n    private ").append(name).append('(').append(arguments).append(") {\n");
        names.forEach(argument -> text.append("        this.").append(argument).append(" = ").append(argument)
                .append(";\n"));
        int parts = Math.ceilDiv(routine.body().size(), STATEMENTS_OF_METHOD);
        text.append("    }\n\n    public static void evaluate(").append(arguments)
                .append(") {\n        var run = new ").append(name)
                .append('(').append(String.join(", ", names)).append(");\n");
        IntStream.range(0, parts).forEach(part -> text.append("        run.part").append(part).append("();\n"));
        text.append("    }\n\n");
        for (int part = 0; part < parts; part++) {
            text.append("    private void part").append(part).append("() {\n")
                    .append(file.code().statements(routine.body()
                    .subList(part * STATEMENTS_OF_METHOD, Math.min((part + 1) * STATEMENTS_OF_METHOD,
                    routine.body().size())), 2))
                    .append("    }\n\n");
        }
        return text.toString();
    }

    private static Set<String> scalars(List<Statement> statements, Set<String> found) {
        for (Statement statement : statements) {
            if (statement instanceof Define define) {
                found.add(define.scalar().name());
            }
            if (statement instanceof For loop) {
                scalars(loop.body(), found);
            }
        }
        return found;
    }

    /** Parameters in strings, as an array of constants is a method too. */
    private static String values(CodeFile file) {
        String numbers = file.values("", "").replaceAll("[,\\s]+", " ").strip();
        if (numbers.isEmpty()) {
            return "";
        }
        var strings = new ArrayList<String>();
        for (int from = 0; from < numbers.length(); from += CHARACTERS_OF_STRING) {
            strings.add("            \"" + numbers.substring(from, Math.min(from + CHARACTERS_OF_STRING,
                    numbers.length())) + "\"");
        }
        return "    private static final double[] parameters = java.util.Arrays.stream(String.join(\"\",\n"
                + String.join(",\n", strings) + ").split(\" \")).mapToDouble(Double::parseDouble).toArray();\n\n";
    }

    @Override
    public Set<String> reserved() {
        return JavaSyntax.RESERVED;
    }
}
