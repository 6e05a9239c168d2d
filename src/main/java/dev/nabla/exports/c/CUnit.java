package dev.nabla.exports.c;

import dev.nabla.exports.code.Code;
import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.Comments;
import dev.nabla.exports.files.Subject;
import dev.nabla.exports.routine.Buffer;
import dev.nabla.exports.routine.Routine;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A header and a source file of C99. */
final class CUnit {

    /** So many doubles fill the widest vectors. */
    private static final int MOST_LANES = 8;
    /** Half of the least stack that is usual. */
    private static final long MOST_STACK = 4 << 20;
    /** Of one block of samples. */
    private static final long STACK_OF_BLOCK = 1 << 20;

    private final Subject subject;
    private final Routine routine;
    private final CSyntax syntax;
    private final String name;
    private final boolean hasParameters;
    private final int lanes;
    private final long stack;

    CUnit(Subject subject, Routine routine, boolean isSingle) {
        this.subject = subject;
        this.routine = routine;
        this.syntax = new CSyntax(isSingle, 1);
        this.name = subject.name();
        this.hasParameters = subject.values().isEmpty() && subject.parameterCount() > 0;
        int bytes = isSingle ? Float.BYTES : Double.BYTES;
        this.stack = Sizes.requireBytes(bytes * routine.arraySize(), MOST_STACK, "stack");
        long ofLane = bytes * (routine.arraySize() + routine.inputs().size()
                + routine.results().stream().mapToLong(Buffer::size).sum());
        Sizes.requireBytes(ofLane, MOST_STACK, "stack");
        int lanes = MOST_LANES;
        while (lanes > 1 && ofLane * lanes > STACK_OF_BLOCK) {
            lanes /= 2;
        }
        this.lanes = lanes;
    }

    private String type() {
        return syntax.type();
    }

    boolean hasParameters() {
        return hasParameters;
    }

    String comment() {
        return Stream.of(Comments.of(subject).stream(), Stream.of("The function needs " + stack
                + " bytes of stack for arrays, "
                + "allocates nothing and keeps nothing between calls."))
                .flatMap(lines -> lines).map(line -> " * " + line + "\n").collect(Collectors.joining("", "/*\n",
                " */\n"));
    }

    String header() {
        String upper = name.toUpperCase(Locale.ROOT);
        var text = new StringBuilder(comment());
        text.append("#ifndef ").append(upper).append("_H\n#define ").append(upper)
                .append("_H\n\n#include <stddef.h>\n\n");
        define(text, "INPUTS", routine.inputs().size());
        if (hasParameters) {
            define(text, "PARAMETERS", subject.parameterCount());
        }
        routine.results().forEach(result -> define(text, result.name().toUpperCase(Locale.ROOT), result.size()));
        return text + "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n"
                + "/* Of one sample. Arrays must not overlap. */\n" + prototype() + ";\n\n"
                + "/* Of many samples: entry i of sample s is at [i * samples + s]. */\n" + batchPrototype() + ";\n\n"
                + "#ifdef __cplusplus\n}\n#endif\n\n#endif\n";
    }

    private void define(StringBuilder text, String what, int value) {
        text.append("#define ").append(name.toUpperCase(Locale.ROOT)).append('_').append(what).append(' ')
                .append(value).append('\n');
    }

    /** The arguments of a function. */
    String arguments(String pointer) {
        return Stream.of(Stream.of("const " + type() + pointer + "inputs"),
                        hasParameters ? Stream.of("const " + type() + pointer + "parameters") : Stream.<String>empty(),
                        routine.results().stream().map(result -> type() + pointer + result.name()))
                .flatMap(some -> some).collect(Collectors.joining(", "));
    }

    private String prototype() {
        return "void " + name + "(" + arguments(" *") + ")";
    }

    private String batchPrototype() {
        return "void " + name + "_batch(size_t samples, " + arguments(" *") + ")";
    }

