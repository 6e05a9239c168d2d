package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.select;
import static dev.nabla.expression.Calculus.times;
import static dev.nabla.expression.LinearAlgebra.broadcast;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.entrySum;
import static dev.nabla.expression.LinearAlgebra.matrixProduct;
import static dev.nabla.expression.LinearAlgebra.outerProduct;
import static dev.nabla.expression.LinearAlgebra.solve;
import static dev.nabla.expression.LinearAlgebra.stack;
import static dev.nabla.expression.LinearAlgebra.transpose;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Reverse-mode differentiation of one scalar with respect to many arrays: every node's adjoint, the derivative of the
 * scalar with respect to it, is collected from its users and passed on to its operands (Griewank and Walther,
 * Evaluating Derivatives, 2008, chapter 3).
 *
 * <p>A quantity of the whole batch depends on a shared operand through every sample, so what a per-sample node passes
 * to a shared one is summed over the samples; the derivative of a per-sample scalar is that of its own sample.
 */
final class ReverseMode {

    private final Expression root;
    private final Set<Expression> targets;
    private final Set<Expression> dependents;
    private final Activity activity;
    private final Map<Expression, List<Contribution>> contributions = new HashMap<>();

    /**
     * A part of the adjoint of the entry or subarray at {@code index}; of the whole array where that is empty.
     *
     * @param condition where it counts; everywhere if empty
     */
    private record Contribution(List<Integer> index, Expression value, Optional<Expression> condition) {

        private Contribution within() {
            return new Contribution(index.subList(1, index.size()), value, condition);
        }

        private Contribution whereItCounts() {
            return new Contribution(index, condition.map(c -> broadcast(c, value.shape()))
                    .orElseGet(() -> constant(1, value.shape())), Optional.empty());
        }
    }

    private ReverseMode(Expression root, Set<Expression> targets, Set<Expression> dependents, Activity activity) {
        this.root = root;
        this.targets = targets;
        this.dependents = dependents;
        this.activity = activity;
    }

    /**
     * The derivatives of a scalar with respect to each target, of the shape of that target.
     *
     * @param targets symbols or any other nodes; these are then varied on their own, as if they were symbols
     */
    static List<Expression> gradient(Expression scalar, List<Expression> targets) {
        List<Expression> order = Graph.topologicalOrder(List.of(scalar));
        return new ReverseMode(scalar, Set.copyOf(targets), Graph.dependents(order, targets), new Activity(order))
                .adjoints(order, targets);
    }

    private List<Expression> adjoints(List<Expression> order, List<Expression> targets) {
        contribute(root, new Contribution(List.of(), constant(1), Optional.empty()));
        var adjoints = new HashMap<Expression, Expression>();
        for (Expression node : order.reversed()) {
            if (dependents.contains(node)) {
                List<Contribution> ofNode = contributions.getOrDefault(node, List.of());
                contributions.remove(node);
                Expression adjoint = gather(node.shape(), ofNode, Arithmetic::sum);
                if (activity.isNeeded() && ofNode.stream().anyMatch(c -> c.condition().isPresent() || !c.index().isEmpty())) {
                    activity.set(node, gather(node.shape(), ofNode.stream().map(Contribution::whereItCounts).toList(),
                            conditions -> conditions.stream().reduce(Activity::or).orElseThrow()));
                }
                adjoints.put(node, adjoint);
                if (!adjoint.isConstant(0)) {
                    pullbacks(node, adjoint).forEach(pullback -> pass(node, pullback));
                }
            }
        }
        return targets.stream().map(target -> adjoints.getOrDefault(target, constant(0, target.shape()))).toList();
    }

    /** What comes to the adjoint of an operand, or of the part of it at {@code index}, from one of its users. */
    private record Pullback(Expression operand, List<Integer> index, Supplier<Expression> adjoint) {

        private Pullback(Expression operand, Supplier<Expression> adjoint) {
            this(operand, List.of(), adjoint);
        }
    }

