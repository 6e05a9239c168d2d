package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BinaryFunctionTest {

    private static final Expression X = symbol("x", Shape.of(2));
    private static final Expression Y = symbol("y", Shape.of(2));

    @ParameterizedTest
    @EnumSource
    void derivativesAreTheSlopesInBothModesAndBothOrders(BinaryFunction function) {
        Map<String, double[]> point = Map.of("x", new double[] {0.7, 1.4}, "y", new double[] {1.9, 0.6});
        Expression value = apply(function, X, power(Y, 2));
        for (Expression by : List.of(X, Y)) {
            String name = ((Expression.Symbol) by).name();
            Expression jacobian = Derivative.of(value, by);
            Expression gradient = Derivative.of(LinearAlgebra.entrySum(value), by);
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    assertThat(Interpreter.scalar(LinearAlgebra.entry(jacobian, i, j), point))
                            .as("%s %d %d", name, i, j).isCloseTo(
                                    Interpreter.slope(LinearAlgebra.entry(value, i), point, name, j), within(1e-8));
                    Expression first = LinearAlgebra.entry(gradient, i);
                    Expression second = Derivative.of(first, LinearAlgebra.entry(by, j));
                    assertThat(Interpreter.scalar(second, point)).as("%s %d %d", name, i, j)
                            .isCloseTo(Interpreter.slope(first, point, name, j), within(1e-8));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersAreComputedWhenTheyAreRead(BinaryFunction function) {
        assertThat(apply(function, Arithmetic.constant(2), Arithmetic.constant(3)))
                .isSameAs(Arithmetic.constant(function.value(2, 3)));
    }
}
