package dev.nabla.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The static shape of an array: its dimensions, outermost first. A scalar has rank 0, a vector rank 1, a matrix
 * (rows × columns) rank 2. Entries are numbered row-major.
 */
public record Shape(List<Integer> dimensions) {

    public static final Shape SCALAR = new Shape(List.of());

    public Shape {
        dimensions = List.copyOf(dimensions);
        for (int dimension : dimensions) {
            if (dimension < 1) {
                throw new ShapeException("a dimension must be at least 1, was " + dimension);
            }
        }
    }

    public static Shape of(int... dimensions) {
        return dimensions.length == 0 ? SCALAR : new Shape(IntStream.of(dimensions).boxed().toList());
    }

    public int rank() {
        return dimensions.size();
    }

    public boolean isScalar() {
        return dimensions.isEmpty();
    }

    public boolean isVector() {
        return rank() == 1;
    }

    public boolean isMatrix() {
        return rank() == 2;
    }

    public int dimension(int axis) {
        return dimensions.get(axis);
    }

    /**
     * The number of entries.
     *
     * @throws ShapeException if it does not fit an {@code int}
     */
    public int size() {
        long size = 1;
        for (int dimension : dimensions) {
            size *= dimension;
            if (size > Integer.MAX_VALUE) {
                throw new ShapeException("an array of shape " + this + " has more than 2^31 - 1 entries");
            }
        }
        return (int) size;
    }

    /** This shape followed by {@code inner}: an array of this shape whose entries are arrays of shape {@code inner}. */
    public Shape followedBy(Shape inner) {
        if (inner.isScalar()) {
            return this;
        }
        var all = new ArrayList<>(dimensions);
        all.addAll(inner.dimensions);
        return new Shape(all);
    }

    /** The shape that is left when the {@code count} outermost axes are indexed away. */
    public Shape withoutLeading(int count) {
        return count == 0 ? this : count == rank() ? SCALAR : new Shape(dimensions.subList(count, rank()));
    }

    /** The shape of the {@code rank() - count} outermost axes. */
    public Shape withoutTrailing(int count) {
        return count == 0 ? this : count == rank() ? SCALAR : new Shape(dimensions.subList(0, rank() - count));
    }

    /** True where this shape is the beginning of {@code whole}: then an array of this shape spreads over it. */
    public boolean isPrefixOf(Shape whole) {
        return rank() <= whole.rank() && dimensions.equals(whole.dimensions.subList(0, rank()));
    }

    /** The row-major number of the entry at a full {@code index} (0-based). */
    public int offset(List<Integer> index) {
        int offset = 0;
        for (int axis = 0; axis < rank(); axis++) {
            offset = offset * dimension(axis) + index.get(axis);
        }
        return offset;
    }

    /** The full index (0-based) of the entry with row-major number {@code offset}. */
    public List<Integer> index(int offset) {
        var index = new Integer[rank()];
        for (int axis = rank() - 1; axis >= 0; axis--) {
            index[axis] = offset % dimension(axis);
            offset /= dimension(axis);
        }
        return List.of(index);
    }

    @Override
    public String toString() {
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
