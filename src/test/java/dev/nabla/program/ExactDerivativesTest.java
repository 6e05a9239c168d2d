package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.kernels.ExactDerivatives;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The derivatives of every function, written by {@link Derivative}, against more than 30 digits. */
class ExactDerivativesTest {

    private static final Symbol X = (Symbol) Arithmetic.perSampleSymbol("x", Shape.SCALAR);
    private static final int DRAWN = 150;

    @ParameterizedTest
    @EnumSource
    void keepTheirDigitsByKernelsUpToThirdOrder(ScalarFunction function) {
        check(function, new KernelEngine());
    }

    @ParameterizedTest
    @EnumSource
    void keepTheirDigitsByNd4jUpToThirdOrder(ScalarFunction function) {
        check(function, new Nd4jEngine());
    }

    private static void check(ScalarFunction function, Engine engine) {
        long seed = System.nanoTime();
        double[] arguments = ExactDerivatives.arguments(function, new SplittableRandom(seed), DRAWN);
        double[][] values = values(function, engine, arguments);
        assertThat(IntStream.range(0, values.length).boxed()
                .flatMap(order -> ExactDerivatives.faults(function, order, arguments, values[order])))
                .as("seed %d", seed).isEmpty();
    }

    /** The constants that an equation has in the place of its variables are folded to the same digits. */
    @ParameterizedTest
    @EnumSource
    void keepTheirDigitsWhereTheyAreFolded(ScalarFunction function) {
        long seed = System.nanoTime();
        double[] arguments = ExactDerivatives.arguments(function, new SplittableRandom(seed), DRAWN);
        List<Expression> derivatives = derivatives(function);
        assertThat(IntStream.range(0, derivatives.size()).boxed().flatMap(order -> ExactDerivatives.faults(function, order,
                arguments, Arrays.stream(arguments).map(x -> Interpreter.scalar(derivatives.get(order),
                        Map.of("x", new double[] {x}))).toArray())))
                .as("seed %d", seed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SIGMOID, 1, 36, 2.3195228302435683e-16", "SIGMOID, 1, 40, 4.248354255291589e-18",
        "TANH, 1, 14, 2.7657600427722565e-12", "TANH, 1, 19.06, 1.1136644107345582e-16",
        "SOFTPLUS, 2, 37.43, 5.5508250862537188e-17", "SWISH, 2, 40, -1.6143746170108038e-16",
        "GELU, 1, -8, -3.979607261086796e-14", "GELU, 1, -9, -9.1389373739066393e-18",
        "ERF, 1, 26, 2.9470349932662695e-294"
    })
    void keepTheirDigitsWhereTheFunctionIsFlat(ScalarFunction function, int order, double x, double expected) {
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            assertThat(values(function, engine, x)[order][0]).isCloseTo(expected, within(1e-14 * Math.abs(expected)));
        }
    }

    private static double[][] values(ScalarFunction function, Engine engine, double... arguments) {
        double[][][] values = Evaluation.of(derivatives(function), List.of(X), engine).evaluate(Map.of(),
                Map.of(X, Arrays.stream(arguments).mapToObj(x -> new double[] {x}).toArray(double[][]::new)),
                arguments.length);
        return Stream.of(values).map(ofOrder -> Stream.of(ofOrder).mapToDouble(row -> row[0]).toArray())
                .toArray(double[][]::new);
    }

    private static List<Expression> derivatives(ScalarFunction function) {
        var derivatives = new ArrayList<>(List.of(Arithmetic.apply(function, X)));
        for (int order = 1; order <= 3; order++) {
            derivatives.add(Derivative.of(derivatives.getLast(), X));
        }
        return derivatives;
    }
}
