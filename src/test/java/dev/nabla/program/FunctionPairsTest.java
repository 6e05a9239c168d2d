package dev.nabla.program;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.program.Instruction.Apply;
import dev.nabla.program.Instruction.ApplyPair;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.kernels.FunctionPair;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionPairsTest {

    private static final Expression X = perSampleSymbol("x", Shape.SCALAR);

    @ParameterizedTest
    @EnumSource(names = {"TANH", "SIGMOID"})
    void anActivationAndItsDerivativesTakeOneExponential(ScalarFunction function) {
        Expression y = apply(function, X);
        Expression first = Derivative.of(y, X);
        Expression second = Derivative.of(first, X);
        List<Instruction> instructions = instructions(y, first, second, Derivative.of(second, X));
        assertThat(instructions).filteredOn(ApplyPair.class::isInstance).hasSize(1);
        assertThat(instructions).noneMatch(Apply.class::isInstance);
    }

    @Test
    void theNegativeThatOnlyASigmoidOfAPairReadsIsNotComputed() {
        assertThat(instructions(apply(ScalarFunction.SIGMOID, negate(X)), apply(ScalarFunction.SIGMOID, X)))
                .singleElement().isInstanceOfSatisfying(ApplyPair.class,
                        pair -> assertThat(pair.functions()).isEqualTo(FunctionPair.SIGMOIDS));
    }

    @Test
    void whatIsWantedAloneIsComputedAlone() {
        for (Expression alone : List.of(apply(ScalarFunction.TANH, X), apply(ScalarFunction.SIGMOID, negate(X)),
                power(apply(ScalarFunction.SECH, X), 2))) {
            assertThat(instructions(alone)).noneMatch(ApplyPair.class::isInstance);
        }
    }

    /** A stack of numbers is no number, so that functions of it are left to the program, which computes them once. */
    @Test
    void aPairOfConstantsIsComputedOnceForAllRuns() {
        Expression numbers = LinearAlgebra.stack(constant(0.5), constant(-2));
        Expression w = symbol("w", Shape.of(2));
        Expression sum = Arithmetic.sum(Arithmetic.product(apply(ScalarFunction.TANH, numbers), w),
                power(apply(ScalarFunction.SECH, numbers), 2));
        assertThat(Program.compile(List.of(sum), List.of((Symbol) w)).schedule().constants())
                .anyMatch(ApplyPair.class::isInstance);
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            double[] values = Evaluation.of(List.of(sum), List.of((Symbol) w), engine)
                    .evaluate(Map.of((Symbol) w, new double[] {3, 4}), Map.of(), 2)[0][1];
            assertThat(values).containsExactly(Interpreter.evaluate(sum, Map.of("w", new double[] {3, 4})),
                    within(1e-15));
        }
    }

    private static List<Instruction> instructions(Expression... outputs) {
        return Program.compile(Stream.of(outputs).toList(), List.of((Symbol) X)).schedule().instructions();
    }
}
