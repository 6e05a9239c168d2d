package dev.nabla.exports.code;

import dev.nabla.exports.code.Syntax.NamedValue;
import dev.nabla.exports.routine.Index;
import dev.nabla.exports.routine.Scalar;
import dev.nabla.exports.routine.Statement;
import dev.nabla.exports.routine.Statement.Assign;
import dev.nabla.exports.routine.Statement.Define;
import dev.nabla.exports.routine.Statement.For;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a routine, and the functions it calls, in a language. */
public final class Code {

    private static final String INDENT = "    ";
    private static final Pattern TOKEN =
            Pattern.compile("(?<call>[a-z_][a-z0-9_]*)\\(|(?<number>[0-9]+(\\.[0-9]+)?(e-?[0-9]+)?)|\\b(?<word>nan|inf|epsilon)\\b");
    private static final String CHOOSE = "nabla_choose";

    private final Syntax syntax;

    public Code(Syntax syntax) {
        this.syntax = syntax;
    }

    /** The name of the variable of a loop. */
    public static String variable(int depth) {
        return depth < 3 ? String.valueOf((char) ('i' + depth)) : "i" + depth;
    }

    /** A position as all of these languages write it. */
    public static String index(Index index) {
        var text = new StringBuilder();
        for (Index.Step step : index.steps()) {
            int stride = Math.abs(step.stride());
            text.append(text.isEmpty() ? step.stride() < 0 ? "-" : "" : step.stride() < 0 ? " - " : " + ")
                    .append(stride == 1 ? "" : stride + " * ").append(variable(step.depth()));
        }
        int constant = index.constant();
        if (text.isEmpty()) {
            return String.valueOf(constant);
        }
        return constant == 0 ? text.toString() : text + (constant < 0 ? " - " : " + ") + Math.abs(constant);
    }

    /** The functions that the routine calls and the language lacks, each before those that call it. */
    public List<String> helpers(Collection<String> functions) {
        List<String> helpers = Helper.of(functions, syntax.functions().keySet()).stream().map(this::helper).toList();
        return helpers.stream().noneMatch(helper -> helper.contains(CHOOSE + "(")) ? helpers
                : Stream.concat(Stream.of(syntax.choice(CHOOSE)), helpers.stream()).toList();
    }

    private String helper(Helper helper) {
        var lines = new ArrayList<NamedValue>();
        for (String line : helper.lines().subList(0, helper.lines().size() - 1)) {
            String[] sides = line.split(" = ", 2);
            lines.add(new NamedValue(sides[0], translate(sides[1])));
        }
        return syntax.function(name(helper.text()), helper.arguments(), lines, translate(helper.lines().getLast()));
    }

    /** What a function is called in the language. */
    private String name(String function) {
        return syntax.functions().getOrDefault(function, "nabla_" + function);
    }

    /** A line of a helper in the language. */
    String translate(String line) {
        return TOKEN.matcher(line).replaceAll(match -> Matcher.quoteReplacement(token(match)));
    }

    private String token(MatchResult match) {
        String number = match.group("number");
        String word = match.group("word");
        if (number != null) {
            return syntax.number(Double.parseDouble(number));
        }
        if (word != null) {
            return syntax.number(switch (word) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "epsilon" -> syntax.epsilon();
                default -> Double.NaN;
            });
        }
        return name(match.group("call")) + "(";
    }

    /** The statements, each line indented so many times. */
    public String statements(List<Statement> statements, int indent) {
        var lines = new ArrayList<String>();
        statements.forEach(statement -> write(statement, indent, lines));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void write(Statement statement, int indent, List<String> lines) {
        UnaryOperator<String> indented = line -> INDENT.repeat(indent) + line;
        List<String> _ = switch (statement) {
            case Define define -> add(lines, syntax.define(define.scalar(), scalar(define.value())), indented);
            case Assign assign -> add(lines, syntax.assign(assign.target(), assign.at(), scalar(assign.value())),
                    indented);
            case For loop -> {
                lines.add(indented.apply(syntax.loop(variable(loop.depth()), index(loop.from()), loop.until())));
                loop.body().forEach(inner -> write(inner, indent + 1, lines));
                lines.add(indented.apply(syntax.end()));
                yield lines;
            }
        };
    }

    private static List<String> add(List<String> lines, List<String> more, UnaryOperator<String> indented) {
        more.forEach(line -> lines.add(indented.apply(line)));
        return lines;
    }

    private String scalar(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Literal literal -> syntax.number(literal.value());
            case Scalar.Load load -> syntax.element(load.buffer(), load.at());
            case Scalar.Call call -> name(call.function()) + "("
                    + call.arguments().stream().map(this::scalar).collect(Collectors.joining(", ")) + ")";
            case Scalar.Sum sum -> sum(sum);
            case Scalar.Negation negation -> "-" + within(negation.operand());
            case Scalar.Product product ->
                product.factors().stream().map(this::within).collect(Collectors.joining(" * "));
            case Scalar.Quotient quotient -> (quotient.dividend() instanceof Scalar.Quotient || quotient.dividend()
                    instanceof Scalar.Product ? scalar(quotient.dividend()) : within(quotient.dividend()))
                    + " / " + within(quotient.divisor());
        };
    }

    private String sum(Scalar.Sum sum) {
        var text = new StringBuilder();
        for (Scalar term : sum.terms()) {
            if (text.isEmpty()) {
                text.append(term instanceof Scalar.Sum ? within(term) : scalar(term));
            } else if (term instanceof Scalar.Negation negation) {
                text.append(" - ").append(negation.operand() instanceof Scalar.Sum ? within(negation.operand())
                        : scalar(negation.operand()));
            } else {
                text.append(" + ").append(term instanceof Scalar.Sum ? within(term) : scalar(term));
            }
        }
        return text.toString();
    }

    /** A number as an operand of anything. */
    private String within(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Literal _, Scalar.Load _, Scalar.Call _ -> scalar(scalar);
            case Scalar.Sum _, Scalar.Negation _, Scalar.Product _, Scalar.Quotient _ -> "(" + scalar(scalar) + ")";
        };
    }
}
