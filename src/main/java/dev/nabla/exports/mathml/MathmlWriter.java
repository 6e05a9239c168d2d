package dev.nabla.exports.mathml;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.ApplyBinary;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.EntrySum;
import dev.nabla.expression.Expression.MatrixProduct;
import dev.nabla.expression.Expression.Norm;
import dev.nabla.expression.Expression.OuterProduct;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.SampleSum;
import dev.nabla.expression.Expression.Select;
import dev.nabla.expression.Expression.Solve;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Expression.Transpose;
import dev.nabla.rendering.names.Name;
import dev.nabla.rendering.names.Notation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes one node in the formulas of its operands. */
final class MathmlWriter {

    private static final Pattern PARAMETER = Pattern.compile("L([1-9][0-9]*)\\.(.+)");

    private final Notation notation;
    private final Map<Expression, Integer> named;

    MathmlWriter(Notation notation, Map<Expression, Integer> named) {
        this.notation = notation;
        this.named = named;
    }

    static String temporary(int number) {
        return "<msub><mi>t</mi><mn>" + number + "</mn></msub>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The formula of a node, {@code written} being those of its operands. */
    String formula(Expression node, Map<Expression, String> written) {
        Name alias = notation.aliases().get(node);
        if (alias != null) {
            return name(alias.symbol(), alias.layer().isPresent() ? String.valueOf(alias.layer().getAsInt()) : "");
        }
        Function<Expression, String> plain = operand -> requireNonNull(written.get(operand));
        Function<Expression, String> closed = operand -> isAtom(operand) ? plain.apply(operand) : "<mrow><mo>(</mo>"
                + plain.apply(operand) + "<mo>)</mo></mrow>";
        return switch (node) {
            case Constant c -> c.isScalar() || c.value() == 0 ? number(c.value())
                    : row("<msub>" + number(c.value()) + "<mrow>" + text(c.shape().toString()) + "</mrow></msub>");
            case Symbol s -> symbol(s.name());
            case Apply a -> call(a.function().text(), List.of(a.operand()), plain);
            case ApplyBinary a when a.function().isComparison() -> row("<mo>[</mo>" + plain.apply(a.x()) + "<mo>"
                    + escaped(a.function().text()) + "</mo>" + plain.apply(a.y()) + "<mo>]</mo>");
            case ApplyBinary a -> call(a.function().text(), List.of(a.x(), a.y()), plain);
            case Select s -> call("where", s.operands(), plain);
            case Sum s -> row(s.terms().stream().map(term -> term instanceof Sum && !named.containsKey(term)
                    ? closed.apply(term)
                    : plain.apply(term)).collect(Collectors.joining("<mo>+</mo>")));
            case Product p -> row(p.factors().stream().map(closed).collect(Collectors.joining("<mo>\u2299</mo>"))
                    .replace("\u2299", p.isScalar() ? "\u22c5" : "\u2299"));
            case Power p -> "<msup>" + row(closed.apply(p.base())) + row(plain.apply(p.exponent())) + "</msup>";
            case MatrixProduct m -> row(closed.apply(m.left()) + "<mo>\u2062</mo>" + closed.apply(m.right()));
            case Transpose t -> "<msup>" + row(closed.apply(t.operand())) + "<mi>T</mi></msup>";
            case OuterProduct o -> row(closed.apply(o.left()) + "<mo>\u2297</mo>" + closed.apply(o.right()));
            case Solve s -> row("<msup>" + row(closed.apply(s.matrix())) + row(number(-1)) + "</msup><mo>\u2062</mo>"
                    + closed.apply(s.right()));
            case EntrySum s -> row("<mo>\u2211</mo>" + closed.apply(s.operand()));
            case Norm n -> row("<mo>\u2016</mo>" + plain.apply(n.operand()) + "<mo>\u2016</mo>");
            case SampleSum s -> row("<msub><mo>\u2211</mo><mi>s</mi></msub>" + closed.apply(s.operand()));
            case Broadcast b -> "<msub>" + row(closed.apply(b.operand())) + row(text(b.shape().toString())) + "</msub>";
            case Entry e -> "<msub>" + row(closed.apply(e.operand())) + row(e.index().stream()
                    .map(i -> "<mn>" + (i + 1) + "</mn>").collect(Collectors.joining("<mo>,</mo>"))) + "</msub>";
            case Stack s -> row("<mo>(</mo><mtable>" + s.parts().stream().map(part -> "<mtr><mtd>" + plain.apply(part)
                    + "</mtd></mtr>").collect(Collectors.joining()) + "</mtable><mo>)</mo>");
        };
    }

    /** Whether its formula needs no parentheses as an operand. */
    private boolean isAtom(Expression node) {
        return named.containsKey(node) || notation.aliases().containsKey(node) || switch (node) {
            case Constant c -> c.value() >= 0;
            case Symbol _, Apply _, ApplyBinary _, Select _, Norm _, Stack _, Entry _, Transpose _ -> true;
            case Sum _, Product _, Power _, MatrixProduct _, OuterProduct _, Solve _, EntrySum _, SampleSum _,
                    Broadcast _ -> false;
        };
    }

    private static String call(String function, List<Expression> arguments, Function<Expression, String> formula) {
        return row("<mi>" + function + "</mi><mo>\u2061</mo><mrow><mo>(</mo>" + arguments.stream().map(formula)
                .collect(Collectors.joining("<mo>,</mo>")) + "<mo>)</mo></mrow>");
    }

    private static String symbol(String name) {
        Matcher parameter = PARAMETER.matcher(name);
        return parameter.matches() ? name(parameter.group(2), parameter.group(1)) : name(name, "");
    }

    private static String name(String symbol, String layer) {
        String identifier = "<mi>" + escaped(symbol) + "</mi>";
        return layer.isEmpty() ? identifier : "<msup>" + identifier + "<mrow><mo>(</mo><mn>" + layer
                + "</mn><mo>)</mo></mrow></msup>";
    }

    private static String number(double value) {
        String digits = value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) Math.abs(value))
                : Double.toString(Math.abs(value));
        String[] parts = digits.split("E", -1);
        String positive = parts.length == 1 ? "<mn>" + digits + "</mn>" : row("<mn>" + parts[0]
                + "</mn><mo>\u22c5</mo><msup><mn>10</mn>"
                + number(Double.parseDouble(parts[1])) + "</msup>");
        return value < 0 ? row("<mo>\u2212</mo>" + positive) : positive;
    }

    private static String text(String text) {
        return "<mtext>" + text + "</mtext>";
    }

    private static String row(String content) {
        return "<mrow>" + content + "</mrow>";
    }
}
