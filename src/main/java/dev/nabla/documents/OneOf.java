package dev.nabla.documents;

import dev.nabla.problems.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields of a document of which only one may be given. */
public final class OneOf {

    private final Map<String, Boolean> fields = new LinkedHashMap<>();
    private final Set<String> wrong;

    /** @param wrong the fields that were given but may be left out, as they are wrong */
    public OneOf(Set<String> wrong) {
        this.wrong = wrong;
    }

    public OneOf field(String name, @Nullable Object value) {
        fields.put(name, value != null || wrong.contains(name));
        return this;
    }

    /** What is wrong where not just one is given. */
    public Optional<Problem> one() {
        return given() == 1 ? Optional.empty() : problem("exactly");
    }

    /** What is wrong where more than one is given. */
    public Optional<Problem> atMostOne() {
        return given() <= 1 ? Optional.empty() : problem("at most");
    }

    private long given() {
        return fields.values().stream().filter(isGiven -> isGiven).count();
    }

    private Optional<Problem> problem(String quantity) {
        List<String> names = List.copyOf(fields.keySet());
        return Optional.of(Problem.of("", "must have " + quantity + " one of "
                + String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast()));
    }
}
