package dev.nabla.exports.javascript;

import dev.nabla.exports.code.PlainSyntax;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** JavaScript. */
final class JavaScriptSyntax extends PlainSyntax {

    static final Set<String> RESERVED = Set.of(
            "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger",
            "default", "delete", "do", "else", "enum", "eval", "export", "extends", "false", "finally", "for",
            "function", "if", "implements", "import", "in", "instanceof", "interface", "let", "new", "null",
            "package", "private", "protected", "public", "return", "static", "super", "switch", "this",
            "throw", "true", "try", "typeof", "var", "void", "while", "with", "yield", "undefined", "NaN",
            "Infinity", "Math", "Float64Array", "Array", "Object", "async", "of", "inputs", "parameters", "i",
            "j", "k");

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
            Map.entry("asinh", "Math.asinh"),
            Map.entry("acosh", "Math.acosh"),
            Map.entry("atanh", "Math.atanh"),
            Map.entry("atan2", "Math.atan2"),
            Map.entry("pow", "Math.pow"),
            Map.entry("floor", "Math.floor"));

    JavaScriptSyntax() {
        super("[]", 0, "let ", ";");
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
    public String choice(String name) {
        return "function " + name + "(c, a, b) {\n    return c ? a : b;\n}\n";
    }

    @Override
    public String function(String name, List<String> arguments, List<NamedValue> lines, String value) {
        return "function " + name + arguments.stream().collect(Collectors.joining(", ", "(", ") {\n"))
                + lines.stream().map(line -> "    const " + line.name() + " = " + line.value() + ";\n")
                .collect(Collectors.joining()) + "    return " + value + ";\n}\n";
    }
}
