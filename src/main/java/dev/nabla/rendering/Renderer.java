package dev.nabla.rendering;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Scalarisation;
import dev.nabla.expression.Work;
import dev.nabla.rendering.names.Label;
import dev.nabla.rendering.names.Names;
import dev.nabla.rendering.names.Notation;
import dev.nabla.rendering.printing.Print;
import dev.nabla.rendering.printing.Print.Assignment;
import dev.nabla.rendering.printing.Printer;
import dev.nabla.rendering.printing.Target;
import dev.nabla.rendering.printing.Text;
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
    /** While it is written. */
    private static final long BYTES_OF_CHARACTER = 3;

    private static final String WITHOUT_SHARING = "ask for the array form or for fewer entries";

    private final Notation notation;
    private final Form form;
    private final Target target;
    private final boolean shareSubexpressions;
    private final int digits;
    private final long maxLength;

    private Renderer(Notation notation, Form form, Format format, boolean shareSubexpressions, int digits, long maxLength) {
        this.notation = notation;
        this.form = form;
        this.target = format.target();
        this.shareSubexpressions = shareSubexpressions;
        this.digits = digits;
        this.maxLength = Math.min(maxLength, Integer.MAX_VALUE);
    }

    /**
     * Prints an expression.
     *
     * @param shareSubexpressions whether subexpressions that repeat get names; what would be nested deeper than the
     *     format takes gets names anyway
     * @param maxLength the most characters that all strings of the rendering may have together
     * @throws PrintTooLargeException if they would have more; nothing was written then
     */
    public static Rendering render(Expression expression, Notation notation, Form form, Format format,
            boolean shareSubexpressions, long maxLength) {
        return render(expression, notation, form, format, shareSubexpressions, Printer.ALL_DIGITS, maxLength);
    }

    /**
     * The same with numbers that are not whole rounded in print.
     *
     * @param digits how many significant digits they have there
     */
    public static Rendering render(Expression expression, Notation notation, Form form, Format format,
            boolean shareSubexpressions, int digits, long maxLength) {
        return new Renderer(notation, form, format, shareSubexpressions, digits, maxLength).render(expression);
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
        var names = new Names(target.spelling(), notation, order);
        Printer printer = target.printer(names, digits);
        Set<Expression> quantities = form == Form.ARRAY ? labels.keySet() : Set.of();
        for (Expression node : new Sharing(names::isLeaf, quantities)
                .namedNodes(order, roots, shareSubexpressions, printer.deepestNesting())) {
            Label label = shareSubexpressions ? labels.get(node) : null;
            if (label == null) {
                names.define(node);
            } else {
                names.define(node, label);
            }
        }
        var assignments = new ArrayList<Assignment>();
        printer.print(order).forEach((node, text) ->
                assignments.add(new Assignment(names.spell(names.of(node)), text)));
        List<Text> texts = roots.stream().map(root -> printer.fragment(root).text()).toList();
        List<Text> entries = form == Form.SCALAR ? texts : List.of();
        Text whole = form == Form.SCALAR ? printer.whole(expression.shape(), roots) : texts.getFirst();
        var print = new Print(notation, expression.shape(), roots, assignments, whole);
        Optional<Text> code = printer.module(print);
        refuseTooLong(entries, print, code);
        return new Rendering(entries.stream().map(Text::write).toList(), whole.write(),
                assignments.stream().map(a -> new Definition(a.name(), a.value().write())).toList(), order.size(),
                Graph.treeNodeCount(roots), code.map(Text::write));
    }

    /** A scalar takes about five characters, so that what has too many need not be made. */
    private void refuseTooManyScalars(Expression expression) {
        BigInteger scalars = Scalarisation.predictedNodeCount(List.of(expression));
        if (scalars.compareTo(BigInteger.valueOf(Math.max(MANY_SCALARS, maxLength / 5))) > 0) {
            throw new PrintTooLargeException(scalars.multiply(BigInteger.valueOf(5)), maxLength, WITHOUT_SHARING);
        }
    }

    private void refuseTooLong(List<Text> entries, Print print, Optional<Text> code) {
        BigInteger length = Stream.of(entries.stream(), Stream.of(print.whole()),
                        print.assignments().stream().map(Assignment::value),
                        print.assignments().stream().map(a -> Text.of(a.name())), code.stream())
                .flatMap(texts -> texts).map(Text::length).reduce(BigInteger.ZERO, BigInteger::add);
        if (length.compareTo(BigInteger.valueOf(maxLength)) > 0) {
            throw new PrintTooLargeException(length, maxLength, shareSubexpressions
                    ? WITHOUT_SHARING
                    : "set shareSubexpressions to name what repeats once");
        }
        Work.spend(NANOS_OF_CHARACTER * length.doubleValue());
        Work.hold(Place.HEAP, BYTES_OF_CHARACTER * length.longValue());
    }
}
