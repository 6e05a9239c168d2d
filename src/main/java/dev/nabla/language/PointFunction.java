package dev.nabla.language;

import com.google.common.base.Suppliers;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What equations may call with a point: as many scalars as there are inputs, or one vector of them. */
public final class PointFunction {

    private final int inputs;
    private final UnaryOperator<Expression> at;
    private final Supplier<Integer> nodes;

    private PointFunction(int inputs, UnaryOperator<Expression> at, Supplier<Integer> nodes) {
        this.inputs = inputs;
        this.at = at;
        this.nodes = Suppliers.memoize(nodes::get);
    }

    /**
     * A function that is made anew for every vector, of nodes that no equation which calls it was counted with.
     *
     * @param inputs how many
     */
    public static PointFunction of(int inputs, UnaryOperator<Expression> at) {
        return new PointFunction(inputs, at, () -> Growth.counted(() -> Graph.nodeCount(List.of(
                at.apply(Arithmetic.perSampleSymbol("point", Shape.of(inputs)))))));
    }

    /** What a value is for other values of the vector of inputs. */
    public static PointFunction of(Symbol inputs, Supplier<Expression> value) {
        Supplier<List<Expression>> above = Suppliers.memoize(() -> Graph.above(value.get(), List.of(inputs)));
        return new PointFunction(inputs.shape().size(),
                vector -> Graph.substitute(value.get(), above.get(), Map.of(inputs, vector)), () -> above.get().size());
    }

    /**
     * @param name where the call stands
     * @param positions where its arguments stand
     * @throws EquationException if the arguments are no point, or its value has too many nodes
     */
    Expression apply(Token name, List<Expression> arguments, List<Integer> positions) {
        if (arguments.size() == 1 && arguments.getFirst().shape().isVector()) {
            requireCount(name, arguments.getFirst().shape().dimension(0));
            return at(name, arguments.getFirst());
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!arguments.get(i).isScalar()) {
                throw new EquationException(positions.get(i), "expected a scalar, found shape " + arguments.get(i).shape());
            }
        }
        requireCount(name, arguments.size());
        return at(name, LinearAlgebra.stack(arguments));
    }

    private Expression at(Token name, Expression vector) {
        Growth.add(name, nodes.get());
        return Growth.counted(() -> at.apply(vector));
    }

    private void requireCount(Token name, int count) {
        if (count != inputs) {
            throw new EquationException(name.position(), "'" + name.text() + "' takes a point, " + inputs
                    + (inputs == 1 ? " scalar" : " scalars or one vector of them") + ", found " + count);
        }
    }
}
