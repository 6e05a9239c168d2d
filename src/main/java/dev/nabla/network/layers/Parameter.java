package dev.nabla.network.layers;

import dev.nabla.expression.Expression.Symbol;

/**
 * An array that training finds.
 *
 * @param bound its initial entries are uniform between −bound and bound
 * @param isWeights whether it is a matrix of weights, or the entries of one
 */
public record Parameter(Symbol symbol, double bound, boolean isWeights) {

    /** The bound of Glorot and Bengio for weights between so many inputs and outputs. */
    static double glorotBound(int inputs, int outputs) {
        return Math.sqrt(6.0 / (inputs + outputs));
    }
}
