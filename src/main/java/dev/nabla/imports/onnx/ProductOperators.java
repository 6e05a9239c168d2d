package dev.nabla.imports.onnx;

import static dev.nabla.imports.onnx.Operands.array;
import static dev.nabla.imports.onnx.Operands.numbers;
import static dev.nabla.imports.onnx.Operands.optional;
import static dev.nabla.imports.onnx.Operands.refuse;
import static dev.nabla.imports.onnx.Operands.required;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.imports.onnx.Value.Array;
import dev.nabla.imports.onnx.Value.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operators of ONNX that multiply matrices make of values. */
record ProductOperators(Parameters parameters) {

    private static final Pattern PRODUCT =
            Pattern.compile("(?<left>s?)(?<matrix>ij|ji),(?<right>s?)j(?<columns>k?)->(?<samples>s?)i(?<of>k?)");

    Value gemm(List<Optional<Value>> operands, Attributes attributes) {
        double alpha = attributes.number("alpha", 1);
        double beta = attributes.number("beta", 1);
        attributes.require("transA", 0);
        boolean isTransposed = attributes.integer("transB", 0) != 0;
        Numbers matrix = numbers(operands, 1);
        Array product = matrixProduct(array(operands, 0), isTransposed ? transposed(matrix) : matrix);
        Expression scaled = times(alpha, product.expression());
        return new Array(optional(operands, 2).map(bias -> Arithmetic.sum(scaled, times(beta,
                bias instanceof Numbers numbers
                ? parameters.besides(numbers, scaled.shape()) : ((Array) bias).expression()))).orElse(scaled));
    }

    private static Expression times(double factor, Expression value) {
        return factor == 1 ? value : Arithmetic.product(Parameters.constant(factor, value.shape()), value);
    }

    private static Numbers transposed(Numbers matrix) {
        return matrix.dimensions().size() == 2 ? matrix.transposed() : refuse("must have a matrix as operand 1");
    }

    /** Of rows by a matrix: of each row, as a vector, the transposed matrix by it. */
    Array matrixProduct(Array rows, Numbers matrix) {
        int rank = matrix.dimensions().size();
        if (!rows.shape().isVector() || rank < 1 || rank > 2 || matrix.dimensions().getFirst() != rows.shape().size()) {
            throw new Refusal("must multiply rows by a matrix that fits them, had " + rows + " by "
                    + Value.inWords(matrix));
        }
        if (rank == 1) {
            return new Array(LinearAlgebra.dot(parameters.parameter(matrix), rows.expression()));
        }
        return new Array(LinearAlgebra.matrixProduct(parameters.parameter(untransposed(matrix)), rows.expression()));
    }

    /** The transpose of a transpose is called by the name of what is in the file. */
    private static Numbers untransposed(Numbers matrix) {
        Numbers result = matrix.transposed();
        return result.name().endsWith("^T^T") ? new Numbers(result.name().replace("^T^T", ""), result.dimensions(),
                result.entries())
                : result;
    }

    /** A product of two matrices or of a matrix by a vector, as Nabla's own files have it: s are samples. */
    Value einsum(List<Optional<Value>> operands, Attributes attributes) {
        String equation = attributes.text("equation", "").replace(" ", "");
        Matcher product = PRODUCT.matcher(equation);
        boolean isProduct = operands.size() == 2 && product.matches() && product.group("columns")
                .equals(product.group("of"))
                && product.group("samples").isEmpty() == (product.group("left") + product.group("right")).isEmpty();
        if (!isProduct) {
            throw new Refusal("must be a product of matrices, as sij,sjk->sik, was '" + equation + "'");
        }
        Value left = requireAxes(required(operands, 0), product.group("left"), 2);
        Value right = requireAxes(required(operands, 1), product.group("right"), 1 + product.group("columns").length());
        boolean isTransposed = product.group("matrix").equals("ji");
        if (left instanceof Numbers matrix && right instanceof Numbers other) {
            return multiplied(isTransposed ? matrix.transposed() : matrix, other);
        }
        Expression matrix = parameters.expression(left);
        return new Array(LinearAlgebra.matrixProduct(isTransposed ? LinearAlgebra.transpose(matrix) : matrix,
                parameters.expression(right)));
    }

    private static Value requireAxes(Value value, String samples, int rank) {
        int found = value instanceof Array array ? array.shape().rank() : ((Numbers) value).dimensions().size();
        return found == rank && value instanceof Array != samples.isEmpty() ? value
                : refuse("must have operands with the axes that it names, had " + Value.inWords(value));
    }

    private static Numbers multiplied(Numbers matrix, Numbers right) {
        int rows = matrix.dimensions().get(0);
        int inner = matrix.dimensions().get(1);
        int columns = right.dimensions().size() == 1 ? 1 : right.dimensions().get(1);
        if (right.dimensions().getFirst() != inner) {
            throw new Refusal("must multiply what fits, had " + Value.inWords(matrix) + " by " + Value.inWords(right));
        }
        Work.spend((double) rows * inner * columns);
        Work.hold(Place.HEAP, (long) rows * columns * Double.BYTES);
        var entries = new double[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < entries.length; i++) {
            for (int j = 0; j < inner; j++) {
                entries[i] += matrix.entries()[i / columns * inner + j] * right.entries()[j * columns + i % columns];
            }
        }
        return new Numbers(matrix.name(), right.dimensions().size() == 1 ? List.of(rows) : List.of(rows, columns),
                entries);
    }
}
