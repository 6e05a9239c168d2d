package dev.nabla.exports.routine;

import dev.nabla.expression.Expression;
import java.util.List;

/** What gives single entries of nodes. */
interface Elements {

    /**
     * One entry of a node; what is too long for a line is computed in the lines before.
     *
     * @param depth of the loops around it
     * @param out the lines before
     */
    Scalar of(Expression node, List<Index> index, int depth, List<Statement> out);
}
