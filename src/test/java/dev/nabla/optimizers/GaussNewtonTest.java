package dev.nabla.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;

class GaussNewtonTest {

    /** Functions with differences for derivatives, solved by the inverse of the matrix. */
    private static final class Plain implements SumOfSquares {

        private final UnaryOperator<double[]> functions;
        private RealMatrix jacobian = MatrixUtils.createRealIdentityMatrix(1);
        private RealVector residuals = new ArrayRealVector(1);
        private DecompositionSolver solver = new LUDecomposition(jacobian).getSolver();

        Plain(UnaryOperator<double[]> functions) {
            this.functions = functions;
        }

        @Override
        public double at(double[] point) {
            return Arrays.stream(functions.apply(point)).map(r -> r * r).sum();
        }

        @Override
        public double linearize(double[] point, double[] slope) {
            double[] here = functions.apply(point);
            double[][] rows = new double[here.length][point.length];
            for (int i = 0; i < point.length; i++) {
                double[] ahead = point.clone();
                double[] behind = point.clone();
                ahead[i] += 1e-6;
                behind[i] -= 1e-6;
                double[] a = functions.apply(ahead);
                double[] b = functions.apply(behind);
                for (int k = 0; k < rows.length; k++) {
                    rows[k][i] = (a[k] - b[k]) / 2e-6;
                }
            }
            jacobian = MatrixUtils.createRealMatrix(rows);
            residuals = new ArrayRealVector(here);
            set(slope, jacobian.transpose().operate(residuals));
            return at(point);
        }

        @Override
        public double product(double[] step, double[] other) {
            return DifferentiableFunction.dot(step, other);
        }

        @Override
        public double scale() {
            return IntStream.range(0, jacobian.getColumnDimension()).mapToObj(jacobian::getColumnVector)
                    .mapToDouble(column -> column.dotProduct(column)).max().orElseThrow();
        }

        @Override
        public boolean solve(double[] point, double damping, double[] centre, double[] step) {
            RealMatrix damped = jacobian.transpose().multiply(jacobian)
                    .add(MatrixUtils.createRealIdentityMatrix(centre.length).scalarMultiply(damping));
            try {
                solver = new CholeskyDecomposition(damped).getSolver();
            } catch (NonPositiveDefiniteMatrixException e) {
                return false;
            }
            set(step, solver.solve(new ArrayRealVector(centre).mapMultiply(damping).subtract(jacobian.transpose().operate(residuals))));
            return true;
        }

        @Override
        public boolean cut(double[] point, double[] step) {
            return false;
        }

        @Override
        public boolean isOnBound(double[] point) {
            return false;
        }

        @Override
        public double[] offBounds(double[] point, double sum) {
            return point;
        }

        @Override
        public double[] nearest(double[] point) {
            return point;
        }

        @Override
        public void correct(double[] point, double[] step, double[] correction) {
            RealVector second = new ArrayRealVector(functions.apply(moved(point, step, 0.1)))
                    .add(new ArrayRealVector(functions.apply(moved(point, step, -0.1)))).subtract(residuals.mapMultiply(2)).mapDivide(0.01);
            set(correction, solver.solve(jacobian.transpose().operate(second)).mapMultiply(-1));
        }

        private static double[] moved(double[] point, double[] step, double part) {
            double[] moved = point.clone();
            Arrays.setAll(moved, i -> point[i] + part * step[i]);
            return moved;
        }

        private static void set(double[] target, RealVector vector) {
            Arrays.setAll(target, vector::getEntry);
        }
    }

    private static double[] rosenbrock(double[] x) {
        return new double[] {10 * (x[1] - x[0] * x[0]), 1 - x[0]};
    }

    private static GaussNewtonSettings settings(double momentum) {
        return new GaussNewtonSettings(1e-3, GaussNewtonSettings.Space.AUTO, momentum, 1e-9);
    }

    private static int iterations(GaussNewton optimizer) {
        int iterations = 0;
        while (!optimizer.isAtMinimum(1e-9) && iterations < 200) {
            double before = optimizer.value();
            assertThat(optimizer.iterate()).isTrue();
            assertThat(optimizer.value()).isLessThan(before);
            iterations++;
        }
        return iterations;
    }

    @Test
    void itSolvesRosenbrocksValley() {
        for (double momentum : List.of(0.0, 0.5)) {
            var optimizer = new GaussNewton(settings(momentum), new Plain(GaussNewtonTest::rosenbrock), new double[] {-1.2, 1});
            assertThat(iterations(optimizer)).as("momentum %s", momentum).isLessThan(40);
            assertThat(optimizer.point()).containsExactly(new double[] {1, 1}, within(1e-8));
        }
    }

    /** Powell's function has a singular Jacobian matrix at its minimum. */
    @Test
    void itSolvesPowellsSingularFunction() {
        var optimizer = new GaussNewton(settings(0), new Plain(x -> new double[] {x[0] + 10 * x[1], Math.sqrt(5) * (x[2] - x[3]),
            (x[1] - 2 * x[2]) * (x[1] - 2 * x[2]), Math.sqrt(10) * (x[0] - x[3]) * (x[0] - x[3])}), new double[] {3, -1, 0, 1});
        assertThat(iterations(optimizer)).isLessThan(60);
        assertThat(optimizer.value()).isLessThan(1e-10);
    }

    /** Where no function has the value 0, the gradient is 0. */
    @Test
    void itFitsWhatCannotBeFittedExactly() {
        double[] t = {0, 1, 2, 3, 4};
        double[] y = {1, 0.7, 0.4, 0.35, 0.1};
        var optimizer = new GaussNewton(settings(0), new Plain(x -> {
            double[] r = new double[t.length];
            Arrays.setAll(r, i -> x[0] * Math.exp(-x[1] * t[i]) - y[i]);
            return r;
        }), new double[] {3, -0.2});
        assertThat(iterations(optimizer)).isLessThan(60);
        assertThat(optimizer.point()).containsExactly(new double[] {1.0106, 0.4273}, within(1e-2));
    }

    @Test
    void itEndsWhereThereIsNoLowerValue() {
        var optimizer = new GaussNewton(new GaussNewtonSettings(1e-3, GaussNewtonSettings.Space.AUTO, 0, 0),
                new Plain(GaussNewtonTest::rosenbrock), new double[] {1, 1});
        assertThat(optimizer.iterate()).isFalse();
        assertThat(optimizer.point()).containsExactly(1, 1);
    }

    /** Whoever finds no step on some points goes on when there are others. */
    @Test
    void itGoesOnWhenItIsAnotherSum() {
        double[] target = {1};
        var optimizer = new GaussNewton(new GaussNewtonSettings(1e-3, GaussNewtonSettings.Space.AUTO, 0, 0), new Plain(x ->
                new double[] {x[0] - target[0], x[0] * x[0] - target[0] * target[0] + 1}), new double[] {0});
        for (int round = 0; round < 5; round++) {
            target[0] = 1 + round;
            optimizer.restart();
            for (int i = 0; i < 100; i++) {
                optimizer.iterate();
            }
            assertThat(optimizer.point()[0]).as("round %d", round).isCloseTo(target[0], within(0.6));
        }
    }

    @Test
    void aValueThatIsNoNumberIsNotSteppedTo() {
        var optimizer = new GaussNewton(settings(0), new Plain(x -> new double[] {Math.log(x[0])}), new double[] {20});
        iterations(optimizer);
        assertThat(optimizer.point()[0]).isCloseTo(1, within(1e-8));
    }
}
