package dev.nabla.web.inference;

import dev.nabla.expression.Shape;
import dev.nabla.problems.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The values of an equation at all samples, as they are answered. */
final class OutputTensor {

    private final String equation;
    private final Shape shape;
    private final Datatype datatype;
    private final boolean isBinary;
    private final double[][] values;

    /**
     * @param isBinary whether its numbers are behind the JSON
     * @param values {@code [sample][entry]}
     */
    OutputTensor(String equation, Shape shape, Datatype datatype, boolean isBinary, double[][] values) {
        this.equation = equation;
        this.shape = shape;
        this.datatype = datatype;
        this.isBinary = isBinary;
        this.values = values;
    }

    boolean isBinary() {
        return isBinary;
    }

    /** The first sample that has a number beyond all of the datatype, if one has. */
    Optional<Problem> overflow(String pointer) {
        return IntStream.range(0, values.length).boxed().filter(s -> IntStream.range(0, shape.size())
                        .anyMatch(e -> Double.isInfinite(datatype.nearest(values[s][e]).doubleValue()))).findFirst()
                .map(s -> Problem.of(pointer, "'" + equation + "' is larger than any " + datatype + " for sample " + s
                        + ": send the inputs as FP64"));
    }

    InferenceResponse.OutputTensor described() {
        return new InferenceResponse.OutputTensor(equation,
                Stream.concat(Stream.of(values.length), shape.dimensions().stream()).toList(), datatype,
                isBinary ? Map.of("binary_data_size", (long) datatype.bytes() * values.length * shape.size()) : null,
                isBinary ? null : numbers());
    }

    /** Row by row, made when they are written. */
    private List<Number> numbers() {
        return new AbstractList<>() {

            @Override
            public Number get(int index) {
                return datatype.nearest(values[index / shape.size()][index % shape.size()]);
            }

            @Override
            public int size() {
                return values.length * shape.size();
            }
        };
    }

    void write(OutputStream stream) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(datatype.bytes() * shape.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (double[] sample : values) {
            for (double number : sample) {
                datatype.write(number, bytes);
            }
            stream.write(bytes.array());
            bytes.clear();
        }
    }
}
