package dev.nabla.benchmark;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasNonUnit;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.LAPACK_ROW_MAJOR;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrf;
import static org.bytedeco.openblas.global.openblas.cblas_dgemv;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;
import static org.bytedeco.openblas.global.openblas.cblas_dtrsv;

import dev.nabla.program.DampedLeastSquares;
import dev.nabla.program.FlatVector;
import dev.nabla.program.engine.KernelEngine;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps of Gauss–Newton per second from residuals and their Jacobian matrix: JᵀJ, its factors, the solution. For ND4J it is
 * the OpenBLAS that it brings.
 */
@Fork(1)
@Warmup(iterations = 3, time = 2, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 5, time = 2, timeUnit = TimeUnit.SECONDS)
@State(Scope.Benchmark)
public class LeastSquaresBenchmark {

    private static final double DAMPING = 0.1;

    @Param({"NABLA_KERNELS", "NABLA_ND4J"})
    Framework framework;

    /** Residuals x parameters. */
    @Param({"441x65", "825x921", "2000x2000", "5000x3000"})
    String size;

    private int rows;
    private int columns;
    private DampedLeastSquares linear;
    private double[] step;
    private double[] centre;
    private INDArray residuals;
    private INDArray matrix;
    private INDArray gram;
    private INDArray right;

    @Setup
    public void prepare() {
        rows = Integer.parseInt(size.split("x")[0]);
        columns = Integer.parseInt(size.split("x")[1]);
        var random = new SplittableRandom(1);
        residuals = Nd4j.createFromArray(random.doubles(rows, -1, 1).toArray());
        matrix = Nd4j.createFromArray(random.doubles((long) rows * columns, -1, 1).toArray());
        gram = Nd4j.zeros((long) columns * columns).castTo(matrix.dataType());
        right = Nd4j.zeros(columns).castTo(matrix.dataType());
        linear = new KernelEngine().leastSquares(rows, columns, false);
        FlatVector.doubles(linear.residuals()).copyFrom(FlatVector.doubles(residuals));
        MemorySegment.ofAddress(linear.rows().place() * Double.BYTES)
                .reinterpret((long) rows * columns * Double.BYTES).copyFrom(FlatVector.doubles(matrix));
        step = new double[columns];
        centre = new double[columns];
        double[] found = nabla().clone();
        double[] expected = openBlas().toDoubleVector();
        for (int i = 0; i < columns; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= 1e-8)) {
                throw new IllegalStateException("step " + i + " is " + found[i] + " and " + expected[i]);
            }
        }
    }

    @Benchmark
    public Object step() {
        return framework == Framework.NABLA_KERNELS ? nabla() : openBlas();
    }

    private double[] nabla() {
        linear.complete();
        if (!linear.solve(DAMPING, centre, step)) {
            throw new IllegalStateException("it is not positive definite");
        }
        return step;
    }

    private INDArray openBlas() {
        DoublePointer j = pointer(matrix);
        DoublePointer a = pointer(gram);
        DoublePointer x = pointer(right);
        cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, columns, rows, 1, j, columns, 0, a, columns);
        for (int i = 0; i < columns; i++) {
            long place = (long) i * columns + i;
            a.put(place, a.get(place) + DAMPING);
        }
        cblas_dgemv(CblasRowMajor, CblasTrans, rows, columns, -1, j, columns, pointer(residuals), 1, 0, x, 1);
        if (LAPACKE_dpotrf(LAPACK_ROW_MAJOR, (byte) 'U', columns, a, columns) != 0) {
            throw new IllegalStateException("it is not positive definite");
        }
        cblas_dtrsv(CblasRowMajor, CblasUpper, CblasTrans, CblasNonUnit, columns, a, columns, x, 1);
        cblas_dtrsv(CblasRowMajor, CblasUpper, CblasNoTrans, CblasNonUnit, columns, a, columns, x, 1);
        return right;
    }

    private static DoublePointer pointer(INDArray array) {
        return (DoublePointer) array.data().addressPointer();
    }
}
