package dev.nabla.language;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the names in an equation stand for. A name may be a path such as {@code L1.W}. A name that could stand for several
 * things stands for none, and the refusal says how to write each of them.
 */
public final class Scope {

    private final Map<String, Supplier<Expression>> names;
    private final Map<String, Set<Expression>> ambiguous;
    private final Map<String, PointFunction> functions;
    private final Map<String, Supplier<Expression>> variables;
    private final Optional<Symbol> inputs;

    private Scope(Map<String, Supplier<Expression>> names, Map<String, Set<Expression>> ambiguous,
            Map<String, PointFunction> functions, Map<String, Supplier<Expression>> variables, Optional<Symbol> inputs) {
        this.names = names;
        this.ambiguous = ambiguous;
        this.functions = functions;
        this.variables = variables;
        this.inputs = inputs;
    }

    public static Scope of(Map<String, Expression> names) {
        Map<String, Supplier<Expression>> given = new LinkedHashMap<>();
        names.forEach((name, meaning) -> given.put(name, () -> meaning));
        return new Scope(given, Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    /** The same with names whose meaning is made when it is asked for. */
    public Scope withNames(Map<String, Supplier<Expression>> further) {
        Map<String, Supplier<Expression>> all = new LinkedHashMap<>(names);
        further.forEach(all::putIfAbsent);
        return new Scope(all, ambiguous, functions, variables, inputs);
    }

    /** The same where these may be called. */
    public Scope withFunctions(Map<String, PointFunction> further) {
        return new Scope(names, ambiguous, new LinkedHashMap<>(further), variables, inputs);
    }

    /**
     * The same where derivatives may be taken by these too: a node of a network, or a vector of entries of symbols. The names
     * are no values by that.
     */
    public Scope withVariables(Map<String, Supplier<Expression>> further) {
        return new Scope(names, ambiguous, functions, new LinkedHashMap<>(further), inputs);
    }

    /** The same where the value at another point is the value for other values of this vector. */
    public Scope at(Symbol vector) {
        return new Scope(names, ambiguous, functions, variables, Optional.of(vector));
    }

    /** The entries of a vector by their names, with {@code prefix} before each. */
    public static Map<String, Expression> entries(String prefix, List<String> names, Expression vector) {
        Map<String, Expression> entries = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            entries.put(prefix + names.get(i), LinearAlgebra.entry(vector, i));
        }
        return entries;
    }

    /** The names of both. Those that mean one thing here and another there are ambiguous. */
    public Scope and(Scope other) {
        Map<String, Supplier<Expression>> both = new LinkedHashMap<>(names);
        Map<String, Set<Expression>> unclear = new HashMap<>(ambiguous);
        other.ambiguous.forEach((name, meanings) -> add(unclear, name, meanings.stream()));
        other.names.forEach((name, meaning) -> {
            Supplier<Expression> here = both.putIfAbsent(name, meaning);
            if (here != null && !here.get().equals(meaning.get())) {
                add(unclear, name, Stream.of(here.get(), meaning.get()));
            }
        });
        addHeads(unclear, names, other.names);
        addHeads(unclear, other.names, names);
        return new Scope(both, unclear, joined(functions, other.functions), joined(variables, other.variables),
                inputs.or(() -> other.inputs));
    }

    private static <T> Map<String, T> joined(Map<String, T> these, Map<String, T> others) {
        Map<String, T> all = new LinkedHashMap<>(these);
        others.forEach(all::putIfAbsent);
        return all;
    }

    private static void add(Map<String, Set<Expression>> unclear, String name, Stream<Expression> meanings) {
        meanings.forEach(unclear.computeIfAbsent(name, _ -> new LinkedHashSet<>())::add);
    }

    /** A name such as {@code L1} is unclear where the others have paths such as {@code L1.W}. */
    private static void addHeads(Map<String, Set<Expression>> unclear, Map<String, Supplier<Expression>> names,
            Map<String, Supplier<Expression>> others) {
        Set<String> heads = heads(others);
        heads.removeAll(heads(names));
        heads.retainAll(names.keySet());
        heads.forEach(head -> add(unclear, head, Stream.of(requireNonNull(names.get(head)).get())));
    }

    private static Set<String> heads(Map<String, ?> names) {
        return names.keySet().stream().filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.'))).collect(Collectors.toSet());
    }

    public Optional<Expression> resolve(String name) {
        return ambiguous.containsKey(name) ? Optional.empty() : Optional.ofNullable(names.get(name)).map(Supplier::get);
    }

    /** Whether the name stands for something or could stand for several things. */
    boolean isKnown(String name) {
        return names.containsKey(name) || functions.containsKey(name);
    }

    /** What may be called by this name. */
    Optional<PointFunction> function(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    /** All that may be called. */
    Collection<String> functions() {
        return functions.keySet();
    }

    /** What derivatives may be taken by under this name, beside symbols, their entries and vectors of them. */
    Optional<Expression> variable(String name) {
        return Optional.ofNullable(variables.get(name)).map(Supplier::get);
    }

    /** The inputs, for other values of which expressions have values at other points. */
    Optional<Symbol> inputs() {
        return inputs;
    }

    boolean isAmbiguous(String name) {
        return ambiguous.containsKey(name);
    }

    /** All names that stand for one thing. */
    Collection<String> names() {
        return names.keySet().stream().filter(name -> !ambiguous.containsKey(name)).toList();
    }

    /** What to say about a name that stands for nothing. */
    String refusal(String name) {
        Set<Expression> meanings = ambiguous.get(name);
        if (meanings == null) {
            return functions.containsKey(name) ? "'" + name + "' is a function here: call it with a point"
                    : variables.containsKey(name) ? "'" + name + "' has no value in equations, it may only be "
                            + "differentiated by, as in D(e, " + name + ")"
                    : UnknownName.message(name, names());
        }
        List<String> spellings = names.entrySet().stream()
                .filter(n -> n.getKey().endsWith("." + name) && meanings.contains(n.getValue().get())
                        || n.getKey().startsWith(name + ".")).map(Map.Entry::getKey).toList();
        return "'" + name + "' could mean several things here: write " + String.join(" or ", spellings)
                + (spellings.size() < 2 ? ", or rename what is called so" : "");
    }
}
