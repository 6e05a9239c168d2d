package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.select;
import static dev.nabla.expression.BinaryFunction.EQUAL;
import static dev.nabla.expression.BinaryFunction.GREATER_EQUAL;
import static dev.nabla.expression.BinaryFunction.LESS_EQUAL;
import static dev.nabla.expression.BinaryFunction.MAX;
import static dev.nabla.expression.BinaryFunction.MIN;
import static dev.nabla.expression.BinaryFunction.NOT_EQUAL;
import static dev.nabla.expression.BinaryFunction.XLOGY;
import static dev.nabla.expression.LinearAlgebra.broadcast;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.entrySum;
import static dev.nabla.expression.LinearAlgebra.matrixProduct;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where the adjoints of a reverse sweep count: below a {@code where}, a {@code min} or a {@code max} only in the branch that is
 * taken. An adjoint is 0 elsewhere, but the slope that it is multiplied by may be infinite or undefined there, and 0 times
 * that is NaN. So what is passed on is chosen to be 0 there, by a condition that is carried down beside the adjoints: not by
 * whether these are 0, which they may be by accident, where their own derivatives are not.
 *
 * <p>A condition is 1 or 0, of the shape of its node or one scalar for all of its entries; none means everywhere.
 */
final class Activity {

    private final Map<Expression, Expression> conditions = new HashMap<>();
    private final Set<Expression> uncertain = new HashSet<>();
    private final boolean isNeeded;

    /** @param order the nodes of the sweep, operands before their users */
    Activity(List<Expression> order) {
        this.isNeeded = order.stream().anyMatch(Activity::isBranching);
        if (isNeeded) {
            order.stream().filter(this::mayBeUndefined).forEach(uncertain::add);
        }
    }

    private static boolean isBranching(Expression node) {
        return node instanceof Select || node instanceof ApplyBinary a && (a.function() == MIN || a.function() == MAX);
    }

    boolean isNeeded() {
        return isNeeded;
    }

    /** Where a node counts, by what its users say; of the users of a part of it, elsewhere 0. */
    void set(Expression node, Expression condition) {
        if (!condition.isConstant(1)) {
            conditions.put(node, condition);
        }
    }

    /** Either of two conditions of one shape. */
    static Expression or(Expression a, Expression b) {
        if (a.isConstant(1) || b.isConstant(0)) {
            return a;
        }
        if (b.isConstant(1) || a.isConstant(0)) {
            return b;
        }
        if (a instanceof Select s && b instanceof Select t && s.condition() == t.condition()
                && s.y().isConstant(0) && t.y().isConstant(0) && areOpposite(s.x(), t.x())) {
            return s.condition();
        }
        return areOpposite(a, b) ? constant(1, a.shape()) : any(Arithmetic.sum(a, b));
    }

    private static boolean areOpposite(Expression a, Expression b) {
        return isOpposite(a, b) || isOpposite(b, a);
    }

    private static boolean isOpposite(Expression a, Expression b) {
        return b instanceof ApplyBinary equal && equal.function() == EQUAL && equal.y().isConstant(0)
                && holds(equal.x()) == a;
    }

    private static Expression any(Expression count) {
        return apply(ScalarFunction.STEP, count);
    }

    /** Where an operand counts through its user. */
    Optional<Expression> below(Expression user, Expression operand) {
        Optional<Expression> known = Optional.ofNullable(conditions.get(user));
        return switch (user) {
            case Select s when operand == s.x() -> Optional.of(and(known, holds(s.condition())));
            case Select s -> Optional.of(and(known, apply(EQUAL, s.condition(), constant(0, s.shape()))));
            case ApplyBinary a when isBranching(a) -> Optional.of(and(known,
                    apply(a.function() == MAX ? GREATER_EQUAL : LESS_EQUAL, operand, operand == a.x() ? a.y() : a.x())));
            default -> known.map(condition -> condition.isScalar() ? condition : below(user, operand, condition));
        };
    }

