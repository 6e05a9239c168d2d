package dev.nabla.rendering.printing;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.names.Label;
import dev.nabla.rendering.names.Names;
import dev.nabla.rendering.printing.Fragment.Precedence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Prints a graph node by node, operands first, each node once; what the formats have in common. A node that is named is
 * opaque to those that use it.
 */
public abstract class Printer {

    /** As many as tell any two doubles apart. */
    public static final int ALL_DIGITS = 17;

    private final Names names;
    private final Rounding rounding;
    private final Map<Expression, Fragment> fragments = new HashMap<>();

    /** @param digits the significant digits of printed numbers that are not whole, as {@link Rounding} has them, or {@link #ALL_DIGITS} */
    protected Printer(Names names, int digits) {
        this.names = names;
        this.rounding = new Rounding(digits);
    }

    /** A number as it is printed. */
    protected final double rounded(double number) {
        return rounding.round(number);
    }

    protected final Names names() {
        return names;
    }

    /**
     * Prints nodes, operands before their users.
     *
     * @return the prints of those that names were defined for, by node and in the same order
     */
    public final Map<Expression, Text> print(List<Expression> order) {
        rounding.consider(order);
        var definitions = new LinkedHashMap<Expression, Text>();
        for (Expression node : order) {
            if (names.isLeaf(node)) {
                fragments.put(node, name(names.of(node)));
            } else if (names.isNamed(node)) {
                definitions.put(node, print(node).text());
                fragments.put(node, name(names.of(node)));
            } else {
                fragments.put(node, print(node));
            }
        }
        return definitions;
    }

    /** The print of a node that was printed before. */
    public final Fragment fragment(Expression node) {
        Fragment fragment = fragments.get(node);
        return fragment == null && node instanceof Constant constant ? print(constant) : requireNonNull(fragment);
    }

    protected final boolean isOpen(Expression node) {
        return !names.isNamed(node);
    }

    /** The print of a node in terms of those of its operands. */
    protected abstract Fragment print(Expression node);

    protected abstract Fragment name(Label label);

    /** A number 0 or above. */
    protected abstract Fragment number(double number);

    protected abstract Text parenthesised(Text text);

    /** A product without its sign. */
    protected abstract Fragment magnitude(Quotient quotient);

    /** An array of the given entries, row-major. */
    protected abstract Text array(Shape shape, List<Text> entries);

    /** The expression that is an array of entries that were printed before, row-major. */
    public Text whole(Shape shape, List<Expression> entries) {
        return array(shape, entries.stream().map(entry -> fragment(entry).text()).toList());
    }

    /** An operand of an entrywise operation on arrays, which spreads scalars where another operand is an array. */
    protected Fragment entrywise(Expression operand) {
        return fragment(spread(operand));
    }

    protected final Text wrap(Fragment fragment, Precedence minimum) {
        return fragment.bindsAtLeast(minimum) ? fragment.text() : parenthesised(fragment.text());
    }

    protected final Text wrap(Expression node, Precedence minimum) {
        return wrap(fragment(node), minimum);
    }

    /** The scalar that is repeated all over an array, or the operand itself. */
    protected final Expression spread(Expression operand) {
        return isSpread(operand)
                ? operand instanceof Broadcast b ? b.operand() : Arithmetic.constant(((Constant) operand).value())
                : operand;
    }

    /** Whether the operand is a scalar all over an array and may be written as that scalar. */
    protected boolean isSpread(Expression operand) {
        return isOpen(operand) && !operand.isScalar()
                && (operand instanceof Constant || operand instanceof Broadcast b && b.operand().isScalar());
    }

    protected final Fragment constant(double value) {
        return value < 0 ? negative(number(-value)) : number(value);
    }

    /** A sum that begins with a term without a minus sign if there is one: 1 − x rather than −x + 1. */
    protected final Fragment sum(Sum sum) {
        List<Fragment> terms = sum.terms().stream().map(this::entrywise).toList();
        int first = IntStream.range(0, terms.size()).filter(i -> !terms.get(i).isNegative()).findFirst().orElse(0);
        var ordered = new ArrayList<>(terms);
        ordered.addFirst(ordered.remove(first));
        return Fragment.of(chain(ordered), Precedence.SUM);
    }

    private Text chain(List<Fragment> terms) {
        if (terms.size() > longestChain()) {
            int groups = Math.min(longestChain(), Math.ceilDiv(terms.size(), longestChain()));
            int size = Math.ceilDiv(terms.size(), groups);
            return chain(IntStream.iterate(0, from -> from < terms.size(), from -> from + size)
                    .mapToObj(from -> terms.subList(from, Math.min(from + size, terms.size())))
                    .map(group -> Fragment.of(chain(group), Precedence.SUM)).toList());
        }
        var parts = new ArrayList<Text>();
        for (Fragment term : terms) {
            Optional<Fragment> opposite = term.opposite();
            if (parts.isEmpty()) {
                parts.add(wrap(term, leadingTerm()));
            } else if (opposite.isPresent()) {
                parts.add(Text.of(" - "));
                parts.add(wrap(opposite.get(), Precedence.PRODUCT));
            } else {
                parts.add(Text.of(" + "));
                parts.add(wrap(term, followingTerm(term)));
            }
        }
        return Text.concatenation(parts);
    }

    /** How tightly the first term of a sum must bind. */
    protected Precedence leadingTerm() {
        return Precedence.NEGATION;
    }

    /** How tightly a term must bind behind a plus sign. */
    protected Precedence followingTerm(Fragment term) {
        return Precedence.NEGATION;
    }

    /** How deep operations may be nested without a name between them. */
    public int deepestNesting() {
        return Integer.MAX_VALUE;
    }

    /** A complete module around what was printed, where the language has such a form. */
    public Optional<Text> module(Print print) {
        return Optional.empty();
    }

    /** How many operations may stand side by side without parentheses. */
    protected int longestChain() {
        return Integer.MAX_VALUE;
    }

    protected final Fragment product(Product product) {
        return quotient(product.factors());
    }

    protected final Fragment quotient(List<Expression> factors) {
        Quotient quotient = Quotient.of(factors.stream().map(this::spread).toList(), this::mayDivideBy);
        Fragment magnitude = magnitude(quotient);
        return quotient.isNegative() ? negative(quotient, magnitude) : magnitude;
    }

    /** Whether a power is written as a division. */
    protected final boolean mayDivideBy(Expression power) {
        return power instanceof Power p && isOpen(p) && Quotient.isReciprocal(p);
    }

    protected Fragment negative(Quotient quotient, Fragment magnitude) {
        return negative(magnitude);
    }

    protected static Fragment negative(Text text, Fragment magnitude) {
        return new Fragment(Text.of("-").plus(text), Precedence.NEGATION, Optional.of(magnitude));
    }

    protected Fragment negative(Fragment magnitude) {
        return negative(wrap(magnitude, Precedence.PRODUCT), magnitude);
    }
}
