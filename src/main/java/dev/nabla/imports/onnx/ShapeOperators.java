package dev.nabla.imports.onnx;

import static dev.nabla.imports.onnx.Operands.array;
import static dev.nabla.imports.onnx.Operands.list;
import static dev.nabla.imports.onnx.Operands.numbers;
import static dev.nabla.imports.onnx.Operands.optional;
import static dev.nabla.imports.onnx.Operands.refuse;
import static dev.nabla.imports.onnx.Operands.required;
import static dev.nabla.imports.onnx.Operands.whole;

import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import dev.nabla.imports.onnx.Value.Array;
import dev.nabla.imports.onnx.Value.Numbers;
import dev.nabla.onnx.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the operators of ONNX that move entries, or make arrays of other shapes, make of values. */
record ShapeOperators(Parameters parameters) {

    static void requireRow(Array x, long axis) {
        if (!x.shape().isVector() || axis != 1 && axis != -1) {
            throw new Refusal("must work along the entries of a row, axis 1 or -1, had axis " + axis + " of " + x);
        }
    }

    List<Integer> axes(List<Optional<Value>> operands, Attributes attributes) {
        Optional<List<Long>> given = attributes.integers("axes");
        return given.map(all -> all.stream().map(Math::toIntExact).toList()).or(() -> optional(operands, 1)
                .map(value -> value instanceof Numbers numbers ? whole(numbers)
                : Operands.<List<Integer>>refuse("must have axes "
                        + "that are in the file"))).orElseThrow(() -> new Refusal("must say which axes"));
    }

    static Value flatten(Value value, Attributes attributes) {
        long axis = attributes.integer("axis", 1);
        return value instanceof Array array && axis == 1 ? flat(array)
                : refuse("must keep the axis of samples: axis = 1");
    }

    private static Array flat(Array array) {
        return array.shape().isVector() ? array : new Array(LinearAlgebra.stack(entries(array.expression())));
    }

    /** All scalars, row-major. */
    private static List<Expression> entries(Expression array) {
        return IntStream.range(0, array.shape().size()).mapToObj(i -> LinearAlgebra.entry(array, array.shape()
                .index(i))).toList();
    }

    static Value reshape(Value value, Numbers target, Attributes attributes) {
        attributes.require("allowzero", 0);
        if (value instanceof Numbers numbers) {
            List<Integer> dimensions = inferred(whole(target), numbers.entries().length);
            return numbers.withDimensions(dimensions);
        }
        Array array = (Array) value;
        int size = array.shape().size();
        double[] entries = target.entries();
        boolean isRow = entries.length == 2 && (entries[1] == size || entries[1] == -1 && entries[0] != -1
                || entries[1] == 0 && array.shape().isVector()) && !(entries[0] > 1);
        if (isRow) {
            return flat(array);
        }
        boolean isScalar = entries.length == 1 && size == 1 && !(entries[0] > 1);
        return isScalar ? new Array(entries(array.expression()).getFirst())
                : refuse("must make a row of all " + size + " entries for every sample, as to (-1, " + size + ")");
    }

    private static List<Integer> inferred(List<Integer> dimensions, int size) {
        long known = dimensions.stream().filter(dimension -> dimension >= 0).mapToLong(dimension -> dimension)
                .reduce(1, (product, dimension) -> Math.min(product * dimension, 1L << 40));
        List<Integer> all = dimensions.stream().map(dimension -> dimension == -1 && known > 0 ? (int) (size / known)
                : dimension).toList();
        long product = all.stream().mapToLong(dimension -> dimension).reduce(1, (x, y) -> Math.clamp(x * y, -1,
                1L << 40));
        return all.stream().allMatch(dimension -> dimension > 0) && product == size ? all
                : refuse("must keep all " + size + " numbers, made " + dimensions);
    }

    static Value squeeze(Value value, List<Integer> axes) {
        if (value instanceof Numbers numbers) {
            var dimensions = new ArrayList<>(numbers.dimensions());
            for (int axis : axes) {
                int place = axis < 0 ? axis + numbers.dimensions().size() : axis;
                if (place < 0 || place >= dimensions.size() || numbers.dimensions().get(place) != 1) {
                    throw new Refusal("must take away axes of length 1");
                }
                dimensions.set(place, -1);
            }
            return numbers.withDimensions(dimensions.stream().filter(dimension -> dimension >= 0).toList());
        }
        Array array = (Array) value;
        boolean isFirst = axes.size() == 1 && (axes.getFirst() == 1 || axes.getFirst() == -array.shape().rank());
        return isFirst && !array.shape().isScalar() && array.shape().dimension(0) == 1
                ? new Array(LinearAlgebra.entry(array.expression(), 0))
                : refuse("must take away axis 1 of length 1, had " + axes + " of " + array);
    }

