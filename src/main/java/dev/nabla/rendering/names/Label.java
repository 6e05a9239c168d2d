package dev.nabla.rendering.names;

import java.util.List;

/**
 * The name that a node goes by in one print.
 *
 * @param isParameter whether it is written as a parameter's path, {@code L1.W}
 * @param entry the index (0-based) where it is a scalar that is named as an entry of the named quantity; else empty
 * @param marks how many marks set it apart from the same name of other nodes
 */
public record Label(Name name, boolean isParameter, List<Integer> entry, int marks) {

    public static Label of(Name name) {
        return new Label(name, false, List.of(), 0);
    }

    static Label parameter(Name name) {
        return new Label(name, true, List.of(), 0);
    }

    public static Label entryOf(Name name, List<Integer> entry) {
        return new Label(name, false, entry, 0);
    }

    Label marked() {
        return new Label(name, isParameter, entry, marks + 1);
    }
}
