package dev.nabla.rendering.printing;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.names.Notation;
import java.util.List;

/**
 * A printed expression of which nothing is written yet.
 *
 * @param shape that of the expression
 * @param roots what was printed: the expression, or its scalar entries
 * @param assignments the named subexpressions, each after those it refers to
 * @param whole the whole array
 */
public record Print(Notation notation, Shape shape, List<Expression> roots, List<Assignment> assignments, Text whole) {

    public Print {
        roots = List.copyOf(roots);
        assignments = List.copyOf(assignments);
    }

    /** A name, as it is spelled, for what is printed behind it. */
    public record Assignment(String name, Text value) {}
}
