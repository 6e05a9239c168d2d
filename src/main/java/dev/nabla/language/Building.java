package dev.nabla.language;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Scalarisation;
import dev.nabla.expression.Shape;
import dev.nabla.expression.ShapeException;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes expressions of what an equation says, and refuses what does not fit at the place where it stands. */
final class Building {

    /** The most entries that an array in an equation may have. */
    private static final int MAX_ENTRIES = 20_000_000;

    /** Of up to so many operations on numbers it is looked one by one whether they are defined. */
    private static final BigInteger MAX_NUMBERS = BigInteger.valueOf(10_000);

    private Building() {}

    /** Combines operands of one shape, between which the operators stand; scalars spread over arrays. */
    static Expression combined(List<Expression> operands, List<Token> operators,
            Function<List<Expression>, Expression> combination) {
        if (operators.isEmpty()) {
            return operands.getFirst();
        }
        Shape shape = commonShape(operands, operators);
        return at(operators.getLast(), () -> combination.apply(
                operands.stream().map(operand -> LinearAlgebra.broadcast(operand, shape)).toList()));
    }

    /** The shape of operands between which the operators stand, where scalars spread over arrays. */
    static Shape commonShape(List<Expression> operands, List<Token> operators) {
        Shape shape = operands.getFirst().shape();
        for (int i = 1; i < operands.size(); i++) {
            Shape other = operands.get(i).shape();
            if (shape.isScalar()) {
                shape = other;
            } else if (!other.isScalar() && !other.equals(shape)) {
                Token operator = operators.get(i - 1);
                throw new EquationException(operator.position(),
                        "shapes " + shape + " and " + other + " do not fit " + operator.text());
            }
        }
        return shape;
    }

    /** What is built is looked at before it is used; what is wrong is so where the token stands. */
    static Expression at(Token token, Supplier<Expression> building) {
        try {
            Expression built = building.get();
            if (built.shape().dimensions().stream().mapToDouble(d -> d).reduce(1, (x, y) -> x * y) > MAX_ENTRIES) {
                throw new EquationException(token.position(), "an array of shape " + built.shape() + " has more than "
                        + MAX_ENTRIES + " entries");
            }
            if (built.isConstant() && !(built instanceof Constant)
                    && Scalarisation.predictedNodeCount(List.of(built)).compareTo(MAX_NUMBERS) <= 0) {
                Scalarisation.of(List.of(built));
            }
            return built;
        } catch (ShapeException | ArithmeticException | NoValueException e) {
            throw new EquationException(token.position(), e.getMessage());
        }
    }
}
