package dev.nabla.exports.routine;

import dev.nabla.exports.routine.Statement.For;
import dev.nabla.expression.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Loops over the entries of arrays. */
final class Loops {

    private Loops() {}

    /** What is done for one entry. */
    interface ForEntry {

        Statement of(List<Index> index, List<Statement> inner);
    }

    /** A nest of loops over all entries of a shape. */
    static void over(Shape shape, int depth, List<Statement> out, ForEntry entry) {
        over(shape, 0, depth, List.of(), out, entry);
    }

    private static void over(Shape shape, int axis, int depth, List<Index> index, List<Statement> out, ForEntry entry) {
        if (axis == shape.rank()) {
            out.add(entry.of(index, out));
            return;
        }
        int count = shape.dimension(axis);
        var inner = new ArrayList<Statement>();
        // The depth is kept for an axis of one entry too, so that it follows from the rank.
        Index here = count == 1 ? Index.of(0) : Index.variable(depth + axis);
        over(shape, axis + 1, depth, Stream.concat(index.stream(), Stream.of(here)).toList(), inner, entry);
        if (count == 1) {
            out.addAll(inner);
        } else {
            out.add(new For(depth + axis, Index.of(0), count, inner));
        }
    }

    /** A loop with the variable of its depth, from a position to one that is not reached. */
    static void loop(int depth, Index from, int until, List<Statement> out,
            Function<Index, List<Statement>> inner) {
        out.add(new For(depth, from, until, inner.apply(Index.variable(depth))));
    }

    /** Where an entry is in row-major order. */
    static Index flat(Shape shape, List<Index> index) {
        Index flat = Index.of(0);
        for (int axis = 0; axis < shape.rank(); axis++) {
            flat = flat.times(shape.dimension(axis)).plus(index.get(axis));
        }
        return flat;
    }
}
