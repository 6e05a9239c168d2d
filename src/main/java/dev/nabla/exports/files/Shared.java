package dev.nabla.exports.files;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The subexpressions of a formula that get the names t1, t2, …: what repeats, and what would be nested too deep. */
public final class Shared {

    private Shared() {}

    /**
     * Their numbers from 1, in an order in which they can be evaluated.
     *
     * @param leaves what has a name already
     * @param deepest how deep formulas may be nested
     */
    public static Map<Expression, Integer> of(Collection<Expression> roots, Set<Expression> leaves, int deepest) {
        List<Expression> order = Graph.topologicalOrder(roots);
        Map<Expression, Integer> uses = Graph.useCounts(roots);
        var named = new LinkedHashMap<Expression, Integer>();
        var nesting = new HashMap<Expression, Integer>();
        for (Expression node : order) {
            boolean isLeaf = node instanceof Constant || node instanceof Symbol || leaves.contains(node)
                    || node instanceof Entry e && (e.operand() instanceof Symbol || named.containsKey(e.operand()));
            int depth = isLeaf ? 0 : 1 + node.operands().stream().mapToInt(operand -> nesting.getOrDefault(operand,
                    0)).max().orElse(0);
            if (!isLeaf && (uses.getOrDefault(node, 0) > 1 || depth > deepest)) {
                named.put(node, named.size() + 1);
                depth = 0;
            }
            nesting.put(node, depth);
        }
        return named;
    }
}