    /** @param condition of the shape of the user */
    private static Expression below(Expression user, Expression operand, Expression condition) {
        return switch (user) {
            case Constant _, Symbol _, Apply _, Sum _, Product _, Power _, ApplyBinary _, Select _, SampleSum _, Entry _,
                    EntrySum _, Norm _ -> condition;
            case Transpose _ -> transpose(condition);
            case Stack s -> IntStream.range(0, s.parts().size()).filter(i -> s.parts().get(i) == operand)
                    .mapToObj(i -> entry(condition, i)).reduce(Activity::or).orElseThrow();
            case Broadcast b when b.operand().isScalar() -> any(entrySum(condition));
            case Broadcast _ -> ofRows(condition);
            case MatrixProduct m when m.left() != m.right() && operand == m.left() ->
                broadcast(ofRows(condition), operand.shape());
            case MatrixProduct m when m.left() != m.right() && operand.shape().isMatrix() ->
                transpose(broadcast(ofRows(transpose(condition)), transpose(operand).shape()));
            case OuterProduct o when o.left() != o.right() ->
                ofRows(operand == o.left() ? condition : transpose(condition));
            case MatrixProduct _, OuterProduct _, Solve _ -> any(entrySum(condition));
        };
    }

    /** For every row whether any entry of it counts. */
    private static Expression ofRows(Expression condition) {
        return condition.shape().isVector() ? condition
                : any(matrixProduct(condition, constant(1, condition.shape().withoutLeading(1))));
    }

    /** Whether a condition of any values holds, as 1 or 0. */
    private static Expression holds(Expression condition) {
        return condition instanceof ApplyBinary a && a.function().isComparison() ? condition
                : apply(NOT_EQUAL, condition, constant(0, condition.shape()));
    }

    private static Expression and(Optional<Expression> known, Expression further) {
        return known.map(condition -> select(broadcast(condition, further.shape()), further, constant(0, further.shape())))
                .orElse(further);
    }

    /** The condition where it counts for any sample. */
    static Expression forAnySample(Expression condition) {
        return any(LinearAlgebra.sampleSum(condition));
    }

    /** What a user passes on to an operand, which is 0 where that does not count. */
    Expression guarded(Expression user, Optional<Expression> condition, Expression value) {
        return condition.isPresent() && isHazardous(user) ? chosen(condition.get(), value) : value;
    }

    /** An operand of a sum of products, of which the other ones may be 0: 0 where it does not count and may be undefined. */
    Expression defined(Expression user, Expression operand) {
        return uncertain.contains(operand) ? below(user, operand).map(condition -> chosen(condition, operand)).orElse(operand)
                : operand;
    }

    private static Expression chosen(Expression condition, Expression value) {
        return select(broadcast(condition, value.shape()), value, constant(0, value.shape()));
    }

    /** Whether a node may have a value that is no finite number though its symbols have. */
    private boolean mayBeUndefined(Expression node) {
        return hasUncertainOperand(node) || switch (node) {
            case Apply a -> !a.function().isTame();
            case Power _, Solve _ -> true;
            case Product p -> varying(p) > 1;
            case ApplyBinary a -> a.function() == XLOGY;
            case Constant _, Symbol _, Sum _, Select _, MatrixProduct _, Transpose _, OuterProduct _, EntrySum _, Norm _,
                    SampleSum _, Broadcast _, Entry _, Stack _ -> false;
        };
    }

    /** Whether a slope of it may be no finite number where its symbols are. */
    private boolean isHazardous(Expression node) {
        return hasUncertainOperand(node) || switch (node) {
            case Apply a -> !a.function().isTame();
            case Power p -> !p.exponent().isConstant(2);
            case Product p -> varying(p) > 2;
            case ApplyBinary a -> !a.function().isComparison() && !isBranching(a);
            case Solve _ -> true;
            case Constant _, Symbol _, Sum _, Select _, MatrixProduct _, Transpose _, OuterProduct _, EntrySum _, Norm _,
                    SampleSum _, Broadcast _, Entry _, Stack _ -> false;
        };
    }

    private boolean hasUncertainOperand(Expression node) {
        return node.operands().stream().anyMatch(uncertain::contains);
    }

    private static long varying(Product product) {
        return product.factors().stream().filter(factor -> !factor.isConstant()).count();
    }
}
