package dev.nabla.exports.routine;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.ApplyBinary;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.EntrySum;
import dev.nabla.expression.Expression.MatrixProduct;
import dev.nabla.expression.Expression.Norm;
import dev.nabla.expression.Expression.OuterProduct;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.SampleSum;
import dev.nabla.expression.Expression.Select;
import dev.nabla.expression.Expression.Solve;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Expression.Transpose;
import dev.nabla.expression.Graph;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which nodes are computed once and kept, all others being written where they are read. */
final class KeptNodes {

    /** Operations in one line; also what bounds how deep parentheses are nested. */
    private static final int MOST_OPERATIONS = 24;

    private KeptNodes() {}

    /** @param order all nodes, operands before their users */
    static Set<Expression> of(List<Expression> order, List<Expression> roots) {
        Map<Expression, Integer> uses = Graph.useCounts(roots);
        var kept = new HashSet<Expression>();
        var users = new HashMap<Expression, Expression>();
        order.forEach(node -> node.operands().forEach(operand -> users.put(operand, node)));
        var operations = new HashMap<Expression, Integer>();
        for (Expression node : order) {
            int own = 1;
            for (Expression operand : node.operands()) {
                own += kept.contains(operand) ? 0 : requireNonNull(operations.get(operand));
            }
            boolean isKept = switch (node) {
                case Constant _, Symbol _, Transpose _, Entry _, Broadcast _ -> false;
                case MatrixProduct _, EntrySum _, Norm _, Solve _, Stack _ -> true;
                case SampleSum _ -> throw new NotOfOneSampleException("a part of it");
                case Apply _, Sum _, Product _, Power _, ApplyBinary _, Select _, OuterProduct _ ->
                    own > MOST_OPERATIONS || node.operands().size() > Lowering.MOST_OPERANDS
                            || requireNonNull(uses.get(node)) > 1
                            || users.get(node) instanceof Expression user && !takesIn(user, node);
            };
            if (isKept && !isPartOfOneStack(node, users.get(node), uses)) {
                kept.add(node);
            }
            operations.put(node, own);
        }
        roots.stream().filter(root -> root.isPerSample() && !isOnlyRead(root)).forEach(kept::add);
        return kept;
    }

    private static boolean isOnlyRead(Expression node) {
        return switch (node) {
            case Constant _, Symbol _, Transpose _, Entry _, Broadcast _ -> true;
            case MatrixProduct _, EntrySum _, Norm _, Solve _, Stack _, SampleSum _, Apply _, Sum _, Product _, Power _,
                    ApplyBinary _, Select _, OuterProduct _ -> false;
        };
    }

    /** Whether the user reads each entry of the node once. */
    private static boolean takesIn(Expression user, Expression node) {
        return switch (user) {
            case Apply _, Sum _, Product _, Power _, ApplyBinary _, Select _, EntrySum _ -> true;
            case Stack _ -> true;
            case OuterProduct _, MatrixProduct _, Norm _, Solve _, Transpose _, Entry _, Broadcast _ -> false;
            case Constant _, Symbol _, SampleSum _ -> throw new IllegalStateException(user + " uses " + node);
        };
    }

    private static boolean isPartOfOneStack(Expression node, @Nullable Expression user, Map<Expression, Integer> uses) {
        return node instanceof Stack && user instanceof Stack && requireNonNull(uses.get(node)) == 1;
    }
}
