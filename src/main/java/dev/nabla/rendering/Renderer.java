package dev.nabla.rendering;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.Scalarisation;
import dev.nabla.expression.Work;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Prints expressions. */
public final class Renderer {

    /** From this many scalars on they are counted before they are made. */
    private static final long MANY_SCALARS = 500_000;
    /** To write it, and to send it. */
    private static final double NANOS_OF_CHARACTER = 50;

    private static final String WITHOUT_SHARING = "ask for the array form or for fewer entries";

    private final Notation notation;
    private final Form form;
    private final Format format;
    private final boolean shareSubexpressions;
    private final long maxLength;

    private Renderer(Notation notation, Form form, Format format, boolean shareSubexpressions, long maxLength) {
        this.notation = notation;
        this.form = form;
        this.format = format;
        this.shareSubexpressions = shareSubexpressions;
        this.maxLength = Math.min(maxLength, Integer.MAX_VALUE);
    }

    /**
     * Prints an expression.
     *
     * @param shareSubexpressions whether subexpressions that repeat get names; Python gives names besides to what would
     *     be nested deeper than its interpreter takes
     * @param maxLength the most characters that all strings of the rendering may have together
     * @throws PrintTooLargeException if they would have more; nothing was written then
     */
    public static Rendering render(Expression expression, Notation notation, Form form, Format format,
            boolean shareSubexpressions, long maxLength) {
        return new Renderer(notation, form, format, shareSubexpressions, maxLength).render(expression);
    }

    private Rendering render(Expression expression) {
        List<Expression> wholeOrder = Graph.topologicalOrder(List.of(expression));
        var quantities = new LinkedHashMap<Expression, Label>();
        notation.quantities().forEach((quantity, name) -> quantities.put(quantity, Label.of(name)));
        quantities.keySet().retainAll(Set.copyOf(wholeOrder));
        if (form == Form.ARRAY) {
            return render(expression, List.of(expression), quantities);
        }
        refuseTooManyScalars(expression);
        Map<Expression, List<Expression>> entries = Scalarisation.of(List.of(expression));
        return render(expression, requireNonNull(entries.get(expression)), entriesOf(quantities, entries));
    }

    /** The scalar entries of the quantities with the names of entries. */
    private static Map<Expression, Label> entriesOf(Map<Expression, Label> quantities,
            Map<Expression, List<Expression>> entries) {
        var labels = new HashMap<Expression, Label>();
        quantities.forEach((quantity, label) -> {
            List<Expression> ofQuantity = requireNonNull(entries.get(quantity));
            for (int i = 0; i < quantity.shape().size(); i++) {
                labels.putIfAbsent(ofQuantity.get(i),
                        Label.entryOf(label.name(), quantity.shape().index(i)));
            }
        });
        return labels;
    }

    private Rendering render(Expression expression, List<Expression> roots, Map<Expression, Label> labels) {
        List<Expression> order = Graph.topologicalOrder(roots);
        var names = new Names(spelling(), notation, order);
        Set<Expression> quantities = form == Form.ARRAY ? labels.keySet() : Set.of();
        int deepest = format == Format.PYTHON ? PythonPrinter.DEEPEST_NESTING : Integer.MAX_VALUE;
        for (Expression node : new Sharing(names::isLeaf, quantities)
                .namedNodes(order, roots, shareSubexpressions, deepest)) {
            Label label = shareSubexpressions ? labels.get(node) : null;
            if (label == null) {
                names.define(node);
            } else {
                names.define(node, label);
            }
        }
        Printer printer = printer(names);
        var definitions = new ArrayList<PythonModule.Assignment>();
        printer.print(order).forEach((node, text) ->
                definitions.add(new PythonModule.Assignment(names.spell(names.of(node)), text)));
        List<Text> texts = roots.stream().map(root -> printer.fragment(root).text()).toList();
        List<Text> entries = form == Form.SCALAR ? texts : List.of();
        Text whole = form == Form.SCALAR ? printer.whole(expression.shape(), roots) : texts.getFirst();
        Optional<Text> code = printer instanceof PythonPrinter python
                ? Optional.of(new PythonModule(names, notation, python)
                        .of(expression.shape(), roots, definitions, whole))
                : Optional.empty();
        refuseTooLong(entries, whole, definitions, code);
        return new Rendering(entries.stream().map(Text::write).toList(), whole.write(),
                definitions.stream().map(d -> new Definition(d.name(), d.value().write())).toList(), order.size(),
                Graph.treeNodeCount(roots), code.map(Text::write));
    }

    private Spelling spelling() {
        return switch (format) {
            case LATEX -> new LatexSpelling();
            case TEXT -> new EquationSpelling();
            case PYTHON -> new PythonSpelling();
        };
    }

    private Printer printer(Names names) {
        return switch (format) {
            case LATEX -> new LatexPrinter(names);
            case TEXT -> new EquationPrinter(names);
            case PYTHON -> new PythonPrinter(names);
        };
    }

    /** A scalar takes about five characters, so that what has too many need not be made. */
    private void refuseTooManyScalars(Expression expression) {
        BigInteger scalars = Scalarisation.predictedNodeCount(List.of(expression));
        if (scalars.compareTo(BigInteger.valueOf(Math.max(MANY_SCALARS, maxLength / 5))) > 0) {
            throw new PrintTooLargeException(scalars.multiply(BigInteger.valueOf(5)), maxLength, WITHOUT_SHARING);
        }
    }

    private void refuseTooLong(List<Text> entries, Text whole, List<PythonModule.Assignment> definitions,
            Optional<Text> code) {
        BigInteger length = Stream.of(entries.stream(), Stream.of(whole), definitions.stream().map(d -> d.value()),
                        definitions.stream().map(d -> Text.of(d.name())), code.stream())
                .flatMap(texts -> texts).map(Text::length).reduce(BigInteger.ZERO, BigInteger::add);
        if (length.compareTo(BigInteger.valueOf(maxLength)) > 0) {
            throw new PrintTooLargeException(length, maxLength, shareSubexpressions
                    ? WITHOUT_SHARING
                    : "set shareSubexpressions to name what repeats once");
        }
        Work.spend(NANOS_OF_CHARACTER * length.doubleValue());
    }
}
