package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.select;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.LinearAlgebra.broadcast;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.entrySum;
import static dev.nabla.expression.LinearAlgebra.matrixProduct;
import static dev.nabla.expression.LinearAlgebra.outerProduct;
import static dev.nabla.expression.LinearAlgebra.sampleSum;
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
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Forward-mode differentiation with respect to one array: every node's tangent is computed from those of its operands
 * (Griewank and Walther, Evaluating Derivatives, 2008, chapter 3). Along one direction a tangent has the shape of its
 * node; along all n directions of a vector at once it has a further axis of n, so that a chain of vectors gives the
 * chain rule in matrices: the Jacobian of tanh(W x + b) is diag(sech²) W.
 */
final class ForwardMode {

    /** [] for one direction, [n] for all directions of a vector. */
    private final Shape directions;
    private final boolean targetIsPerSample;
    private final Map<Expression, Expression> tangents = new HashMap<>();

    private ForwardMode(Shape directions, boolean targetIsPerSample) {
        this.directions = directions;
        this.targetIsPerSample = targetIsPerSample;
    }

    /** The derivative of an array along {@code direction}, an array of the shape of {@code target}. */
    static Expression along(Expression array, Expression target, Expression direction) {
        return along(List.of(array), List.of(target), List.of(direction)).getFirst();
    }

    /**
     * The derivatives of arrays as all targets move at once, each along a direction of its shape, in one sweep.
     *
     * @param targets all shared, or all per sample
     */
    static List<Expression> along(List<Expression> arrays, List<Expression> targets, List<Expression> directions) {
        return new ForwardMode(Shape.SCALAR, targets.getFirst().isPerSample()).tangents(arrays, targets, directions);
    }

    /** The Jacobian (m × n) of a vector with respect to a vector; see {@link #hasMatrixForm}. */
    static Expression jacobian(Expression vector, Expression target) {
        return new ForwardMode(target.shape(), target.isPerSample()).tangents(List.of(vector), List.of(target),
                List.of(LinearAlgebra.identity(target.shape().dimension(0)))).getFirst();
    }

    /**
     * Whether all that depends on the target are scalars and vectors, so that all tangents are at most matrices, and there
     * is no quotient, which only along one direction is multiplied before it is divided.
     */
    static boolean hasMatrixForm(Expression array, Expression target) {
        return target.shape().isVector() && array.shape().isVector()
                && Graph.dependents(Graph.topologicalOrder(List.of(array)), List.of(target)).stream()
                        .allMatch(node -> node.shape().rank() <= 1 && !Calculus.isPlainQuotient(node));
    }

    private List<Expression> tangents(List<Expression> roots, List<Expression> targets, List<Expression> along) {
        for (int i = 0; i < targets.size(); i++) {
            tangents.put(targets.get(i), along.get(i));
        }
        for (Expression node : Graph.topologicalOrder(roots)) {
            if (!tangents.containsKey(node) && node.operands().stream().anyMatch(tangents::containsKey)) {
                Expression tangent = pushForward(node);
                if (!tangent.isConstant(0)) {
                    tangents.put(node, tangent);
                }
            }
        }
        return roots.stream().map(this::of).toList();
    }

    private Expression of(Expression node) {
        Expression tangent = tangents.get(node);
        return tangent == null ? constant(0, node.shape().followedBy(directions)) : tangent;
    }

    private boolean varies(Expression node) {
        return tangents.containsKey(node);
    }

