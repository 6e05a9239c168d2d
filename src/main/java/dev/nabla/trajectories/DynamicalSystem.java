package dev.nabla.trajectories;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What moves a state z: a field f with dz/dt = f(z), or a map F with z ↦ F(z).
 *
 * @param state a vector, one per sample
 * @param law f or F, a vector as long as the state
 * @param energy a scalar that is reported along trajectories
 * @param constants how many entries of the state, the last ones, do not move
 * @param parameters the values of all other symbols, row-major, in an order that makes them one flat vector
 */
public record DynamicalSystem(Symbol state, Expression law, Optional<Expression> energy, int constants,
        Map<Symbol, double[]> parameters) {

    /** @throws ShapeException if the law is not as long as the state, or the energy is no scalar */
    public DynamicalSystem {
        if (!law.shape().equals(state.shape())) {
            throw new ShapeException("must be a vector of " + state.shape().size() + " entries, as many as inputs, had shape "
                    + law.shape());
        }
        if (energy.isPresent() && !energy.get().isScalar()) {
            throw new ShapeException("must be a scalar, had shape " + energy.get().shape());
        }
    }

    int dimension() {
        return state.shape().size();
    }

    /** All symbols that have a value. */
    List<Symbol> symbols() {
        var symbols = new ArrayList<>(parameters.keySet());
        symbols.add(state);
        return symbols;
    }
}
