package dev.nabla.language;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import java.util.List;

/** Derivatives as equations ask for them: by what may be varied, and of no more than can be afforded. */
final class Differentiation {

    /** The most nodes that may be differentiated. */
    private static final int MAX_NODES = 100_000;

    /** The same, with each counted once per row or column of the result. */
    private static final int MAX_NODES_OF_ROWS = 2_000_000;

    private Differentiation() {}

    /**
     * @param isNamed whether the variable is a quantity that a scope names for this
     * @param position where the variable stands
     */
    static Expression of(Expression e, Expression variable, boolean isNamed, int position) {
        if (!isNamed && !isVariable(variable)) {
            throw new EquationException(position,
                    "expected a variable: an input, a parameter, an entry of one, or a vector of them");
        }
        requireAffordable(e, variable, position);
        return Derivative.of(e, variable);
    }

    private static boolean isVariable(Expression x) {
        return switch (x) {
            case Symbol _ -> true;
            case Entry e -> e.isScalar() && e.operand() instanceof Symbol;
            case Stack s -> s.parts().stream().allMatch(part -> part.isScalar() && isVariable(part));
            default -> false;
        };
    }

    private static void requireAffordable(Expression e, Expression variable, int position) {
        long entries = (long) e.shape().size() * variable.shape().size();
        if (entries > Call.MAX_ENTRIES) {
            throw new EquationException(position, "the derivative would have " + entries + " entries, more than "
                    + Call.MAX_ENTRIES);
        }
        int nodes = Graph.nodeCount(List.of(e));
        if (nodes > MAX_NODES) {
            throw new EquationException(position, "what is to be differentiated has " + nodes
                    + " nodes, more than " + MAX_NODES);
        }
        long nodesOfRows = (long) nodes * Math.min(e.shape().size(), variable.shape().size());
        if (nodesOfRows > MAX_NODES_OF_ROWS) {
            throw new EquationException(position, "the derivative would have about " + nodesOfRows
                    + " nodes, more than " + MAX_NODES_OF_ROWS);
        }
    }
}