    private Expression pushForward(Expression y) {
        return switch (y) {
            case Constant _, Symbol _ -> of(y);
            case Apply a -> scale(a.function().derivative(a.operand()), a.operand());
            case Sum s -> sum(s.terms().stream().map(this::of).toList());
            case Product p -> {
                List<Expression> factors = Calculus.undivided(p);
                List<Expression> others = Calculus.productsOfOthers(factors);
                Expression tangent = sumOver(factors, (i, factor) -> switch (factor) {
                    case Power q when Calculus.isDivision(q) -> quotientRule(factors, others.get(i), q);
                    case Broadcast b when b.operand() instanceof Power q && Calculus.isDivision(q) ->
                        product(broadcast(product(factors), y.shape().followedBy(directions)), spread(y, relativeChange(q)));
                    default -> directions.isScalar() && Calculus.isQuotient(factors)
                            ? Calculus.productWith(factors, i, of(factor)) : scale(others.get(i), factor);
                });
                yield Calculus.divisor(p).map(divisor -> product(tangent, broadcast(divisor, tangent.shape())))
                        .orElse(tangent);
            }
            case Power p when Calculus.isOfFunction(p) && p.base() instanceof Apply a && varies(a.operand()) ->
                scale(Calculus.derivativeByArgument(p, a), a.operand());
            case Power p when Calculus.isDivision(p) && directions.isScalar() ->
                Calculus.changeByBase(p, of(p.base()));
            case Power p -> sumOver(p.operands(), (i, operand) -> scale(
                    i == 0 ? Calculus.derivativeByBase(p) : Calculus.derivativeByExponent(p), operand));
            case ApplyBinary a -> {
                Expression first = broadcast(a.x(), y.shape().followedBy(directions));
                Expression second = broadcast(a.y(), y.shape().followedBy(directions));
                yield sumOver(a.operands(), (i, operand) -> i == 0 ? a.function().changeByFirst(of(operand), first, second)
                        : a.function().changeBySecond(of(operand), first, second));
            }
            // What is NaN in the branch that is not taken is left behind here.
            case Select s -> select(broadcast(s.condition(), y.shape().followedBy(directions)), of(s.x()), of(s.y()));
            case MatrixProduct m -> sumOver(m.operands(), (i, operand) -> i == 0
                    ? matrixProduct(of(operand), m.right()) : matrixProduct(m.left(), of(operand)));
            case Transpose t -> transpose(of(t.operand()));
            case OuterProduct o -> sumOver(o.operands(), (i, operand) -> i == 0
                    ? outerProduct(of(operand), o.right()) : outerProduct(o.left(), of(operand)));
            case Solve s -> solve(s.matrix(), sumOver(s.operands(), (i, operand) -> i == 0
                    ? negate(matrixProduct(of(operand), y)) : of(operand)));
            case EntrySum s when directions.isScalar() -> entrySum(of(s.operand()));
            case EntrySum s -> matrixProduct(transpose(of(s.operand())), constant(1, s.operand().shape()));
            case Norm n when directions.isScalar() -> entrySum(product(Calculus.direction(n), of(n.operand())));
            case Norm n -> matrixProduct(transpose(of(n.operand())), Calculus.direction(n));
            // Of a sum over the samples, only its own term depends on what a sample has of its own.
            case SampleSum s -> targetIsPerSample ? of(s.operand()) : sampleSum(of(s.operand()));
            case Broadcast b -> spread(y, of(b.operand()));
            case Entry e -> entry(of(e.operand()), e.index());
            case Stack s -> stack(s.parts().stream().map(this::of).toList());
        };
    }

    /**
     * What the change of a divisor makes of a quotient: it is multiplied by the relative change of bᵉ, which neither
     * overflows nor underflows before the quotient does. Where b changes by a number, that is the numerator by bᵉ⁻¹.
     */
    private Expression quotientRule(List<Expression> factors, Expression others, Power division) {
        if (directions.isScalar() && of(division.base()) instanceof Constant change) {
            var all = new ArrayList<>(others instanceof Product p ? p.factors() : List.of(others));
            Expression byBase = Calculus.changeByBase(division, change);
            all.addAll(byBase instanceof Product p ? p.factors() : List.of(byBase));
            return product(all);
        }
        Expression quotient = product(factors);
        return product(broadcast(quotient, quotient.shape().followedBy(directions)), relativeChange(division));
    }

    /** d(bᵉ) / bᵉ = e db / b. */
    private Expression relativeChange(Power division) {
        Shape shape = division.shape().followedBy(directions);
        double e = ((Constant) division.exponent()).value();
        return product(constant(e, shape), of(division.base()),
                broadcast(Arithmetic.reciprocal(Calculus.unguarded(division.base())), shape));
    }

    /** What is broadcast over the shape of a node changes everywhere alike. */
    private Expression spread(Expression node, Expression change) {
        return directions.isScalar() ? broadcast(change, node.shape()) : outerProduct(constant(1, node.shape()), change);
    }

    private Expression scale(Expression factor, Expression varying) {
        return product(broadcast(factor, factor.shape().followedBy(directions)), of(varying));
    }

    /** The sum of what each operand that varies adds; {@code part} takes the operand's number and the operand. */
    private Expression sumOver(List<Expression> operands, BiFunction<Integer, Expression, Expression> part) {
        return sum(IntStream.range(0, operands.size()).filter(i -> varies(operands.get(i)))
                .mapToObj(i -> part.apply(i, operands.get(i))).toList());
    }
}
