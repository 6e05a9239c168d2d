package dev.nabla.exports.routine;

import java.util.ArrayList;
import java.util.List;

/** A position in a flat array: a constant and whole multiples of the variables of loops. */
public record Index(int constant, List<Step> steps) {

    /** A multiple of the variable of the loop at a depth, counted from 0 outside. */
    public record Step(int depth, int stride) {}

    public Index {
        steps = List.copyOf(steps);
    }

    public static Index of(int constant) {
        return new Index(constant, List.of());
    }

    /** The variable of the loop at a depth. */
    static Index variable(int depth) {
        return new Index(0, List.of(new Step(depth, 1)));
    }

    public Index plus(int more) {
        return new Index(constant + more, steps);
    }

    Index plus(Index other) {
        var all = new ArrayList<>(steps);
        all.addAll(other.steps);
        return new Index(constant + other.constant, all);
    }

    Index times(int factor) {
        return new Index(constant * factor,
                steps.stream().map(step -> new Step(step.depth(), step.stride() * factor)).toList());
    }
}