    /** The function of one sample, with what it calls and reads. */
    String point(String prototype) {
        String helpers = new Code(syntax).helpers(routine.functions()).stream().map(helper -> helper + "\n").collect(Collectors.joining());
        String body = body(syntax);
        var text = new StringBuilder("#include <math.h>\n\n").append(OwnFunctions.definitions(helpers + body)).append(helpers);
        boolean readsParameters = routine.read().contains(routine.parameters());
        subject.values().filter(_ -> readsParameters).ifPresent(values -> text.append(table(values)));
        return text.append(prototype).append("\n{\n").append(unread()).append(body).append("}\n\n").toString();
    }

    String source() {
        var text = new StringBuilder(comment());
        text.append("#include \"").append(name).append(".h\"\n\n").append(point(prototype()));
        if (lanes == 1) {
            return text + batchPrototype() + "\n{\n" + loop(1, name) + "}\n";
        }
        text.append("/* Of ").append(lanes).append(" samples: entry i of sample s is at [i * ").append(lanes)
                .append(" + s]. */\n")
                .append("static void block(").append(arguments(" *restrict ")).append(")\n{\n").append(unread())
                .append(body(new CSyntax(type().equals("float"), lanes))).append("}\n\n");
        return text + batchPrototype() + "\n{\n" + loop(lanes, "block") + "}\n";
    }

    private String table(double[] values) {
        return "static const " + type() + " parameters[" + values.length + "] = {\n"
                + numbers(values, value -> (value < 0 ? "-" : "") + syntax.number(Math.abs(value))) + "};\n\n";
    }

    /** A list of numbers in lines. */
    static String numbers(double[] values, Function<Double, String> number) {
        var text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            text.append(i % 4 == 0 ? "    " : " ").append(number.apply(values[i]))
                    .append(i == values.length - 1 ? "\n" : i % 4 == 3 ? ",\n" : ",");
        }
        return text.toString();
    }

    /** What keeps a compiler from warnings of arguments that do not matter. */
    private String unread() {
        return (!routine.read().contains(routine.inputs()) ? "    (void) inputs;\n" : "")
                + (hasParameters && !routine.read().contains(routine.parameters()) ? "    (void) parameters;\n" : "");
    }

    private String body(CSyntax of) {
        return routine.arrays().stream().map(array -> "    " + type() + " " + array.name() + "["
                + (array.perSample() ? (long) array.size() * of.lanes() : array.size()) + "];\n")
                .collect(Collectors.joining())
                + new Code(of).statements(routine.body(), 1);
    }

    /** Takes some samples at a time; where fewer are left, the last one stands for those that miss. */
    private String loop(int width, String function) {
        var text = new StringBuilder();
        text.append("    ").append(type()).append(" own_inputs[").append((long) routine.inputs().size() * width)
                .append("];\n");
        routine.results().forEach(result -> text.append("    ").append(type()).append(" own_").append(result.name())
                .append('[')
                .append((long) result.size() * width).append("];\n"));
        text.append("    for (size_t from = 0; from < samples; from += ").append(width).append(") {\n")
                .append("        const size_t count = samples - from < ").append(width).append(" ? samples - from : ")
                .append(width)
                .append(";\n        for (size_t i = 0; i < ").append(routine.inputs().size()).append("; ++i) {\n")
                .append("            for (size_t lane = 0; lane < ").append(width).append("; ++lane) {\n")
                .append("                own_inputs[i * ").append(width)
                .append(" + lane] = inputs[i * samples + from + (lane < count ? lane : count - 1)];\n            }\n        }\n");
        text.append("        ").append(function).append("(own_inputs").append(hasParameters ? ", parameters" : "");
        routine.results().forEach(result -> text.append(", own_").append(result.name()));
        text.append(");\n");
        for (Buffer result : routine.results()) {
            text.append("        for (size_t i = 0; i < ").append(result.size()).append("; ++i) {\n")
                    .append("            for (size_t lane = 0; lane < count; ++lane) {\n                ")
                    .append(result.name())
                    .append("[i * samples + from + lane] = own_").append(result.name()).append("[i * ").append(width)
                    .append(" + lane];\n            }\n        }\n");
        }
        return text.append("    }\n").toString();
    }
}
