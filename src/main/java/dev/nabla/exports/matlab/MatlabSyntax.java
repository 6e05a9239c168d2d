package dev.nabla.exports.matlab;

import dev.nabla.exports.code.PlainSyntax;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** MATLAB, whose functions answer complex numbers where there is no real one. */
final class MatlabSyntax extends PlainSyntax {

    static final Set<String> RESERVED = Set.of(
            "break", "case", "catch", "classdef", "continue", "else", "elseif", "end", "for", "function",
            "global", "if", "otherwise", "parfor", "persistent", "return", "spmd", "switch", "try", "while",
            "do", "until", "endfunction", "endif", "endwhile", "endfor", "unwind_protect", "exp", "log",
            "sqrt", "abs", "sin", "cos", "tan", "zeros", "reshape", "permute", "power", "NaN", "Inf", "pi",
            "eps", "ans", "true", "false", "inputs", "parameters", "i", "j", "k");

    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("exp", "exp"),
            Map.entry("expm1", "expm1"),
            Map.entry("abs", "abs"),
            Map.entry("sin", "sin"),
            Map.entry("cos", "cos"),
            Map.entry("tan", "tan"),
            Map.entry("atan", "atan"),
            Map.entry("sinh", "sinh"),
            Map.entry("cosh", "cosh"),
            Map.entry("tanh", "tanh"),
            Map.entry("asinh", "asinh"),
            Map.entry("erf", "erf"),
            Map.entry("erfc", "erfc"),
            Map.entry("atan2", "atan2"),
            Map.entry("floor", "floor"),
            Map.entry("anylog", "log"),
            Map.entry("anylog1p", "log1p"),
            Map.entry("anysqrt", "sqrt"),
            Map.entry("anyasin", "asin"),
            Map.entry("anyacos", "acos"),
            Map.entry("anypow", "power"));

    MatlabSyntax() {
        super("()", 1, "", ";");
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
        return "for " + variable + " = (" + from + "):" + (until - 1);
    }

    @Override
    public String end() {
        return "end";
    }

    @Override
    public String choice(String name) {
        return "function value = " + name
                + "(c, a, b)\n    if c\n        value = a;\n    else\n        value = b;\n    end\nend\n";
    }

    @Override
    public String function(String name, List<String> arguments, List<NamedValue> lines, String value) {
        return "function value = " + name + arguments.stream().collect(Collectors.joining(", ", "(", ")\n"))
                + lines.stream().map(line -> "    " + line.name() + " = " + line.value() + ";\n")
                .collect(Collectors.joining()) + "    value = " + value + ";\nend\n";
    }
}
