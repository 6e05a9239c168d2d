package dev.nabla.rendering.names;

import java.util.OptionalInt;

/**
 * The name of a quantity, which every format writes in its own way: {@code z} of layer 1 is {@code z^{(1)}} in LaTeX
 * and {@code z1} elsewhere.
 *
 * @param symbol a letter, the English name of a Greek letter, or any other identifier
 * @param layer the layer (from 1) that the quantity belongs to, if it belongs to one
 */
public record Name(String symbol, OptionalInt layer) {

    public Name {
        if (symbol.isEmpty()) {
            throw new IllegalArgumentException("a name must not be empty");
        }
    }

    /** A quantity that belongs to no layer. */
    public static Name of(String symbol) {
        return new Name(symbol, OptionalInt.empty());
    }

    /** A quantity of a layer, counted from 1. */
    public static Name of(String symbol, int layer) {
        return new Name(symbol, OptionalInt.of(layer));
    }
}
