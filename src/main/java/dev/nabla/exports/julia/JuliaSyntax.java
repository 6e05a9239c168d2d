package dev.nabla.exports.julia;

import dev.nabla.exports.code.PlainSyntax;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Julia, whose functions raise errors where there is no value. */
final class JuliaSyntax extends PlainSyntax {

    static final Set<String> RESERVED = Set.of(
            "baremodule", "begin", "break", "catch", "const", "continue", "do", "else", "elseif", "end",
            "export", "false", "finally", "for", "function", "global", "if", "import", "let", "local", "macro",
            "module", "quote", "return", "struct", "true", "try", "using", "while", "in", "isa", "where",
            "abstract", "mutable", "primitive", "type", "Base", "Core", "Main", "exp", "log", "sqrt", "abs",
            "sin", "cos", "tan", "zeros", "reshape", "permutedims", "inputs_", "NaN", "Inf", "NaN64", "Inf64",
            "pi", "im", "eval", "include", "inputs", "parameters", "i", "j", "k");

    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("exp", "exp"),
            Map.entry("expm1", "expm1"),
            Map.entry("abs", "abs"),
            Map.entry("atan", "atan"),
            Map.entry("sinh", "sinh"),
            Map.entry("cosh", "cosh"),
            Map.entry("tanh", "tanh"),
            Map.entry("asinh", "asinh"),
            Map.entry("floor", "floor"),
            Map.entry("anylog", "log"),
            Map.entry("anylog1p", "log1p"),
            Map.entry("anysqrt", "sqrt"),
            Map.entry("anyasin", "asin"),
            Map.entry("anyacos", "acos"),
            Map.entry("anysin", "sin"),
            Map.entry("anycos", "cos"),
            Map.entry("anytan", "tan"),
            Map.entry("anypow", "^"),
            Map.entry("atan2", "atan"));

    JuliaSyntax() {
        super("[]", 1, "", "");
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
    public String number(double value) {
        return Double.isInfinite(value) ? "Inf" : super.number(value);
    }

    @Override
    public String loop(String variable, String from, int until) {
        return "for " + variable + " in (" + from + "):" + (until - 1);
    }

    @Override
    public String end() {
        return "end";
    }

    @Override
    public String choice(String name) {
        return name + "(c, a, b) = c ? a : b\n";
    }

    @Override
    public String function(String name, List<String> arguments, List<NamedValue> lines, String value) {
        return "function " + name + arguments.stream().collect(Collectors.joining(", ", "(", ")\n"))
                + lines.stream().map(line -> "    " + line.name() + " = " + line.value() + "\n")
                .collect(Collectors.joining()) + "    return " + value + "\nend\n";
    }
}
