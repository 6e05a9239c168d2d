package dev.nabla.network.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.GSympNet;
import dev.nabla.network.architectures.LaSympNet;
import dev.nabla.network.architectures.VolumePreserving;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationTest {

    private static final Symbol X = (Symbol) Arithmetic.perSampleSymbol("x", Shape.of(3));

    /** Values and slopes by mpmath, at arguments where a careless formula overflows too. */
    @ParameterizedTest
    @CsvSource({
        "elu, -2, -0.86466471676338731, 0.13533528323661269", "elu, 0, 0, 1", "elu, 3, 3, 1", "elu, 1000, 1000, 1",
        "elu, -1000, -1, 0", "elu, -1e-20, -1e-20, 1",
        "selu, -2, -1.5201664685956946, 0.23793287225168182", "selu, 1, 1.0507009873554805, 1.0507009873554805",
        "leaky-relu, -3, -0.03, 0.01", "leaky-relu, 2, 2, 1",
        "mish, 1, 0.8650983882673103, 1.0490362200997922", "mish, -1000, 0, 0", "mish, 1000, 1000, 1",
        "softsign, -3, -0.75, 0.0625", "silu, 1, 0.73105857863000488, 0.92767051187148673",
        "x * tanh(softplus(x)), 1, 0.8650983882673103, 1.0490362200997922", "'D(x[1]^2, x)', 3, 6, 2", "x * pi, 2, 6.283185307179586, 3.141592653589793"
    })
    void hasTheValueAndTheSlopeOfItsPaperOnBothEngines(String name, double x, double value, double slope) {
        Expression y = Activation.of(name).apply(X);
        Expression first = LinearAlgebra.entry(y, 0);
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            double[][][] values = Evaluation.watched(List.of(first, Derivative.of(first, LinearAlgebra.entry(X, 0)),
                    LinearAlgebra.entry(Derivative.gradient(LinearAlgebra.entrySum(y), List.of(X)).getFirst(), 0)),
                    List.of(X), engine).evaluate(Map.of(), Map.of(X, new double[][] {{x, 0.5, -0.5}}), 1);
            assertThat(values[0][0][0]).isCloseTo(value, within(4e-16 * Math.abs(value)));
            assertThat(values[1][0][0]).isCloseTo(slope, within(4e-16 * Math.abs(slope)));
            assertThat(values[2][0][0]).isCloseTo(slope, within(4e-16 * Math.abs(slope)));
        }
    }

    @Test
    void softmaxAddsUpToOneAlongTheVectorHoweverLargeItsEntriesAre() {
        Expression y = Activation.of("softmax").apply(X);
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            double[][] values = Evaluation.watched(List.of(y), List.of(X), engine)
                    .evaluate(Map.of(), Map.of(X, new double[][] {{1, 2, 3}, {1000, 1001, 1002}, {-1e9, 0, 0}}), 3)[0];
            double[] expected = {0.090030573170380462, 0.24472847105479767, 0.66524095577482189};
            assertThat(values[0]).containsExactly(expected, within(1e-15));
            assertThat(values[1]).containsExactly(expected, within(1e-12));
            assertThat(values[2]).containsExactly(new double[] {0, 0.5, 0.5}, within(1e-15));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x + y, 4, unknown name 'y'", "x +, 3, expected", "sum(x), 0, must be a vector of that shape", "x[2] * x, 1, index 2",
        "1, 0, must be a vector of that shape", "log(-1) * x, 0, undefined"
    })
    void anEquationThatIsNoneIsRefusedAtItsPosition(String text, int position, String reason) {
        Problem problem = catchThrowableOfType(InvalidException.class, () -> Activation.of(text)).problems().getFirst();
        assertThat(problem.position()).isEqualTo(position);
        assertThat(problem.detail()).contains(reason);
    }

    @Test
    void whatMixesEntriesIsRefusedWhereTheStructureWouldBeLost() {
        Activation softmax = Activation.of("softmax");
        Activation mixed = Activation.of("x - mean(x)");
        for (Architecture architecture : List.of(new GSympNet(1, 3, softmax), new LaSympNet(1, 1, mixed),
                new VolumePreserving(1, softmax), new VolumePreserving(1, mixed))) {
            assertThat(catchThrowableOfType(InvalidException.class, () -> NetworkDefinition.of(Optional.empty(),
                    List.of("q1", "q2", "p1", "p2"), List.of("a", "b", "c", "d"), architecture)).problems())
                    .extracting(Problem::pointer).containsExactly("/architecture/activation");
        }
        assertThat(new GSympNet(1, 3, Activation.of("mish")).violations(4)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"x / norm(x), false", "softmax, false", "x - mean(x), false", "x * x[1], false", "tanh, true", "x * tanh(x), true",
        "'where(x > 0, x, 0)', true"})
    void whatMixesEntriesIsNotEntrywise(String activation, boolean isEntrywise) {
        assertThat(Activation.of(activation).violationOfEntrywise("").isEmpty()).isEqualTo(isEntrywise);
    }

    @Test
    void aWrongActivationIsToldOneListOfNames() {
        for (String wrong : List.of("tanhh", "foo(x)", "leaky-rely", "x +")) {
            assertThatThrownBy(() -> Activation.of(wrong)).as(wrong).satisfies(e -> assertThat(e.getMessage().split("softplus", -1))
                    .hasSizeLessThanOrEqualTo(2)).message().contains("equation in x");
        }
    }
}
