package dev.nabla.training;

import dev.nabla.training.InvalidSamplesException.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Collects what is wrong with a dataset, and of very much only the beginning. */
final class Problems {

    private static final int MOST = 20;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private final List<Problem> listed = new ArrayList<>();
    private int more;

    void add(String pointer, String detail) {
        add(new Problem(pointer, detail, OptionalInt.empty()));
    }

    void add(Problem problem) {
        if (listed.size() < MOST) {
            listed.add(problem);
        } else {
            more++;
        }
    }

    /** Adds what is wrong with the name of a column. */
    void requireName(String pointer, String name, HashSet<String> others) {
        if (!IDENTIFIER.matcher(name).matches()) {
            add(pointer, "must be a letter followed by at most 63 letters, digits or underscores");
        } else if (!others.add(name)) {
            add(pointer, "must not be '" + name + "', as another column is");
        }
    }

    void throwIfAny() {
        if (more > 0) {
            listed.add(new Problem("", "and " + more + " more", OptionalInt.empty()));
        }
        if (!listed.isEmpty()) {
            throw new InvalidSamplesException(listed);
        }
    }
}