    /** What comes to the operands of {@code y} through {@code y}, whose adjoint is {@code g}. */
    private List<Pullback> pullbacks(Expression y, Expression g) {
        return switch (y) {
            case Constant _, Symbol _ -> List.of();
            case Apply a -> List.of(new Pullback(a.operand(), () -> times(g, a.function().derivative(a.operand()))));
            case Sum s -> s.terms().stream().map(term -> new Pullback(term, () -> g)).toList();
            case Product p -> ofFactors(p, g);
            case Power p when Calculus.isOfFunction(p) && p.base() instanceof Apply a && !targets.contains(a) ->
                List.of(new Pullback(a.operand(), () -> times(g, Calculus.derivativeByArgument(p, a))));
            case Power p when Calculus.isDivision(p) ->
                List.of(new Pullback(p.base(), () -> Calculus.changeByBase(p, g)));
            case Power p -> List.of(
                    new Pullback(p.base(), () -> times(g, Calculus.derivativeByBase(p))),
                    new Pullback(p.exponent(), () -> product(g, Calculus.derivativeByExponent(p))));
            case ApplyBinary a -> List.of(
                    new Pullback(a.x(), () -> a.function().changeByFirst(g, a.x(), a.y())),
                    new Pullback(a.y(), () -> a.function().changeBySecond(g, a.x(), a.y())));
            case Select s -> List.of(
                    new Pullback(s.x(), () -> select(s.condition(), g, constant(0, g.shape()))),
                    new Pullback(s.y(), () -> select(s.condition(), constant(0, g.shape()), g)));
            case MatrixProduct m when m.right().shape().isVector() -> List.of(
                    new Pullback(m.left(), () -> outerProduct(g, activity.defined(m, m.right()))),
                    new Pullback(m.right(), () -> matrixProduct(transpose(activity.defined(m, m.left())), g)));
            case MatrixProduct m -> List.of(
                    new Pullback(m.left(), () -> matrixProduct(g, transpose(activity.defined(m, m.right())))),
                    new Pullback(m.right(), () -> matrixProduct(transpose(activity.defined(m, m.left())), g)));
            case Transpose t -> List.of(new Pullback(t.operand(), () -> transpose(g)));
            case OuterProduct o -> List.of(
                    new Pullback(o.left(), () -> matrixProduct(g, activity.defined(o, o.right()))),
                    new Pullback(o.right(), () -> matrixProduct(transpose(g), activity.defined(o, o.left()))));
            case Solve s -> List.of(
                    new Pullback(s.right(), () -> solve(transpose(s.matrix()), g)),
                    new Pullback(s.matrix(), () -> {
                        Expression opposite = negate(solve(transpose(s.matrix()), g));
                        return y.shape().isVector() ? outerProduct(opposite, y) : matrixProduct(opposite, transpose(y));
                    }));
            case EntrySum s -> List.of(new Pullback(s.operand(), () -> broadcast(g, s.operand().shape())));
            case Norm n -> List.of(new Pullback(n.operand(),
                    () -> product(broadcast(g, n.operand().shape()), Calculus.direction(n))));
            case SampleSum s -> List.of(new Pullback(s.operand(),
                    () -> s.operand().isPerSample() ? g : LinearAlgebra.sampleSum(g)));
            case Broadcast b when b.operand().isScalar() -> List.of(new Pullback(b.operand(), () -> entrySum(g)));
            case Broadcast b -> List.of(new Pullback(b.operand(),
                    () -> matrixProduct(g, constant(1, y.shape().withoutLeading(1)))));
            case Entry e -> List.of(new Pullback(e.operand(), e.index(), () -> g));
            case Stack s -> IntStream.range(0, s.parts().size())
                    .mapToObj(i -> new Pullback(s.parts().get(i), () -> entry(g, i))).toList();
        };
    }

    private static List<Pullback> ofFactors(Product p, Expression g) {
        List<Expression> factors = Calculus.undivided(p);
        List<Expression> others = Calculus.productsOfOthers(factors);
        return IntStream.range(0, factors.size()).mapToObj(i -> {
            Supplier<Expression> adjoint = () -> Calculus.isQuotient(factors)
                    ? Calculus.productWith(factors, i, g) : times(g, others.get(i));
            return new Pullback(factors.get(i), () -> Calculus.divisor(p).map(divisor -> product(adjoint.get(), divisor))
                    .orElseGet(adjoint));
        }).toList();
    }

    private void pass(Expression user, Pullback pullback) {
        Expression operand = pullback.operand();
        if (!dependents.contains(operand)) {
            return;
        }
        Expression value = pullback.adjoint().get();
        if (value.isConstant(0)) {
            return;
        }
        Optional<Expression> condition = activity.isNeeded() ? activity.below(user, operand) : Optional.empty();
        value = activity.guarded(user, condition, value);
        boolean overSamples = user.isPerSample() && !operand.isPerSample() && !root.isPerSample();
        contribute(operand, overSamples
                ? new Contribution(pullback.index(), LinearAlgebra.sampleSum(value), condition.map(Activity::forAnySample))
                : new Contribution(pullback.index(), value, condition));
    }

    private void contribute(Expression node, Contribution contribution) {
        contributions.computeIfAbsent(node, _ -> new ArrayList<>()).add(contribution);
    }

    /** The array that has the contributions in their places, combined where there are several, and zeros elsewhere. */
    private static Expression gather(Shape shape, List<Contribution> contributions,
            Function<List<Expression>, Expression> combine) {
        var terms = new ArrayList<Expression>();
        var parts = new HashMap<Integer, List<Contribution>>();
        for (Contribution c : contributions) {
            if (c.index.isEmpty()) {
                terms.add(c.value);
            } else {
                parts.computeIfAbsent(c.index.getFirst(), _ -> new ArrayList<>()).add(c.within());
            }
        }
        if (!parts.isEmpty()) {
            Shape part = shape.withoutLeading(1);
            terms.add(stack(IntStream.range(0, shape.dimension(0))
                    .mapToObj(i -> gather(part, parts.getOrDefault(i, List.of()), combine)).toList()));
        }
        return terms.isEmpty() ? constant(0, shape) : combine.apply(terms);
    }
}
