package dev.nabla.network.layers;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.nabla.expression.Expression.Symbol;
import java.util.Optional;

/**
 * An array that training finds, or that it leaves as it is.
 *
 * @param bound its initial entries are uniform between −bound and bound, unless they are given
 * @param isWeights whether it is a matrix of weights, or the entries of one
 * @param coefficient what is said of it by name, if it is no part of a layer
 */
public record Parameter(Symbol symbol, double bound, boolean isWeights, Optional<Setting> coefficient) {

    /**
     * What a parameter is that is called by a name of its own.
     *
     * @param initial its entries at first, row-major
     * @param isTrainable whether training changes it
     * @param min no entry is below, −∞ if there is no such bound
     * @param max no entry is above, ∞ if there is no such bound
     */
    public record Setting(ImmutableDoubleArray initial, boolean isTrainable, double min, double max) {

        /** Whether there is a number that an entry may not have. */
        public boolean isBounded() {
            return min > Double.NEGATIVE_INFINITY || max < Double.POSITIVE_INFINITY;
        }

        /** A number that no training changes. */
        public static Setting constant(double value) {
            return new Setting(ImmutableDoubleArray.of(value), false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }

    /** One of a layer. */
    static Parameter ofLayer(Symbol symbol, double bound, boolean isWeights) {
        return new Parameter(symbol, bound, isWeights, Optional.empty());
    }

    /** The path by which equations name it. */
    public String path() {
        return symbol.name();
    }

    public int size() {
        return symbol.shape().size();
    }

    public boolean isTrainable() {
        return coefficient.map(Setting::isTrainable).orElse(true);
    }

    /** The bound of Glorot and Bengio for weights between so many inputs and outputs. */
    static double glorotBound(int inputs, int outputs) {
        return Math.sqrt(6.0 / (inputs + outputs));
    }
}
