package dev.nabla.exports.onnx;

import static java.util.Objects.requireNonNull;

import dev.nabla.exports.code.Helper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of a helper as nodes. */
final class HelperLines {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?<token>[0-9]+(?:\\.[0-9]+)?(?:e-?[0-9]+)?|[a-z_][a-z0-9_]*|[<>=]=|[-+*/<>(),])");
    private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "==");

    private final Nodes nodes;
    private final List<String> lines;
    private final Map<String, String> values = new HashMap<>();
    private Matcher matcher = TOKEN.matcher("");
    private String token = "";

    HelperLines(Helper helper, Nodes nodes) {
        this.nodes = nodes;
        this.lines = helper.lines();
        helper.arguments().forEach(argument -> values.put(argument, argument));
    }

    /** The name of the value of the last line. */
    String value() {
        for (String line : lines.subList(0, lines.size() - 1)) {
            String[] sides = line.split(" = ", 2);
            values.put(sides[0], read(sides[1]));
        }
        return read(lines.getLast());
    }

    private String read(String line) {
        matcher = TOKEN.matcher(line);
        next();
        String value = comparison();
        if (!token.isEmpty()) {
            throw new IllegalStateException("'" + token + "' ends no line: " + line);
        }
        return value;
    }

    private String next() {
        String taken = token;
        token = matcher.find() ? matcher.group("token") : "";
        return taken;
    }

    private String comparison() {
        String left = sum();
        return COMPARISONS.contains(token) ? apply(next(), left, sum()) : left;
    }

    private String sum() {
        String sum = product();
        while (token.equals("+") || token.equals("-")) {
            sum = apply(next(), sum, product());
        }
        return sum;
    }

    private String product() {
        String product = factor();
        while (token.equals("*") || token.equals("/")) {
            product = apply(next(), product, factor());
        }
        return product;
    }

    private String factor() {
        String first = next();
        if (first.equals("-")) {
            return Character.isDigit(token.charAt(0)) ? nodes.number(-Double.parseDouble(next()))
                    : nodes.add("Neg", List.of(factor()));
        }
        if (Character.isDigit(first.charAt(0))) {
            return nodes.number(Double.parseDouble(first));
        }
        if (first.equals("(")) {
            String inner = comparison();
            next();
            return inner;
        }
        return token.equals("(") ? call(first) : switch (first) {
            case "inf" -> nodes.number(Double.POSITIVE_INFINITY);
            case "nan" -> nodes.number(Double.NaN);
            case "epsilon" -> nodes.number(switch (nodes.numbers()) {
                case FLOAT -> Math.ulp(1f);
                case DOUBLE -> Math.ulp(1.0);
                case INT32, INT64 -> throw new IllegalStateException("no real numbers");
            });
            default -> requireNonNull(values.get(first), first);
        };
    }

    private String call(String function) {
        var arguments = new ArrayList<String>();
        do {
            next();
            arguments.add(comparison());
        } while (token.equals(","));
        next();
        return Functions.apply(function, arguments, nodes);
    }

    private String apply(String sign, String left, String right) {
        return Functions.apply(sign, List.of(left, right), nodes);
    }
}
