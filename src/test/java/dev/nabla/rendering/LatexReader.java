package dev.nabla.rendering;

import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.ScalarFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Computes what a reader of mathematics would take scalar LaTeX for: what stands side by side is multiplied, and a
 * superscript is a power unless it is a layer's number in parentheses.
 */
final class LatexReader {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final Pattern NAME = Pattern.compile(
            "(?:[A-Za-z]|\\\\mathrm\\{(?:[^{}\\\\]|\\\\_)*\\}|\\\\mathbf\\{[a-z]\\}|\\\\[a-z]+)"
                    + "'*(?:\\^\\{\\([0-9]+\\)\\})?(?:_\\{[0-9,]+\\})?");
    private static final Map<String, ScalarFunction> FUNCTIONS = functions();

    private final String latex;
    private final Map<String, Double> names;
    private int at;

    private LatexReader(String latex, Map<String, Double> names) {
        this.latex = latex;
        this.names = names;
    }

    private static Map<String, ScalarFunction> functions() {
        var functions = new HashMap<String, ScalarFunction>();
        for (ScalarFunction function : ScalarFunction.values()) {
            functions.put("\\operatorname{" + function.text() + "}", function);
            functions.put("\\" + function.text(), function);
        }
        functions.put("\\ln", ScalarFunction.LOG);
        functions.put("\\sigma", ScalarFunction.SIGMOID);
        functions.put("\\operatorname{sgn}", ScalarFunction.SIGN);
        functions.put("\\theta", ScalarFunction.STEP);
        functions.put("\\Phi", ScalarFunction.NORMCDF);
        functions.put("\\varphi", ScalarFunction.NORMPDF);
        for (String inverse : List.of("sin", "cos", "tan")) {
            functions.put("\\arc" + inverse, ScalarFunction.named("a" + inverse).orElseThrow());
            functions.put("\\operatorname{ar" + inverse + "h}", ScalarFunction.named("a" + inverse + "h").orElseThrow());
        }
        return functions;
    }

    /** @param names the values of names as they are printed */
    static double value(String latex, Map<String, Double> names) {
        var reader = new LatexReader(latex, names);
        double value = reader.sum();
        if (reader.at < latex.length()) {
            throw reader.unexpected();
        }
        return value;
    }

    private double sum() {
        double total = accept("-") ? -product() : product();
        while (true) {
            if (accept("+")) {
                total += product();
            } else if (accept("-")) {
                total -= product();
            } else {
                return total;
            }
        }
    }

    private double product() {
        double product = factor();
        while (accept("\\cdot ") || !isAtEndOfProduct()) {
            double factor = factor();
            // x ln y is written as a product.
            product = product == 0 && !Double.isNaN(factor) ? 0 : product * factor;
        }
        return product;
    }

    private boolean isAtEndOfProduct() {
        skipSpaces();
        return at == latex.length() || "+-})&<>=,".indexOf(latex.charAt(at)) >= 0
                || Stream.of("\\right", "\\leq", "\\geq", "\\neq", "\\\\").anyMatch(end -> latex.startsWith(end, at));
    }

    private double factor() {
        double base = base();
        return accept("^{") ? Math.pow(base, closed("}")) : base;
    }

    private double base() {
        skipSpaces();
        if (accept("\\left(")) {
            return closed("\\right)");
        }
        if (accept("\\left|")) {
            return Math.abs(closed("\\right|"));
        }
        if (accept("\\left[")) {
            double holds = comparison();
            require("\\right]");
            return holds;
        }
        if (accept("\\begin{cases} ")) {
            double x = sum();
            require("& \\text{if } ");
            double holds = comparison();
            require("\\\\ ");
            double y = closed("& \\text{otherwise} \\end{cases}");
            return holds != 0 ? x : y;
        }
        for (BinaryFunction function : List.of(BinaryFunction.MIN, BinaryFunction.MAX, BinaryFunction.ATAN2)) {
            String name = function == BinaryFunction.ATAN2 ? "\\operatorname{atan2}" : "\\" + function.text();
            if (accept(name + "\\left(")) {
                return function.value(closed(","), closed("\\right)"));
            }
        }
        if (accept("\\left\\lVert ")) {
            String vector = latex.substring(at, latex.indexOf(" \\right\\rVert", at));
            at += vector.length();
            require("\\right\\rVert");
            return names.entrySet().stream().filter(entry -> entry.getKey().startsWith(vector.endsWith(":}") ? vector.replace(":}", "") : vector + "_{"))
                    .mapToDouble(Map.Entry::getValue).reduce(0, Math::hypot);
        }
        if (accept("\\frac{")) {
            double numerator = closed("}");
            require("{");
            return numerator / closed("}");
        }
        if (accept("\\sqrt{")) {
            return Math.sqrt(closed("}"));
        }
        Matcher number = matcher(NUMBER);
        if (number.lookingAt()) {
            at = number.end();
            return Double.parseDouble(number.group());
        }
        Matcher name = matcher(NAME);
        if (name.lookingAt() && names.containsKey(name.group())) {
            at = name.end();
            return names.get(name.group());
        }
        if (accept("\\pi")) {
            return Math.PI;
        }
        return call();
    }

    private double comparison() {
        double x = sum();
        for (Map.Entry<String, String> sign : Map.of("\\leq ", "<=", "\\geq ", ">=", "\\neq ", "!=", "= ", "==", "< ", "<",
                "> ", ">").entrySet()) {
            if (accept(sign.getKey())) {
                return BinaryFunction.comparison(sign.getValue()).orElseThrow().value(x, sum());
            }
        }
        throw unexpected();
    }

    private double call() {
        for (Map.Entry<String, ScalarFunction> function : FUNCTIONS.entrySet()) {
            if (latex.startsWith(function.getKey() + "\\left(", at) || latex.startsWith(function.getKey() + "^", at)) {
                at += function.getKey().length();
                double power = accept("^{") ? closed("}") : 1;
                require("\\left(");
                return Math.pow(function.getValue().value(closed("\\right)")), power);
            }
        }
        throw unexpected();
    }

    private double closed(String end) {
        double value = sum();
        require(end);
        return value;
    }

    private void require(String token) {
        if (!accept(token)) {
            throw unexpected();
        }
    }

    private boolean accept(String token) {
        skipSpaces();
        boolean isNext = latex.startsWith(token, at);
        at += isNext ? token.length() : 0;
        return isNext;
    }

    private void skipSpaces() {
        while (at < latex.length() && latex.charAt(at) == ' ') {
            at++;
        }
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(latex).region(at, latex.length());
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("cannot read " + latex + " from " + at);
    }
}
