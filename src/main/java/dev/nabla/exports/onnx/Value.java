package dev.nabla.exports.onnx;

import dev.nabla.expression.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a node of the graph makes of an expression.
 *
 * @param perSample whether it has an axis for samples before all others
 * @param dimensions those of the other axes: of the expression, or 1 along axes along which all entries are equal; none
 *     for a number that all samples share
 */
record Value(String name, boolean perSample, List<Integer> dimensions) {

    Value {
        dimensions = List.copyOf(dimensions);
    }

    boolean hasShape(Shape shape) {
        return dimensions.equals(shape.dimensions());
    }

    /** The axis of the tensor that is an axis of the expression. */
    int axis(int ofExpression) {
        return ofExpression + (perSample ? 1 : 0);
    }

    /** The axes of the tensor that are axes of the expression. */
    List<Integer> axes() {
        return axes(0, dimensions.size());
    }

    /** Some of these, from one up to another that is not among them. */
    List<Integer> axes(int from, int to) {
        var axes = new ArrayList<Integer>();
        for (int axis = from; axis < to; axis++) {
            axes.add(axis(axis));
        }
        return axes;
    }

    /** The dimensions of what is made of some values entry by entry. */
    static List<Integer> together(List<Value> values) {
        int rank = values.stream().mapToInt(value -> value.dimensions.size()).max().orElse(0);
        var dimensions = new ArrayList<>(Collections.nCopies(rank, 1));
        for (Value value : values) {
            int missing = rank - value.dimensions.size();
            for (int axis = missing; axis < rank; axis++) {
                dimensions.set(axis, Math.max(dimensions.get(axis), value.dimensions.get(axis - missing)));
            }
        }
        return dimensions;
    }
}
