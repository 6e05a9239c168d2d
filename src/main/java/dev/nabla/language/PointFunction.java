package dev.nabla.language;

import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What equations may call with a point: as many scalars as there are inputs, or one vector of them.
 *
 * @param inputs how many
 * @param at the value at a vector
 */
public record PointFunction(int inputs, UnaryOperator<Expression> at) {

    /**
     * @param name where the call stands
     * @param positions where its arguments stand
     * @throws EquationException if the arguments are no point
     */
    Expression apply(Token name, List<Expression> arguments, List<Integer> positions) {
        if (arguments.size() == 1 && arguments.getFirst().shape().isVector()) {
            requireCount(name, arguments.getFirst().shape().dimension(0));
            return at.apply(arguments.getFirst());
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!arguments.get(i).isScalar()) {
                throw new EquationException(positions.get(i), "expected a scalar, found shape " + arguments.get(i).shape());
            }
        }
        requireCount(name, arguments.size());
        return at.apply(LinearAlgebra.stack(arguments));
    }

    private void requireCount(Token name, int count) {
        if (count != inputs) {
            throw new EquationException(name.position(), "'" + name.text() + "' takes a point, " + inputs
                    + (inputs == 1 ? " scalar" : " scalars or one vector of them") + ", found " + count);
        }
    }
}
