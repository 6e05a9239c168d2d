package dev.nabla.documents;

import dev.nabla.problems.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** Where in a document reading is, and what was found wrong on the way: of very much the beginning, and how much more. */
final class Trail {

    private static final int MOST_PROBLEMS = 50;
    private static final int MOST_COUNTED = 1000;

    private final Deque<Object> path = new ArrayDeque<>();
    private final List<Problem> problems = new ArrayList<>();
    private int moreProblems;

    void enter(Object token) {
        path.addLast(token);
    }

    void leave() {
        path.removeLast();
    }

    String pointer() {
        return path.stream().map(token -> "/" + Problem.token(token.toString())).collect(Collectors.joining());
    }

    /** Notes what is wrong here. */
    void add(String detail) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(Problem.of(pointer(), detail));
        } else {
            moreProblems++;
        }
    }

    /** Notes what is wrong with a part of what is here. */
    void add(String part, String detail) {
        enter(part);
        add(detail);
        leave();
    }

    void add(Problem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        } else {
            moreProblems++;
        }
    }

    /** Whether all problems so far are kept, so that it is known of every part whether it is wrong. */
    boolean isComplete() {
        return moreProblems == 0;
    }

    /** Whether there are so many that nothing more is looked at. */
    boolean isFull() {
        return moreProblems >= MOST_COUNTED;
    }

    /** How many problems there are so far. */
    int size() {
        return problems.size() + moreProblems;
    }

    /** The problems so far. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The problems, and as the last of them how many more there are. */
    List<Problem> all() {
        var all = new ArrayList<Problem>(problems);
        if (moreProblems > 0) {
            all.add(Problem.of("", isFull() ? "and " + MOST_COUNTED + " more, or still more" : "and " + moreProblems + " more"));
        }
        return all;
    }
}
