package dev.nabla.network.layers;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the parameters of a network, layer after layer, in the order in which they are laid out. */
public final class Parameters {

    /** Scales begin so small that what they scale begins near zero. */
    private static final double SCALE_BOUND = 0.1;

    private final List<Parameter> made;
    private final String prefix;
    private int layer;

    public Parameters() {
        this(new ArrayList<>(), "");
    }

    private Parameters(List<Parameter> made, String prefix) {
        this.made = made;
        this.prefix = prefix;
    }

    /** Makes those of a part, whose paths begin with its name and whose layers are counted from the first again. */
    public Parameters ofPart(String name) {
        return new Parameters(made, prefix + name + ".");
    }

    /** One that is called by a name of its own. */
    public Expression named(String name, Shape shape, Parameter.Setting setting) {
        Expression symbol = Arithmetic.symbol(prefix + name, shape);
        made.add(new Parameter((Symbol) symbol, 0, false, Optional.of(setting)));
        return symbol;
    }

    /** What is made from here on belongs to the next layer. */
    public void beginLayer() {
        layer++;
    }

    /** A matrix of weights. */
    public Expression weights(String letter, int rows, int columns) {
        return make(letter, Shape.of(rows, columns), Parameter.glorotBound(columns, rows), true);
    }

    /** A vector that is added, zero at first. */
    public Expression bias(String letter, int dimension) {
        return make(letter, Shape.of(dimension), 0, false);
    }

    /** A vector that multiplies entry by entry. */
    public Expression scale(String letter, int dimension) {
        return make(letter, Shape.of(dimension), SCALE_BOUND, false);
    }

    /** The n(n − 1)/2 entries of a strictly triangular n × n matrix of weights. */
    public Expression triangle(String letter, int dimension) {
        return make(letter, Shape.of(dimension * (dimension - 1) / 2), Parameter.glorotBound(dimension, dimension),
                true);
    }

    private Expression make(String letter, Shape shape, double bound, boolean isWeights) {
        Expression symbol = Arithmetic.symbol(prefix + "L" + layer + "." + letter, shape);
        made.add(Parameter.ofLayer((Symbol) symbol, bound, isWeights));
        return symbol;
    }

    /** The number of scalars. */
    public long count() {
        return made.stream().mapToLong(parameter -> parameter.symbol().shape().size()).sum();
    }

    public ParameterLayout layout() {
        return new ParameterLayout(made);
    }
}
