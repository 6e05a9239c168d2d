package dev.nabla.language;

import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the names in an equation stand for. A name may be a path such as {@code L1.W}. A name that could stand for several
 * things stands for none, and the refusal says how to write each of them.
 */
public final class Scope {

    private final Map<String, Expression> names;
    private final Map<String, Set<Expression>> ambiguous;

    private Scope(Map<String, Expression> names, Map<String, Set<Expression>> ambiguous) {
        this.names = names;
        this.ambiguous = ambiguous;
    }

    public static Scope of(Map<String, Expression> names) {
        return new Scope(new LinkedHashMap<>(names), Map.of());
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
        Map<String, Expression> both = new LinkedHashMap<>(names);
        Map<String, Set<Expression>> unclear = new HashMap<>(ambiguous);
        other.ambiguous.forEach((name, meanings) -> add(unclear, name, meanings.stream()));
        other.names.forEach((name, meaning) -> {
            Expression here = both.putIfAbsent(name, meaning);
            if (here != null && !here.equals(meaning)) {
                add(unclear, name, Stream.of(here, meaning));
            }
        });
        addHeads(unclear, names, other.names);
        addHeads(unclear, other.names, names);
        return new Scope(both, unclear);
    }

    private static void add(Map<String, Set<Expression>> unclear, String name, Stream<Expression> meanings) {
        meanings.forEach(unclear.computeIfAbsent(name, _ -> new LinkedHashSet<>())::add);
    }

    /** A name such as {@code L1} is unclear where the others have paths such as {@code L1.W}. */
    private static void addHeads(Map<String, Set<Expression>> unclear, Map<String, Expression> names,
            Map<String, Expression> others) {
        Set<String> heads = heads(others);
        heads.removeAll(heads(names));
        heads.retainAll(names.keySet());
        heads.forEach(head -> add(unclear, head, Stream.of(names.get(head))));
    }

    private static Set<String> heads(Map<String, Expression> names) {
        return names.keySet().stream().filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.'))).collect(Collectors.toSet());
    }

    public Optional<Expression> resolve(String name) {
        return ambiguous.containsKey(name) ? Optional.empty() : Optional.ofNullable(names.get(name));
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
            return UnknownName.message(name, names());
        }
        List<String> spellings = names.entrySet().stream()
                .filter(n -> n.getKey().endsWith("." + name) && meanings.contains(n.getValue())
                        || n.getKey().startsWith(name + ".")).map(Map.Entry::getKey).toList();
        return "'" + name + "' could mean several things here: write " + String.join(" or ", spellings)
                + (spellings.size() < 2 ? ", or rename what is called so" : "");
    }
}
