package dev.nabla.expression;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Whole-graph passes. All walk an explicit stack, so that depth is bounded by memory only. */
public final class Graph {

    private Graph() {}

    /** Every node reachable from the roots once, operands before their users. */
    public static List<Expression> topologicalOrder(Collection<Expression> roots) {
        var order = new ArrayList<Expression>();
        var seen = new HashSet<Expression>();
        var path = new ArrayDeque<Step>();
        for (Expression root : roots) {
            if (seen.add(root)) {
                path.push(new Step(root));
            }
            while (!path.isEmpty()) {
                Step step = path.peek();
                if (step.next == step.node.operands().size()) {
                    Work.spend(Work.NODE_VISITED * (1.0 + step.next));
                    order.add(path.pop().node);
                } else {
                    Expression operand = step.node.operands().get(step.next++);
                    if (seen.add(operand)) {
                        path.push(new Step(operand));
                    }
                }
            }
        }
        return order;
    }

    private static final class Step {
        private final Expression node;
        private int next;

        private Step(Expression node) {
            this.node = node;
        }
    }

    /**
     * Computes a value for every node from the values of its operands, and returns those of all nodes.
     *
     * @param combine the node and the values of its operands in order ↦ its value
     */
    static <T> Map<Expression, T> fold(Collection<Expression> roots,
            BiFunction<Expression, List<T>, T> combine) {
        var values = new LinkedHashMap<Expression, T>();
        for (Expression node : topologicalOrder(roots)) {
            values.put(node, combine.apply(node, node.operands().stream().map(values::get).toList()));
        }
        return values;
    }

    /** The number of distinct nodes. */
    public static int nodeCount(Collection<Expression> roots) {
        return topologicalOrder(roots).size();
    }

    /** The nodes from which one of {@code targets} is reachable, in topological order: what a substitution makes anew. */
    public static List<Expression> above(Expression root, Collection<? extends Expression> targets) {
        List<Expression> order = topologicalOrder(List.of(root));
        Set<Expression> dependents = dependents(order, targets);
        return order.stream().filter(dependents::contains).toList();
    }

    /** The number of nodes if nothing were shared: the size of the trees as they would be printed. */
    public static BigInteger treeNodeCount(Collection<Expression> roots) {
        Map<Expression, BigInteger> counts = fold(roots, (node, operands) -> operands.stream()
                .reduce(BigInteger.ONE, BigInteger::add));
        return roots.stream().map(counts::get).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** How many operands and roots refer to each node. */
    public static Map<Expression, Integer> useCounts(Collection<Expression> roots) {
        var uses = new HashMap<Expression, Integer>();
        for (Expression node : topologicalOrder(roots)) {
            node.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum));
        }
        roots.forEach(root -> uses.merge(root, 1, Integer::sum));
        return uses;
    }

    /** The nodes from which one of {@code targets} is reachable, the targets included. */
    static Set<Expression> dependents(List<Expression> topologicalOrder, Collection<? extends Expression> targets) {
        var dependents = new HashSet<Expression>(targets);
        for (Expression node : topologicalOrder) {
            if (node.operands().stream().anyMatch(dependents::contains)) {
                dependents.add(node);
            }
        }
        return dependents;
    }

    /** Puts other expressions of the same shapes in the place of some nodes and simplifies anew what is above them. */
    public static Expression substitute(Expression root, Map<Expression, Expression> replacements) {
        return substitute(root, above(root, replacements.keySet()), replacements);
    }

    /**
     * The same where it is known what is made anew, so that no other node is visited.
     *
     * @param above the nodes {@link #above} what is replaced
     */
    public static Expression substitute(Expression root, List<Expression> above, Map<Expression, Expression> replacements) {
        Map<Expression, Expression> values = new HashMap<>();
        for (Expression node : above) {
            Work.spend(Work.NODE_VISITED * (1.0 + node.operands().size()));
            List<Expression> operands = node.operands().stream()
                    .map(operand -> values.getOrDefault(operand, operand)).toList();
            Expression replaced = replacements.getOrDefault(node, node);
            values.put(node, replaced != node || operands.equals(node.operands()) ? replaced : withOperands(node, operands));
        }
        Expression substituted = values.getOrDefault(root, root);
        return substituted == root ? root : Arithmetic.onItsOwn(substituted);
    }

    /**
     * Puts numbers in the place of some symbols.
     *
     * @param values those of each symbol, row-major
     */
    public static Expression withValues(Expression root, Map<Expression.Symbol, double[]> values) {
        Map<Expression, Expression> arrays = new HashMap<>();
        values.forEach((symbol, entries) -> arrays.put(symbol,
                LinearAlgebra.array(symbol.shape(), Arrays.stream(entries).mapToObj(Arithmetic::constant).toList())));
        return substitute(root, arrays);
    }

    /** The node of the same kind over other operands, simplified. */
    private static Expression withOperands(Expression node, List<Expression> given) {
        List<Expression> operands = node instanceof Expression.Product ? given
                : given.stream().map(Arithmetic::onItsOwn).toList();
        return switch (node) {
            case Expression.Constant c -> c;
            case Expression.Symbol s -> s;
            case Expression.Apply a -> Arithmetic.apply(a.function(), operands.getFirst());
            case Expression.Sum _ -> Arithmetic.sum(operands);
            case Expression.Product _ -> Arithmetic.product(operands);
            case Expression.Power p when p.exponent().isConstant(-1) -> Arithmetic.reciprocal(operands.getFirst());
            case Expression.Power _ -> Arithmetic.power(operands.get(0), operands.get(1));
            case Expression.ApplyBinary a -> Arithmetic.apply(a.function(), operands.get(0), operands.get(1));
            case Expression.Select _ -> Arithmetic.select(operands.get(0), operands.get(1), operands.get(2));
            case Expression.MatrixProduct _ -> LinearAlgebra.matrixProduct(operands.get(0), operands.get(1));
            case Expression.Transpose _ -> LinearAlgebra.transpose(operands.getFirst());
            case Expression.OuterProduct _ -> LinearAlgebra.outerProduct(operands.get(0), operands.get(1));
            case Expression.Solve _ -> LinearAlgebra.solve(operands.get(0), operands.get(1));
            case Expression.EntrySum _ -> LinearAlgebra.entrySum(operands.getFirst());
            case Expression.Norm _ -> LinearAlgebra.norm(operands.getFirst());
            case Expression.SampleSum _ -> LinearAlgebra.sampleSum(operands.getFirst());
            case Expression.Broadcast b -> LinearAlgebra.broadcast(operands.getFirst(), b.shape());
            case Expression.Entry e -> LinearAlgebra.entry(operands.getFirst(), e.index());
            case Expression.Stack _ -> LinearAlgebra.stack(operands);
        };
    }
}