    static Value unsqueeze(Value value, List<Integer> axes) {
        if (value instanceof Numbers numbers) {
            var dimensions = new ArrayList<>(numbers.dimensions());
            int rank = dimensions.size() + axes.size();
            axes.stream().map(axis -> axis < 0 ? axis + rank : axis).sorted().forEach(axis -> {
                if (axis < 0 || axis > dimensions.size()) {
                    throw new Refusal("has axes beyond those there are");
                }
                dimensions.add(axis, 1);
            });
            return numbers.withDimensions(dimensions);
        }
        Array array = (Array) value;
        boolean isFirst = axes.size() == 1 && (axes.getFirst() == 1 || axes.getFirst() == -1 - array.shape().rank());
        return isFirst && array.shape().rank() < 2 ? new Array(LinearAlgebra.stack(List.of(array.expression())))
                : refuse("must make a new axis 1, had " + axes + " of " + array);
    }

    static Value transpose(Value value, Attributes attributes) {
        Optional<List<Long>> order = attributes.integers("perm");
        if (value instanceof Numbers numbers && numbers.dimensions().size() == 2 && order.orElse(List.of(1L, 0L))
                .equals(List.of(1L, 0L))) {
            return numbers.transposed();
        }
        List<Long> same = value instanceof Array array ? IntStream.rangeClosed(0, array.shape().rank()).mapToObj(i ->
                (long) i).toList()
                : List.of();
        return order.isPresent() && order.get().equals(same) ? value : refuse("must be of a matrix of the file, had "
                + Value.inWords(value));
    }

    Value concat(List<Optional<Value>> operands, Attributes attributes) {
        long axis = attributes.integer("axis", 1);
        List<Value> all = IntStream.range(0, operands.size()).mapToObj(i -> required(operands, i)).toList();
        if (all.stream().allMatch(value -> value instanceof Numbers numbers && numbers.dimensions().size() == 1)) {
            return list(all.stream().flatMapToDouble(value -> DoubleStream.of(((Numbers) value).entries())));
        }
        if (axis == 0 && all.stream().allMatch(value -> value instanceof Numbers)) {
            return joined(all.stream().map(value -> (Numbers) value).toList());
        }
        var parts = new ArrayList<Expression>();
        for (Value value : all) {
            if (!(value instanceof Array array) || array.shape().isScalar() || axis != 1 && axis != -array.shape()
                    .rank()) {
                throw new Refusal("must put rows side by side, along axis 1 or -1, had axis " + axis + " of "
                        + Value.inWords(value));
            }
            IntStream.range(0, array.shape().dimension(0)).forEach(i ->
                    parts.add(LinearAlgebra.entry(array.expression(), i)));
        }
        return new Array(LinearAlgebra.stack(parts));
    }

    /** Numbers one after the other along their first axis. */
    private static Numbers joined(List<Numbers> parts) {
        List<Integer> inner = parts.getFirst().dimensions();
        if (inner.isEmpty() || parts.stream().anyMatch(part -> part.dimensions().size() != inner.size()
                || !part.dimensions().subList(1, inner.size()).equals(inner.subList(1, inner.size())))) {
            throw new Refusal("must put together what differs in the first axis only");
        }
        var dimensions = new ArrayList<>(inner);
        dimensions.set(0, parts.stream().mapToInt(part -> part.dimensions().getFirst()).sum());
        return new Numbers(parts.getFirst().name(), dimensions,
                parts.stream().flatMapToDouble(part -> DoubleStream.of(part.entries())).toArray());
    }

    static Value gather(Value value, Numbers index, Attributes attributes) {
        long axis = attributes.integer("axis", 0);
        if (value instanceof Numbers numbers && !numbers.dimensions().isEmpty() && axis == 0 && index.isOne()) {
            int rows = numbers.dimensions().getFirst();
            int row = position(whole(index).getFirst(), rows);
            int size = numbers.entries().length / rows;
            List<Integer> inner = numbers.dimensions().subList(1, numbers.dimensions().size());
            return new Numbers(numbers.name(), Stream.concat(index.dimensions().stream(), inner.stream()).toList(),
                    Arrays.copyOfRange(numbers.entries(), row * size, (row + 1) * size));
        }
        if (!(value instanceof Array array) || array.shape().isScalar() || axis != 1 && axis != -array.shape().rank()
                || index.dimensions().size() > 1) {
            throw new Refusal("must take entries of rows, along axis 1 or -1, had axis " + axis + " of "
                    + Value.inWords(value));
        }
        int length = array.shape().dimension(0);
        List<Expression> parts = whole(index).stream().map(i -> LinearAlgebra.entry(array.expression(), position(i,
                length))).toList();
        return new Array(index.dimensions().isEmpty() ? parts.getFirst() : stacked(parts));
    }

    private static int position(int index, int length) {
        int position = index < 0 ? index + length : index;
        return position >= 0 && position < length ? position : refuse("takes entry " + index + " of " + length);
    }

    private static Expression stacked(List<Expression> parts) {
        return parts.isEmpty() ? refuse("must leave something") : LinearAlgebra.stack(parts);
    }

