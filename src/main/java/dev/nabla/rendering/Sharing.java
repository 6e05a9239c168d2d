package dev.nabla.rendering;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Expression.Transpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which subexpressions get a name: those that are used more than once and are worth one. An entry, a transpose, the
 * negative of something and what is spread over an array are written again at every use; the name goes to what they are
 * made of.
 */
final class Sharing {

    private final Predicate<Expression> isLeaf;
    private final Set<Expression> quantities;
    private final Map<Expression, Long> uses = new HashMap<>();
    private final Set<Expression> trivial = new HashSet<>();
    private final Set<Expression> named = new HashSet<>();
    private final Map<Expression, Integer> nesting = new HashMap<>();

    /**
     * @param isLeaf what is written as a name already
     * @param quantities what gets a name however often it is used
     */
    Sharing(Predicate<Expression> isLeaf, Set<Expression> quantities) {
        this.isLeaf = isLeaf;
        this.quantities = quantities;
    }

    /**
     * The nodes to name, operands before their users.
     *
     * @param order all nodes, operands before their users
     * @param shareSubexpressions whether to name what repeats; if not, only what would be nested too deep
     * @param deepest how deep operations may be nested without a name between them
     */
    List<Expression> namedNodes(List<Expression> order, List<Expression> roots, boolean shareSubexpressions,
            int deepest) {
        if (shareSubexpressions) {
            countUses(order, roots);
        }
        var nodes = new ArrayList<Expression>();
        for (Expression node : order) {
            boolean isTrivial = isTrivial(node);
            boolean isShared = shareSubexpressions && !isLeaf(node)
                    && (quantities.contains(node)
                            || !isTrivial && !isSeenThrough(node) && uses.getOrDefault(node, 0L) > 1);
            if (isShared || nesting(node) > deepest) {
                named.add(node);
                nodes.add(node);
                nesting.put(node, 0);
            }
            if (isTrivial || named.contains(node)) {
                trivial.add(node);
            }
        }
        return nodes;
    }

    private void countUses(List<Expression> order, List<Expression> roots) {
        roots.forEach(root -> uses.merge(root, 1L, Long::sum));
        for (Expression node : order.reversed()) {
            long times = isSeenThrough(node) && !quantities.contains(node) ? uses.getOrDefault(node, 0L) : 1;
            if (!isLeaf.test(node)) {
                node.operands().forEach(operand -> uses.merge(operand, times, Sharing::add));
            }
        }
    }

    private static long add(long a, long b) {
        return Math.min(a + b, Integer.MAX_VALUE);
    }

    private int nesting(Expression node) {
        int deepest = -1;
        if (!isLeaf(node)) {
            for (Expression operand : node.operands()) {
                deepest = Math.max(deepest, requireNonNull(nesting.get(operand)));
            }
        }
        nesting.put(node, deepest + 1);
        return deepest + 1;
    }

    private boolean isLeaf(Expression node) {
        return node instanceof Constant || node instanceof Symbol || isLeaf.test(node)
                || node instanceof Power divisor && divisor.base() instanceof Constant && divisor.exponent().isConstant(-1);
    }

    private boolean isTrivial(Expression node) {
        return isLeaf(node) || isSeenThrough(node) && trivial.containsAll(node.operands())
                || node instanceof Product p && p.factors().size() == 2 && p.factors().getFirst() instanceof Constant
                && trivial.contains(p.factors().getLast());
    }

    private static boolean isSeenThrough(Expression node) {
        return switch (node) {
            case Entry _, Transpose _, Broadcast _ -> true;
            case Product p -> p.factors().size() == 2 && p.factors().getFirst().isConstant(-1);
            case Constant _, Symbol _, Expression.Apply _, Expression.Sum _, Expression.Power _,
                    Expression.MatrixProduct _, Expression.OuterProduct _, Expression.Solve _,
                    Expression.EntrySum _, Expression.Norm _, Expression.ApplyBinary _, Expression.Select _, Expression.SampleSum _,
                    Expression.Stack _ -> false;
        };
    }
}
