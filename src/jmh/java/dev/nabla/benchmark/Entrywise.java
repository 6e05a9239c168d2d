package dev.nabla.benchmark;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.ScalarFunction;
import java.util.function.BinaryOperator;

/** A function of the language, entry by entry. */
public enum Entrywise {

    /** What the others are compared with. */
    TANH((x, _) -> Arithmetic.apply(ScalarFunction.TANH, x)),
    WHERE((x, y) -> Arithmetic.select(y, x, Arithmetic.negate(x))),
    MIN(BinaryFunction.MIN),
    MAX(BinaryFunction.MAX),
    LESS(BinaryFunction.LESS),
    LESS_EQUAL(BinaryFunction.LESS_EQUAL),
    EQUAL(BinaryFunction.EQUAL),
    ATAN2(BinaryFunction.ATAN2),
    LOGADDEXP(BinaryFunction.LOGADDEXP),
    XLOGY(BinaryFunction.XLOGY);

    private final BinaryOperator<Expression> function;

    Entrywise(BinaryFunction function) {
        this((x, y) -> Arithmetic.apply(function, x, y));
    }

    Entrywise(BinaryOperator<Expression> function) {
        this.function = function;
    }

    Expression of(Expression x, Expression y) {
        return function.apply(x, y);
    }
}
