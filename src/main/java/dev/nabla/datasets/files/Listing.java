package dev.nabla.datasets.files;

import java.util.ArrayList;
import java.util.List;

/** The first of what may be very many. */
final class Listing {

    private static final int MOST = 20;

    private final List<String> first = new ArrayList<>();
    private long more;

    void add(String item) {
        if (first.size() < MOST) {
            first.add(item);
        } else {
            more++;
        }
    }

    /** Whether nothing more of it is shown. */
    boolean isFull() {
        return first.size() == MOST;
    }

    boolean isEmpty() {
        return first.isEmpty();
    }

    String joined(String separator) {
        return joined(separator, MOST);
    }

    /** With so many of them as examples, and how many more there were. */
    String joined(String separator, int examples) {
        long others = more + Math.max(0, first.size() - examples);
        return String.join(separator, first.subList(0, Math.min(examples, first.size())))
                + (others > 0 ? separator + "and " + others + " more" : "");
    }
}
