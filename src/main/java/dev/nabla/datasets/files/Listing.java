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
        return String.join(separator, first) + (more > 0 ? separator + "and " + more + " more" : "");
    }
}
