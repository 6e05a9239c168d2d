package dev.nabla.exports.routine;

import static dev.nabla.exports.routine.Loops.flat;
import static dev.nabla.exports.routine.Loops.loop;
import static dev.nabla.exports.routine.Loops.over;

import dev.nabla.exports.routine.Statement.Assign;
import dev.nabla.exports.routine.Statement.Define;
import dev.nabla.expression.Expression.MatrixProduct;
import dev.nabla.expression.Expression.Transpose;
import dev.nabla.expression.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A matrix product as loops, with the innermost over what lies side by side in memory: entries of the result where these are
 * the columns of a matrix or the left one is a transpose, else the products that are added.
 */
record MatrixProducts(OwnBuffers buffers, Elements elements) {

    void write(MatrixProduct m, Buffer target, Index at, int depth, List<Statement> out) {
        Shape shape = m.shape();
        int rows = shape.dimension(0);
        int inner = m.left().shape().dimension(1);
        boolean isVector = shape.isVector();
        int columns = isVector ? 1 : shape.dimension(1);
        boolean isInPlace = isVector ? m.left() instanceof Transpose && rows > 1 : columns > 1;
        if (!isInPlace) {
            Buffer sum = buffers.scalar(m.isPerSample());
            over(shape, depth, out, (index, body) -> {
                int d = depth + shape.rank();
                body.add(new Define(sum, Scalar.of(0)));
                loop(d, Index.of(0), inner, body, k -> accumulate(sum, m, index, k, d + 1));
                return new Assign(target, at.plus(flat(shape, index)), Scalar.of(sum));
            });
            return;
        }
        over(shape, depth, out, (index, _) -> new Assign(target, at.plus(flat(shape, index)), Scalar.of(0)));
        if (isVector) {
            loop(depth, Index.of(0), inner, out, k -> {
                var body = new ArrayList<Statement>();
                loop(depth + 1, Index.of(0), rows, body, i ->
                        addTo(target, at.plus(flat(shape, List.of(i))), m, List.of(i), k, depth + 2));
                return body;
            });
            return;
        }
        loop(depth, Index.of(0), rows, out, i -> {
            var middle = new ArrayList<Statement>();
            loop(depth + 1, Index.of(0), inner, middle, k -> {
                var body = new ArrayList<Statement>();
                loop(depth + 2, Index.of(0), columns, body, j ->
                        addTo(target, at.plus(flat(shape, List.of(i, j))), m, List.of(i, j), k, depth + 3));
                return body;
            });
            return middle;
        });
    }

    private List<Statement> accumulate(Buffer sum, MatrixProduct m, List<Index> index, Index k, int depth) {
        var body = new ArrayList<Statement>();
        Scalar term = termOf(m, index, k, depth, body);
        body.add(new Assign(sum, Index.of(0), Scalar.sum(Scalar.of(sum), term)));
        return body;
    }

    private List<Statement> addTo(Buffer target, Index place, MatrixProduct m, List<Index> index, Index k, int depth) {
        var body = new ArrayList<Statement>();
        Scalar term = termOf(m, index, k, depth, body);
        body.add(new Assign(target, place, Scalar.sum(new Scalar.Load(target, place), term)));
        return body;
    }

    private Scalar termOf(MatrixProduct m, List<Index> index, Index k, int depth, List<Statement> out) {
        List<Index> right = Stream.concat(Stream.of(k), index.stream().skip(1)).toList();
        return Scalar.product(elements.of(m.left(), List.of(index.getFirst(), k), depth, out),
                elements.of(m.right(), right, depth, out));
    }
}
