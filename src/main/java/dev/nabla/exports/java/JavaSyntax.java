package dev.nabla.exports.java;

import dev.nabla.exports.code.PlainSyntax;
import dev.nabla.exports.routine.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Java. */
final class JavaSyntax extends PlainSyntax {

    static final Set<String> RESERVED = Set.of(
            "abstract", "assert", "boolean", "break", "byte", "case", "catch", "char", "class", "const",
            "continue", "default", "do", "double", "else", "enum", "extends", "final", "finally", "float",
            "for", "goto", "if", "implements", "import", "instanceof", "int", "interface", "long", "native",
            "new", "package", "private", "protected", "public", "return", "short", "static", "strictfp",
            "super", "switch", "synchronized", "this", "throw", "throws", "transient", "try", "void",
            "volatile", "while", "true", "false", "null", "var", "record", "yield", "sealed", "permits",
            "Math", "Double", "String", "Object", "evaluate", "math", "double_", "System", "Integer",
            "Override", "Float", "Long", "Short", "Byte", "Character", "Boolean", "Number", "Void", "Record",
            "Enum", "inputs", "parameters", "i", "j", "k");

    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("exp", "Math.exp"),
            Map.entry("log", "Math.log"),
            Map.entry("log1p", "Math.log1p"),
            Map.entry("expm1", "Math.expm1"),
            Map.entry("sqrt", "Math.sqrt"),
            Map.entry("abs", "Math.abs"),
            Map.entry("sin", "Math.sin"),
            Map.entry("cos", "Math.cos"),
            Map.entry("tan", "Math.tan"),
            Map.entry("asin", "Math.asin"),
            Map.entry("acos", "Math.acos"),
            Map.entry("atan", "Math.atan"),
            Map.entry("sinh", "Math.sinh"),
            Map.entry("cosh", "Math.cosh"),
            Map.entry("tanh", "Math.tanh"),
            Map.entry("atan2", "Math.atan2"),
            Map.entry("pow", "Math.pow"),
            Map.entry("floor", "Math.floor"));

    private final boolean hasFields;

    /** @param hasFields whether scalars are fields, which are not defined where they have their first value */
    JavaSyntax(boolean hasFields) {
        super("[]", 0, "double ", ";");
        this.hasFields = hasFields;
    }

    @Override
    public Map<String, String> functions() {
        return FUNCTIONS;
    }

    @Override
    public Set<String> reserved() {
        return RESERVED;
    }

    @Override
    public List<String> define(Buffer scalar, String value) {
        return hasFields ? List.of(scalar.name() + " = " + value + ";") : super.define(scalar, value);
    }

    @Override
    public String number(double value) {
        return Double.isNaN(value) ? "Double.NaN" : Double.isInfinite(value) ? "Double.POSITIVE_INFINITY"
                : super.number(value);
    }

    @Override
    public String choice(String name) {
        return "    private static double " + name
                + "(boolean c, double a, double b) {\n        return c ? a : b;\n    }\n";
    }

    @Override
    public String function(String name, List<String> arguments, List<NamedValue> lines, String value) {
        return "    private static double " + name + arguments.stream().map(argument -> "double " + argument)
                .collect(Collectors.joining(", ", "(", ") {\n"))
                + lines.stream().map(line -> "        double " + line.name() + " = " + line.value() + ";\n")
                .collect(Collectors.joining()) + "        return " + value + ";\n    }\n";
    }
}
