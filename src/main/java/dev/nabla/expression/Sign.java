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
import java.util.List;

/**
 * What is known of the sign of an expression whatever its symbols are. Where something that is nowhere negative is 0 it
 * has a minimum, so that its own derivative is 0 there: a root of it may take 0 for its infinite slope.
 */
enum Sign {
    ANY,
    /** Positive or 0. */
    NON_NEGATIVE,
    /** Above 0, and not by so little that it could be rounded to 0. */
    POSITIVE;

    /** The sign of a node, from those of its operands. */
    static Sign of(Expression node) {
        return switch (node) {
            case Constant c -> c.value() > 0 ? POSITIVE : c.value() == 0 ? NON_NEGATIVE : ANY;
            case Symbol _, Solve _ -> ANY;
            case ApplyBinary a -> a.function().sign(a.x().sign(), a.y().sign());
            case Select s -> s.x().sign().atMost(s.y().sign());
            case Apply a -> a.function().sign(a.operand().sign());
            case Sum s -> s.terms().stream().anyMatch(term -> term.sign() == POSITIVE) ? least(s.terms()).or(POSITIVE)
                    : least(s.terms());
            case Product _, MatrixProduct _, OuterProduct _ -> least(node.operands()).atMost(NON_NEGATIVE);
            case Power p when isEven(p.exponent()) -> NON_NEGATIVE;
            case Power p -> p.base().sign().atMost(NON_NEGATIVE);
            case Norm _ -> NON_NEGATIVE;
            case Transpose _, EntrySum _, SampleSum _, Broadcast _, Entry _, Stack _ -> least(node.operands());
        };
    }

    /** That of numbers of an interval. */
    static Sign of(Interval interval) {
        return interval.low() >= Double.MIN_NORMAL ? POSITIVE : interval.low() >= 0 ? NON_NEGATIVE : ANY;
    }

    /** The numbers of this sign. */
    Interval interval() {
        return switch (this) {
            case ANY -> Interval.ALL;
            case NON_NEGATIVE -> Interval.NON_NEGATIVE;
            case POSITIVE -> new Interval(Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
        };
    }

    private static Sign least(List<Expression> operands) {
        Sign least = POSITIVE;
        for (Expression operand : operands) {
            least = least.atMost(operand.sign());
        }
        return least;
    }

    Sign atMost(Sign other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Sign atLeast(Sign other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The other one where nothing here may be negative. */
    private Sign or(Sign other) {
        return this == ANY ? ANY : other;
    }

    private static boolean isEven(Expression exponent) {
        return exponent instanceof Constant c && c.value() % 2 == 0;
    }
}
