package dev.nabla.network;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.subtract;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.network.architectures.Architecture;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of a squared error with respect to every parameter, against central differences. */
class ArchitectureGradientTest {

    @ParameterizedTest
    @MethodSource("dev.nabla.network.Architectures#all")
    void gradientIsTheSlopeOfTheSquaredError(Architecture architecture) {
        Network network = Architectures.network(architecture, 4);
        Expression outputs = network.outputs();
        Expression error = LinearAlgebra.entrySum(power(subtract(outputs, constant(0.25, outputs.shape())), 2));
        List<Symbol> symbols = network.parameters().symbols();
        List<Expression> gradients = Derivative.gradient(error, List.copyOf(symbols));
        Map<String, double[]> point = Architectures.randomPoint(network, new SplittableRandom(7));
        for (int i = 0; i < symbols.size(); i++) {
            double[] gradient = Interpreter.evaluate(gradients.get(i), point);
            assertThat(gradient).hasSize(symbols.get(i).shape().size());
            for (int j = 0; j < gradient.length; j++) {
                double slope = Interpreter.slope(error, point, symbols.get(i).name(), j);
                assertThat(gradient[j]).as("%s, entry %d", symbols.get(i).name(), j)
                        .isCloseTo(slope, within(1e-7 * (1 + Math.abs(slope))));
            }
        }
    }
}
