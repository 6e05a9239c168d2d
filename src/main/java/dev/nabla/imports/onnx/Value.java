package dev.nabla.imports.onnx;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Shape;
import java.util.Arrays;
import java.util.List;

/** What a name of the graph stands for. */
sealed interface Value {

    /**
     * Numbers that are in the file, or follow from it.
     *
     * @param name by which the file calls them, or what they are made of
     * @param dimensions outermost first
     * @param entries row-major; a dimension that is the number of samples is NaN
     */
    record Numbers(String name, List<Integer> dimensions, double[] entries) implements Value {

        boolean isOne() {
            return entries.length == 1;
        }

        /** The dimensions without those of 1 that stand before what has this rank. */
        List<Integer> dimensionsOfRank(int rank) {
            int from = 0;
            while (dimensions.size() - from > rank && dimensions.get(from) == 1) {
                from++;
            }
            return dimensions.subList(from, dimensions.size());
        }

        Numbers withDimensions(List<Integer> others) {
            return new Numbers(name, others, entries);
        }

        /** Of a matrix. */
        Numbers transposed() {
            int rows = dimensions.get(0);
            int columns = dimensions.get(1);
            var transposed = new double[entries.length];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    transposed[j * rows + i] = entries[i * columns + j];
                }
            }
            return new Numbers(name + "^T", List.of(columns, rows), transposed);
        }
    }

    /** An array for every sample; the tensor has one axis more, the first, for samples. */
    record Array(Expression expression) implements Value {

        Shape shape() {
            return expression.shape();
        }

        @Override
        public String toString() {
            return "(samples" + String.join("", shape().dimensions().stream().map(dimension -> ", " + dimension)
                    .toList()) + ")";
        }
    }

    /** The dimensions in words. */
    static String inWords(Value value) {
        return switch (value) {
            case Array array -> array.toString();
            case Numbers numbers -> Arrays.toString(numbers.dimensions().toArray());
        };
    }
}
