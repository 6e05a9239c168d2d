package dev.nabla.exports.routine;

import static dev.nabla.exports.routine.Loops.flat;
import static dev.nabla.exports.routine.Loops.loop;
import static dev.nabla.exports.routine.Loops.over;

import dev.nabla.exports.routine.Statement.Assign;
import dev.nabla.exports.routine.Statement.Define;
import dev.nabla.expression.Expression.Solve;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gaussian elimination of [A B I] as loops, each pivot brought to its place by exchanges with what is smaller next to the
 * largest entry of its row; NaN where a relative change of n ulp makes the matrix singular, as in Nabla itself.
 */
record Elimination(OwnBuffers buffers, Elements elements) {

    void write(Solve s, Buffer target, Index at, int depth, List<Statement> out) {
        int n = s.matrix().shape().dimension(0);
        int m = s.right().shape().isVector() ? 1 : s.right().shape().dimension(1);
        int width = 2 * n + m;
        boolean perSample = s.isPerSample();
        Buffer rows = buffers.array(n * width, perSample);
        Buffer scales = buffers.array(n, perSample);
        Function<List<Index>, Scalar> row = index -> new Scalar.Load(rows,
                index.get(0).times(width).plus(index.get(1)));
        int d = depth;
        loop(d, Index.of(0), n, out, i -> {
            var body = new ArrayList<Statement>();
            Index start = i.times(width);
            body.add(new Assign(scales, i, Scalar.of(0)));
            loop(d + 1, Index.of(0), n, body, j -> {
                var inner = new ArrayList<Statement>();
                inner.add(new Assign(rows, start.plus(j), elements.of(s.matrix(), List.of(i, j), d + 2, inner)));
                inner.add(new Assign(scales, i, Scalar.call("max", new Scalar.Load(scales, i),
                        Scalar.call("abs", new Scalar.Load(rows, start.plus(j))))));
                inner.add(new Assign(rows, start.plus(j).plus(n + m), Scalar.of(0)));
                return inner;
            });
            loop(d + 1, Index.of(0), m, body, j -> {
                var inner = new ArrayList<Statement>();
                List<Index> index = s.right().shape().isVector() ? List.of(i) : List.of(i, j);
                inner.add(new Assign(rows, start.plus(j).plus(n), elements.of(s.right(), index, d + 2, inner)));
                return inner;
            });
            body.add(new Assign(rows, start.plus(i).plus(n + m), Scalar.of(1)));
            return body;
        });
        loop(d, Index.of(0), n, out, k -> {
            var body = new ArrayList<Statement>();
            loop(d + 1, k.plus(1), n, body, i -> {
                var inner = new ArrayList<Statement>();
                Buffer larger = buffers.scalar(perSample);
                Buffer above = buffers.scalar(perSample);
                Buffer below = buffers.scalar(perSample);
                inner.add(new Define(larger, Scalar.call("greater",
                        new Scalar.Quotient(Scalar.call("abs", row.apply(List.of(i, k))), new Scalar.Load(scales, i)),
                        new Scalar.Quotient(Scalar.call("abs", row.apply(List.of(k, k))), new Scalar.Load(scales,
                        k)))));
                exchange(larger, above, below, new Place(scales, k), new Place(scales, i), inner);
                Buffer first = buffers.scalar(perSample);
                Buffer second = buffers.scalar(perSample);
                loop(d + 2, Index.of(0), width, inner, j -> {
                    var swap = new ArrayList<Statement>();
                    exchange(larger, first, second, new Place(rows, k.times(width).plus(j)),
                            new Place(rows, i.times(width).plus(j)), swap);
                    return swap;
                });
                return inner;
            });
            Buffer factor = buffers.scalar(perSample);
            loop(d + 1, k.plus(1), n, body, i -> {
                var inner = new ArrayList<Statement>();
                inner.add(new Define(factor, new Scalar.Quotient(row.apply(List.of(i, k)), row.apply(List.of(k, k)))));
                loop(d + 2, k.plus(1), width, inner, j -> subtract(rows, i, j, k, factor, width));
                return inner;
            });
            return body;
        });
        loop(d, Index.of(0), n, out, up -> {
            var body = new ArrayList<Statement>();
            Index i = up.times(-1).plus(n - 1);
            Buffer factor = buffers.scalar(perSample);
            loop(d + 1, i.plus(1), n, body, k -> {
                var inner = new ArrayList<Statement>();
                inner.add(new Define(factor, row.apply(List.of(i, k))));
                loop(d + 2, Index.of(n), width, inner, j -> subtract(rows, i, j, k, factor, width));
                return inner;
            });
            loop(d + 1, Index.of(n), width, body, j -> List.of(new Assign(rows, i.times(width).plus(j),
                    new Scalar.Quotient(row.apply(List.of(i, j)), row.apply(List.of(i, i))))));
            return body;
        });
        Buffer condition = buffers.scalar(perSample);
        Buffer sum = buffers.scalar(perSample);
        out.add(new Define(condition, Scalar.of(0)));
        loop(d, Index.of(0), n, out, i -> {
            var body = new ArrayList<Statement>();
            body.add(new Define(sum, Scalar.of(0)));
            loop(d + 1, Index.of(0), n, body, j -> {
                var inner = new ArrayList<Statement>();
                inner.add(new Assign(sum, Index.of(0), Scalar.sum(Scalar.of(sum), Scalar.call("abs", Scalar.product(
                        row.apply(List.of(i, j.plus(n + m))), elements.of(s.matrix(), List.of(j, i), d + 2, inner))))));
                return inner;
            });
            body.add(new Assign(condition, Index.of(0), Scalar.call("max", Scalar.of(condition), Scalar.of(sum))));
            return body;
        });
        Buffer regular = buffers.scalar(perSample);
        out.add(new Define(regular, Scalar.call("regular", Scalar.product(Scalar.of(n), Scalar.of(condition)))));
        over(s.shape(), d, out, (index, _) -> {
            Index j = index.size() == 1 ? Index.of(0) : index.get(1);
            return new Assign(target, at.plus(flat(s.shape(), index)), Scalar.product(Scalar.of(regular),
                    row.apply(List.of(index.getFirst(), j.plus(n)))));
        });
    }

    private record Place(Buffer buffer, Index at) {

        Scalar load() {
            return new Scalar.Load(buffer, at);
        }
    }

    private static void exchange(Buffer condition, Buffer first, Buffer second, Place here, Place there,
            List<Statement> out) {
        out.add(new Define(first, Scalar.call("where", Scalar.of(condition), there.load(), here.load())));
        out.add(new Define(second, Scalar.call("where", Scalar.of(condition), here.load(), there.load())));
        out.add(new Assign(here.buffer(), here.at(), Scalar.of(first)));
        out.add(new Assign(there.buffer(), there.at(), Scalar.of(second)));
    }

    private static List<Statement> subtract(Buffer rows, Index i, Index j, Index k, Buffer factor, int width) {
        Index place = i.times(width).plus(j);
        return List.of(new Assign(rows, place, Scalar.sum(new Scalar.Load(rows, place), new Scalar.Negation(
                Scalar.product(Scalar.of(factor), new Scalar.Load(rows, k.times(width).plus(j)))))));
    }
}
