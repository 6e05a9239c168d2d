package dev.nabla.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductDerivativeTest {

    /** The derivative of Π sin(xᵢ) by xₖ is cos(xₖ) times the other sines. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 9})
    void everyFactorIsReplacedByItsDerivativeOnce(int count) {
        List<Expression> variables = new ArrayList<>();
        Map<String, double[]> values = new HashMap<>();
        for (int i = 0; i < count; i++) {
            variables.add(Arithmetic.symbol("x" + i, Shape.SCALAR));
            values.put("x" + i, new double[] {0.5 + 0.1 * i});
        }
        Expression product = Arithmetic.product(variables.stream()
                .map(x -> Arithmetic.apply(ScalarFunction.SIN, x)).toList());
        List<Expression> gradient = Derivative.gradient(product, variables);
        for (int k = 0; k < count; k++) {
            double expected = 1;
            for (int i = 0; i < count; i++) {
                expected *= i == k ? Math.cos(0.5 + 0.1 * i) : Math.sin(0.5 + 0.1 * i);
            }
            assertThat(Interpreter.scalar(gradient.get(k), values)).as("by x%d", k).isCloseTo(expected, within(1e-15));
            assertThat(Interpreter.scalar(ForwardMode.along(product, variables.get(k), Arithmetic.constant(1)), values))
                    .as("along x%d", k).isCloseTo(expected, within(1e-15));
        }
    }
}
