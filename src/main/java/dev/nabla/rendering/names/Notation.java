package dev.nabla.rendering.names;

import dev.nabla.expression.Expression;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How the quantities of an expression are called. Symbols that are not mentioned are called by their own name; one
 * named {@code L2.W} is the W of layer 2.
 *
 * @param aliases symbols and entries of symbols with a name of their own, such as the first entry of the inputs: x
 * @param quantities intermediate arrays with a customary name (z, a, δ of a layer), used where subexpressions are
 *     shared
 * @param reserved further names, such as those of outputs, that no subexpression may be given
 */
public record Notation(Map<Expression, Name> aliases, Map<Expression, Name> quantities, Set<String> reserved) {

    public Notation {
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
        quantities = Collections.unmodifiableMap(new LinkedHashMap<>(quantities));
        reserved = Set.copyOf(reserved);
    }

    public Notation(Map<Expression, Name> aliases, Map<Expression, Name> quantities) {
        this(aliases, quantities, Set.of());
    }

    /** Symbols by their own names. */
    public static Notation none() {
        return new Notation(Map.of(), Map.of());
    }
}
