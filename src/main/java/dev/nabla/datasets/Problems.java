package dev.nabla.datasets;

import dev.nabla.language.Identifier;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what is wrong with a dataset, and of very much only the beginning. */
public final class Problems {

    private static final int MOST = 20;

    private final List<Problem> listed = new ArrayList<>();
    private int more;

    public void add(String pointer, String detail) {
        add(Problem.of(pointer, detail));
    }

    public void add(Problem problem) {
        if (listed.size() < MOST) {
            listed.add(problem);
        } else {
            more++;
        }
    }

    /** Adds what is wrong with the names of columns, each with its number behind {@code pointer}. */
    void requireNames(String pointer, List<String> names, Set<String> others) {
        for (int i = 0; i < names.size(); i++) {
            requireName(pointer + "/" + i, names.get(i), others);
        }
    }

    /** Adds what is wrong with the name of a column. */
    void requireName(String pointer, String name, Set<String> others) {
        violation(name, others).ifPresent(wrong -> add(pointer, wrong));
    }

    /** Adds what is wrong with the name of a column that is the name of a field. */
    void requireNameOfField(String pointer, String name, Set<String> others) {
        violation(name, others).ifPresent(wrong -> add(Problem.ofName(pointer, wrong)));
    }

    private static Optional<String> violation(String name, Set<String> others) {
        return Identifier.violation(name).or(() -> others.add(name) ? Optional.empty()
                : Optional.of("must not be '" + name + "', as another column is"));
    }

    /** @throws InvalidException with all problems, if there are any */
    public void throwIfAny() {
        if (more > 0) {
            listed.add(Problem.of("", "and " + more + " more"));
        }
        if (!listed.isEmpty()) {
            throw new InvalidException(listed);
        }
    }
}
