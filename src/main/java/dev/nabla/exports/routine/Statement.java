package dev.nabla.exports.routine;

import java.util.List;

/** A step of a routine. */
public sealed interface Statement {

    /** Makes a scalar with a first value. */
    record Define(Buffer scalar, Scalar value) implements Statement {}

    record Assign(Buffer target, Index at, Scalar value) implements Statement {}

    /**
     * A loop with the variable of its depth.
     *
     * @param from may name the variables of outer loops
     * @param until a bound that is not reached
     */
    record For(int depth, Index from, int until, List<Statement> body) implements Statement {

        public For {
            body = List.copyOf(body);
        }
    }
}