    Value slice(List<Optional<Value>> operands, Attributes attributes) {
        Array array = array(operands, 0);
        int from = bound(operands, 1, attributes, "starts");
        int to = bound(operands, 2, attributes, "ends");
        int axis = operands.size() > 3 && operands.get(3).isPresent() ? one(numbers(operands, 3))
                : attributes.integers("axes").map(axes -> Math.toIntExact(axes.getFirst())).orElse(0);
        int step = operands.size() > 4 && operands.get(4).isPresent() ? one(numbers(operands, 4)) : 1;
        if (array.shape().isScalar() || axis != 1 && axis != -array.shape().rank() || step < 1) {
            throw new Refusal("must take entries of rows, along axis 1 or -1 and forwards, had axis " + axis + " of "
                    + array);
        }
        int length = array.shape().dimension(0);
        int first = Math.clamp(from < 0 ? (long) from + length : from, 0, length);
        int end = Math.clamp(to < 0 ? (long) to + length : to, 0, length);
        var parts = new ArrayList<Expression>();
        for (int i = first; i < end; i += step) {
            parts.add(LinearAlgebra.entry(array.expression(), i));
        }
        return new Array(stacked(parts));
    }

    private static int bound(List<Optional<Value>> operands, int i, Attributes attributes, String name) {
        return attributes.integers(name).map(all -> all.size() == 1 ? Math.clamp(all.getFirst(), Integer.MIN_VALUE,
                Integer.MAX_VALUE) : Operands.<Integer>refuse("must be along one axis")).orElseGet(() ->
                one(numbers(operands, i)));
    }

    private static int one(Numbers numbers) {
        return numbers.isOne() ? whole(numbers).getFirst() : refuse("must be along one axis");
    }

    static List<Value> split(List<Optional<Value>> operands, Attributes attributes, int results) {
        Array array = array(operands, 0);
        requireRow(array, attributes.integer("axis", 0));
        attributes.require("num_outputs", results);
        int length = array.shape().size();
        int equal = (length + results - 1) / results;
        List<Integer> sizes = attributes.integers("split").map(all -> all.stream().map(Math::toIntExact).toList())
                .or(() -> optional(operands, 1).map(_ -> whole(numbers(operands, 1))))
                .orElseGet(() -> IntStream.range(0, results).mapToObj(i -> Math.min(equal, length - i * equal))
                .toList());
        if (sizes.size() != results || sizes.stream().anyMatch(size -> size < 1)
                || sizes.stream().mapToLong(size -> size).sum() != length) {
            throw new Refusal("must split a row of " + length + " into " + results + " parts, had " + sizes);
        }
        var parts = new ArrayList<Value>();
        int from = 0;
        for (int size : sizes) {
            int first = from;
            parts.add(new Array(LinearAlgebra.stack(IntStream.range(first, first + size)
                    .mapToObj(i -> LinearAlgebra.entry(array.expression(), i)).toList())));
            from += size;
        }
        return parts;
    }

    /** To an array for every sample; of all axes only those of length 1 are repeated. */
    Value expand(Value value, Numbers target) {
        double[] dimensions = target.entries();
        if (value instanceof Numbers numbers && numbers.isOne() && DoubleStream.of(dimensions)
                .noneMatch(Double::isNaN)) {
            List<Integer> all = inferred(whole(target), (int) Math.min(Tensors.MOST_ENTRIES, DoubleStream.of(dimensions)
                    .reduce(1, (x, y) -> x * y)));
            int size = all.stream().reduce(1, (x, y) -> x * y);
            Work.hold(Place.HEAP, (long) size * Double.BYTES);
            var entries = new double[size];
            Arrays.fill(entries, numbers.entries()[0]);
            return new Numbers(Parameters.CONSTANTS, all, entries);
        }
        if (dimensions.length == 0 || !(value instanceof Numbers && Double.isNaN(dimensions[0])
                || value instanceof Array && dimensions[0] == 1)
                || !Arrays.stream(dimensions).skip(1).allMatch(dimension -> dimension >= 1
                && dimension <= Integer.MAX_VALUE)) {
            throw new Refusal("must repeat numbers for every sample, or an array along its axes");
        }
        Shape shape = Shape.of(Arrays.stream(dimensions).skip(1).mapToInt(dimension -> (int) dimension).toArray());
        if (value instanceof Numbers numbers) {
            return new Array(parameters.besides(numbers, shape));
        }
        Array array = (Array) value;
        return array.shape().size() == 1 && array.shape().rank() == shape.rank()
                ? new Array(LinearAlgebra.broadcast(entries(array.expression()).getFirst(), shape))
                : refuse("must repeat one number, had " + array);
    }

    /** The number of samples is NaN, as it is not known. */
    static Numbers shape(Array array, Attributes attributes) {
        double[] all = DoubleStream.concat(DoubleStream.of(Double.NaN), array.shape().dimensions().stream()
                .mapToDouble(x -> x)).toArray();
        int from = Math.clamp(fromEnd(attributes.integer("start", 0), all.length), 0, all.length);
        int to = Math.clamp(fromEnd(attributes.integer("end", all.length), all.length), from, all.length);
        return list(Arrays.stream(all, from, to));
    }

    private static long fromEnd(long position, int length) {
        return position < 0 ? position + length : position;
    }
}
