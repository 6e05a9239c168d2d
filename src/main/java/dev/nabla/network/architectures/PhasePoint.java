package dev.nabla.network.architectures;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A point of phase space: the positions q and the momenta p, vectors of one dimension. */
public record PhasePoint(Expression q, Expression p) {

    /** The halves of a vector (q, p). */
    static PhasePoint of(Expression vector) {
        return of(vector, vector.shape().dimension(0) / 2);
    }

    /** The first n entries of a vector and the n behind them. */
    static PhasePoint of(Expression vector, int n) {
        return new PhasePoint(LinearAlgebra.stack(entries(vector, 0, n)),
                LinearAlgebra.stack(entries(vector, n, 2 * n)));
    }

    /** What is wrong with so many inputs where they are to be (q, p). */
    static Optional<Problem> violation(int inputDimension) {
        return inputDimension % 2 == 0 ? Optional.empty() : Optional.of(Problem.of("/inputs",
                "must be an even number, positions and then as many momenta, was " + inputDimension));
    }

    /** Hamilton's equations: the vector (∂H/∂p, −∂H/∂q) of a scalar H of the vector (q, p). */
    public static Expression fieldOf(Expression energy, Expression vector) {
        PhasePoint gradient = of(Derivative.of(energy, vector));
        return field(gradient.q, gradient.p);
    }

    /** Hamilton's equations from ∂H/∂q and ∂H/∂p. */
    static Expression field(Expression byPositions, Expression byMomenta) {
        int n = byPositions.shape().dimension(0);
        return LinearAlgebra.stack(Stream.concat(entries(byMomenta, 0, n).stream(),
                entries(byPositions, 0, n).stream().map(Arithmetic::negate)).toList());
    }

    /** The dimension of q and of p. */
    int dimension() {
        return q.shape().dimension(0);
    }

    /** The vector (q, p). */
    Expression vector() {
        return LinearAlgebra.stack(Stream.concat(entries(q, 0, dimension()).stream(),
                entries(p, 0, dimension()).stream()).toList());
    }

    /** (q, p + f(q)). */
    PhasePoint kick(UnaryOperator<Expression> f) {
        return new PhasePoint(q, Arithmetic.sum(p, f.apply(q)));
    }

    /** (q + f(p), p). */
    PhasePoint drift(UnaryOperator<Expression> f) {
        return new PhasePoint(Arithmetic.sum(q, f.apply(p)), p);
    }

    static List<Expression> entries(Expression vector, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> LinearAlgebra.entry(vector, i)).toList();
    }
}
