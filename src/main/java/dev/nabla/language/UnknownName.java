package dev.nabla.language;

import dev.nabla.problems.Misspelling;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What to say about a name that is not in scope. */
final class UnknownName {

    private static final int SHOWN = 12;

    private UnknownName() {}

    /** Names the likeliest of those that are. What is still without a name, which is refused where it stands, is left out. */
    static String message(String name, Collection<String> inScope) {
        List<String> known = inScope.stream().filter(other -> !other.isBlank()).toList();
        String nearest = known.stream().sorted(Misspelling.nearest(name)).limit(SHOWN)
                .collect(Collectors.joining(", "));
        return "unknown name '" + name + "'" + Misspelling.hint(name, known) + "; known are " + nearest
                + (known.size() > SHOWN ? ", …" : "");
    }
}
