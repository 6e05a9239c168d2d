package dev.nabla.expression;

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
import java.util.Comparator;

/**
 * The order in which terms and factors are written. It depends on structure and names alone, never on when or where
 * a node was made, so that the same request gives the same text and the same rounding on every machine.
 */
final class CanonicalOrder {

    /** Shallow factors first and a constant to divide by last, as in {@code 2 x tanh(y) / 3}. */
    static final Comparator<Expression> OF_FACTORS = Comparator.comparingInt((Expression factor) ->
            factor instanceof Constant ? 0 : Factors.isNumber(factor) ? 2 : 1)
            .thenComparingInt(CanonicalOrder::weight).thenComparing(CanonicalOrder::compare);

    /** Deep terms first and a constant last, as in {@code W x + b + 1}. */
    static final Comparator<Expression> OF_TERMS = Comparator.comparingInt(
            (Expression term) -> term instanceof Constant ? 1 : 0)
            .thenComparing(Comparator.comparingInt(CanonicalOrder::weight).reversed())
            .thenComparing(CanonicalOrder::compare);

    private CanonicalOrder() {}

    /** The depth, where an entry of a symbol is as shallow as a symbol. */
    private static int weight(Expression expression) {
        return expression instanceof Entry entry && entry.operand() instanceof Symbol ? 0 : expression.depth();
    }

    /**
     * Zero only for the same node. Two distinct nodes of one kind differ in what is their own or in an operand, and as
     * operands are interned the first pair that is not identical decides: one path down, never a search.
     */
    private static int compare(Expression a, Expression b) {
        while (a != b) {
            int order = Integer.compare(weight(a), weight(b));
            if (order == 0) {
                order = Integer.compare(kind(a), kind(b));
            }
            if (order == 0) {
                order = Integer.compare(a.operands().size(), b.operands().size());
            }
            int differing = order == 0 ? firstDifferingOperand(a, b) : -1;
            if (differing < 0) {
                return order == 0 ? compareOwn(a, b) : order;
            }
            a = a.operands().get(differing);
            b = b.operands().get(differing);
        }
        return 0;
    }

    private static int firstDifferingOperand(Expression a, Expression b) {
        for (int i = 0; i < a.operands().size(); i++) {
            if (a.operands().get(i) != b.operands().get(i)) {
                return i;
            }
        }
        return -1;
    }

    private static int compareOwn(Expression a, Expression b) {
        int order = switch (a) {
            case Constant constant -> Double.compare(constant.value(), ((Constant) b).value());
            case Symbol symbol -> symbol.name().compareTo(((Symbol) b).name());
            case Apply apply -> apply.function().compareTo(((Apply) b).function());
            case ApplyBinary apply -> apply.function().compareTo(((ApplyBinary) b).function());
            case Entry entry -> compareIndices(entry, (Entry) b);
            case Sum _, Product _, Power _, Select _, MatrixProduct _, Transpose _, OuterProduct _, Solve _, EntrySum _,
                    Norm _, SampleSum _, Broadcast _, Stack _ -> 0;
        };
        if (order == 0) {
            order = Boolean.compare(a.isPerSample(), b.isPerSample());
        }
        return order != 0 ? order : a.shape().toString().compareTo(b.shape().toString());
    }

    private static int compareIndices(Entry a, Entry b) {
        int common = Math.min(a.index().size(), b.index().size());
        for (int axis = 0; axis < common; axis++) {
            int order = Integer.compare(a.index().get(axis), b.index().get(axis));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.index().size(), b.index().size());
    }

    private static int kind(Expression expression) {
        return switch (expression) {
            case Constant _ -> 0;
            case Symbol _ -> 1;
            case Entry _ -> 2;
            case Power _ -> 3;
            case Product _ -> 4;
            case Transpose _ -> 5;
            case MatrixProduct _ -> 6;
            case OuterProduct _ -> 7;
            case Solve _ -> 8;
            case EntrySum _ -> 9;
            case SampleSum _ -> 10;
            case Apply _ -> 11;
            case Broadcast _ -> 12;
            case Stack _ -> 13;
            case Sum _ -> 14;
            case Norm _ -> 15;
            case ApplyBinary _ -> 16;
            case Select _ -> 17;
        };
    }
}
