package dev.nabla.benchmark;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.program.Executable;
import dev.nabla.program.Program;
import dev.nabla.program.SharedValues;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.training.WarmUp;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** What multiplies a square matrix of weights by a batch of vectors. */
public enum Multiplier {

    NABLA_KERNELS {
        @Override
        Product product(double[] weights, double[] vectors, int width, int batch, int threads) {
            Symbol matrix = (Symbol) Arithmetic.symbol("W", Shape.of(width, width));
            Symbol vector = (Symbol) Arithmetic.perSampleSymbol("x", Shape.of(width));
            var values = new SharedValues(Program.compile(List.of(LinearAlgebra.matrixProduct(matrix, vector)),
                    List.of(matrix, vector)));
            values.set(matrix, weights);
            var engine = new KernelEngine();
            WarmUp.run(engine);
            engine.lend(threads - 1);
            Executable executable = engine.prepare(values, batch);
            executable.load(vector, vectors, IntStream.range(0, batch).toArray(), 0);
            return new Product() {
                @Override
                public void compute() {
                    executable.run();
                }

                @Override
                public double[][] result() {
                    return executable.output(0);
                }
            };
        }
    },
    /** That of ND4J; on processors that are newer than it, only OPENBLAS_CORETYPE tells it which kernels are for them. */
    OPENBLAS {
        @Override
        Product product(double[] weights, double[] vectors, int width, int batch, int threads) {
            openblas_nolapack.blas_set_num_threads(threads);
            var a = new DoublePointer(weights);
            double[] columns = new double[vectors.length];
            for (int s = 0; s < batch; s++) {
                for (int e = 0; e < width; e++) {
                    columns[e * batch + s] = vectors[s * width + e];
                }
            }
            var x = new DoublePointer(columns);
            var z = new DoublePointer(vectors.length);
            return new Product() {
                @Override
                public void compute() {
                    openblas_nolapack.cblas_dgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, width, batch, width, 1, a, width, x, batch, 0, z,
                            batch);
                }

                @Override
                public double[][] result() {
                    double[][] rows = new double[batch][width];
                    for (int s = 0; s < batch; s++) {
                        for (int e = 0; e < width; e++) {
                            rows[s][e] = z.get((long) e * batch + s);
                        }
                    }
                    return rows;
                }
            };
        }
    };

    /** CBLAS's numbers of an order and of a form. */
    private static final int ROW_MAJOR = 101;
    private static final int AS_IT_IS = 111;

    /** A product that is computed again and again. */
    interface Product {

        void compute();

        /** For every vector its product, as last computed. */
        double[][] result();
    }

    /** @param vectors one after the other */
    abstract Product product(double[] weights, double[] vectors, int width, int batch, int threads);
}
