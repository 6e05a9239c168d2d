package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Scalarisation;
import dev.nabla.expression.Shape;
import dev.nabla.language.Equation;
import dev.nabla.language.Scope;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Equations in x, y and v = [x, y], as arrays and written out, by both engines: what has a value has that value, and what
 * has none, none.
 */
class WrittenArithmeticTest {

    private static final Expression V = Arithmetic.perSampleSymbol("inputs", Shape.of(2));
    private static final Expression W = Arithmetic.symbol("w", Shape.SCALAR);
    private static final Scope SCOPE = Scope.of(Map.of("v", V, "x", LinearAlgebra.entry(V, 0), "y",
            LinearAlgebra.entry(V, 1), "w", W));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x/49                              | 49     | 0     | 1 | 1",
        "step(1 - x/49)                    | 49     | 0     | 1 | 0",
        "x/10                              | 3      | 0     | 1 | 0.3",
        "v/10                              | 3      | 7     | 1 | 0.3 0.7",
        "(2*x)/3                           | 0.3    | 0     | 1 | 0.19999999999999998",
        "x/3/3                             | 1      | 0     | 1 | 0.1111111111111111",
        "x*2/3                             | 0.3    | 0     | 1 | 0.19999999999999998",
        "x/(-3)                            | 1      | 0     | 1 | -0.3333333333333333",
        "(x + y)/49                        | 24     | 25    | 1 | 1",
        "49/49*x                           | 3      | 0     | 1 | 3",
        "D(x^2/49, x)                      | 24.5   | 0     | 1 | 1",
        "1e-200*(1e-200*x)                 | 1e300  | 0     | 1 | ~1e-100",
        "1e-200*1e-200*x                   | 1e300  | 0     | 1 | ~1e-100",
        "1e200*(1e200*x)                   | 1e-300 | 0     | 1 | ~1e100",
        "1e200*(1e200*v)                   | 1e-300 | 0     | 1 | ~1e100 0",
        "(x*y)*x                           | 1e-170 | 1e100 | 1 | ~1e-240",
        "x*(x*y)                           | 1e-170 | 1e100 | 1 | ~1e-240",
        "w*(w*x)                           | 1e300  | 1e-200| 1e-200 | ~1e-100",
        "w*(x*y)                           | 1e-200 | 1e300 | 1e-200 | ~1e-100",
        "1e-200*(x*y)                      | 1e-200 | 1e300 | 1 | ~1e-100",
        "y*(x/1e-300)                      | 1e-200 | 1e-200| 1 | ~1e-100",
        "(x + 1)*(x*y)                     | 1e-170 | 1e100 | 1 | ~1e-70",
        "0.1*(0.3*x)                       | 1      | 0     | 1 | ~0.03",
        "0.1*(x - y)                       | 1.0000000000000002 | 1 | 1 | ~2.220446049250313e-17",
        "w*(x - y)                         | 1.0000000000000002 | 1 | 0.1 | ~2.220446049250313e-17",
        "0.1*x + 0.2*x                     | 1      | 0     | 1 | 0.30000000000000004",
        "x + 1e16 + 1                      | -1e16  | 0     | 1 | 1",
        "sum(0.1*v)                        | 0.3    | 0.6   | 1 | ~0.09",
        "(1e308 + x) + 1e308               | -1e308 | 0     | 1 | 1e308",
        "norm(v)                           | 1e-200 | 1e-200| 1 | ~1.414213562373095e-200",
        "norm(v)                           | 1e200  | 1     | 1 | 1e200",
        "norm(v)                           | 3      | -4    | 1 | 5",
        "norm(v)                           | 0      | 0     | 1 | 0",
        "D(norm(v), v)                     | 1e200  | 1     | 1 | 1 ~1e-200",
        "D(norm(v), x)                     | 1e200  | 1     | 1 | 1",
        "D(norm(v), v)                     | 49     | 0     | 1 | 1 0",
        "v/x                               | 49     | 98    | 1 | 1 2",
        "v/w                               | 49     | 98    | 49 | 1 2",
        "v/norm(v)                         | 49     | 0     | 1 | 1 0",
        "D(norm(v), v)                     | 0      | 0     | 1 | 0 0",
        "D(norm(v)^2, v)                   | 0      | 0     | 1 | 0 0",
        "D(norm(v)^2, v, v)                | 0      | 0     | 1 | 2 0 0 2",
        "D(exp(-norm(v)^2), v)             | 0      | 0     | 1 | 0 0",
        "D(norm(v)^3, v)                   | 0      | 0     | 1 | 0 0",
        "D(norm(v), v, v)                  | 0      | 0     | 1 | undefined",
        "D(norm(relu(v)), v)               | -1     | -2    | 1 | 0 0",
        "D(sqrt(x^2), x)                   | 0      | 0     | 1 | 0",
        "D(sqrt(x^2), x)                   | -49    | 0     | 1 | ~-1",
        "D(sqrt((x - y)^2), v)             | 1      | 1     | 1 | 0 0",
        "D(sqrt(abs(x)), x)                | 0      | 0     | 1 | 0",
        "D(sqrt(abs(v[1])), v)             | 0      | 1     | 1 | 0 0",
        "D(((x - y)^2)^0.5, v)             | 1      | 1     | 1 | 0 0",
        "D(((x - y)^2)^0.25, v)            | 1      | 1     | 1 | 0 0",
        "D((x^2)^0.75, x)                  | 4      | 0     | 1 | 3",
        "D(sqrt(x^2 + 1), x)               | 0      | 0     | 1 | 0",
        "D(sqrt(relu(x)), x)               | -1     | 0     | 1 | 0",
        "D(sqrt(x), x)                     | 0      | 0     | 1 | undefined",
        "D(sqrt(sum(v)), v)                | 0      | 0     | 1 | undefined",
        "D(log(x^2), x)                    | 0      | 0     | 1 | undefined",
        "D(1/x^2, x)                       | 0      | 0     | 1 | undefined",
        "D((x^3)^(1/3), x)                 | 0      | 0     | 1 | undefined",
        "D(sum(x^[0,1,2]), x)              | 0      | 0     | 1 | 1",
        "D(sum([x, x, x]^[0,1,2]), v)      | 0      | 0     | 1 | 1 0",
        "D(x^y, y)                         | 0      | 2     | 1 | 0",
        "D(x^y, y)                         | 0      | 0.5   | 1 | 0",
        "D(x^y, y)                         | 2      | 3     | 1 | ~5.545177444479562",
        "D(x^y, y)                         | 0      | 0     | 1 | undefined",
        "D(x^y, y)                         | 0      | -1    | 1 | undefined",
        "D(x^y, y)                         | -1     | 2     | 1 | undefined",
        "D(x^y, v)                         | 2      | 3     | 1 | 12 ~5.545177444479562",
        "D(x^y, y, y)                      | 2      | 3     | 1 | ~3.843624111345611",
        "xlogy(x, y)                       | 0      | 0     | 1 | 0",
        "xlogy(x, v)                       | 0      | 0     | 1 | 0 0",
        "xlogy(x, y)                       | 2      | 0     | 1 | undefined",
        "D(xlogy(x, y), v)                 | 3      | 2     | 1 | ~0.6931471805599453 1.5",
        "(x - y)/(x - y)                   | 1      | 1     | 1 | undefined",
        "(x - y)/(2*x - 2*y)               | 1      | 1     | 1 | undefined",
        "log(x) - log(y)                   | 0      | 0     | 1 | undefined",
        "x/y*(y + 1e-200)                  | -1e-250 | -1e-100 | 1 | ~-1e-250",
        "y/x*x                             | 1e-200 | 1e-200 | 1 | ~1e-200",
        "1e-300/x*(x/3)                    | 1e-100 | 0     | 1 | ~3.3333333333333333e-301",
        "D(exp(x)/(exp(x) + exp(y)), x)    | 400    | 399   | 1 | ~0.19661193324148185",
        "D(exp(x)/(exp(x) + exp(y)), y)    | 400    | 399   | 1 | ~-0.19661193324148185",
        "D(1e200/(y + 1e200*x), x)         | 1      | 1     | 1 | ~-1",
        "D(1/(1 + x^50), x)                | 1e4    | 0     | 1 | ~-5e-203",
        "D(1/exp(x), x)                    | 400    | 0     | 1 | ~-1.9151695967140057e-174",
        "D(1/(1 + exp(-x)), x)             | -400   | 0     | 1 | ~1.9151695967140057e-174",
        "D(y/x, x, x)                      | 1e110  | 1e250 | 1 | ~2e-80",
        "D(1e150/x, x)                     | 1e162  | 0     | 1 | ~-1e-174",
        "D(norm(v), x, x)                  | 1e200  | 1e200 | 1 | ~3.5355339059327376e-201",
        "D(norm(v), x, y)                  | 1e200  | 1e200 | 1 | ~-3.5355339059327376e-201",
        "D(norm(v), x, x)                  | 1e160  | 2e160 | 1 | ~3.5777087639996635e-161",
        "D(norm(v), v, v)                  | 1e160  | 2e160 | 1 | ~3.5777087639996635e-161 ~-1.7888543819998317e-161 ~-1.7888543819998317e-161 ~8.944271909999159e-162",
        "D(1/(1 + exp(x)), x, x)           | 400    | 0     | 1 | ~1.9151695967140057e-174",
        "D(1/(1 + exp(x)), x, x, x)        | 400    | 0     | 1 | ~-1.9151695967140057e-174",
        "D(1/(1 + exp(x)), v, v)           | 400    | 3     | 1 | ~1.9151695967140057e-174 0 0 0",
        "D(1/cosh(x), x, x)                | 400    | 0     | 1 | ~3.8303391934280114e-174",
        "D(1/cosh(2*x), x, x)              | 240    | 0     | 1 | ~2.765277203670894e-208",
        "D(1/cosh(x) + 1/cosh(y), v, v)    | 400    | 400   | 1 | ~3.8303391934280114e-174 0 0 ~3.8303391934280114e-174",
        "D(log(cosh(x)), x, x)             | 400    | 0     | 1 | 0",
        "D(log(1 + 1e200*cosh(x)), x, x)   | 1      | 0     | 1 | ~0.41997434161402614",
        "D(sqrt(x^2 + y^2), x)             | 1e200  | 1     | 1 | undefined",
        "D(abs(x)^2, x, x)                 | 0      | 0     | 1 | 2",
        "D(exp(-abs(x)^2), x, x)           | 0      | 0     | 1 | -2",
        "step(log(x))                      | -1     | 0     | 1 | undefined",
        "log(x)^y                          | -1     | 0     | 1 | undefined",
        "tanh(1/x)                         | 0      | 0     | 1 | undefined",
        "exp(-1/x)                         | 0      | 0     | 1 | undefined",
        "1/log(x)                          | 0      | 0     | 1 | undefined",
        "relu(-1/x)                        | 0      | 0     | 1 | undefined",
        "tanh(exp(x)*1e-310)               | 710    | 0     | 1 | undefined",
        "D(sigmoid(2*x), x)                | 1      | 0     | 1 | ~0.20998717080701303",
        "sigmoid(2*x) + sigmoid(-2*x)      | 1      | 0     | 1 | ~1",
        "D(swish(x/2), x)                  | 1      | 0     | 1 | ~0.3699805936513259",
        "D(softplus(x + x), x, x)          | 1      | 0     | 1 | ~0.41997434161402614",
        "0*log(x)                          | 0      | 0     | 1 | 0",
        "x^0                               | 0      | 0     | 1 | 1"
    })
    void whatIsWrittenIsComputed(String equation, double x, double y, double w, String expected) {
        Expression expression = Equation.parse(equation, SCOPE);
        List<Expression> entries = Scalarisation.of(List.of(expression)).get(expression);
        for (Engine engine : List.of(new KernelEngine(), new Nd4jEngine())) {
            assertValues(engine.name(), values(List.of(expression), new double[] {x, y}, w, engine), expected);
            assertValues(engine.name() + ", written out", values(entries, new double[] {x, y}, w, engine), expected);
        }
    }

    /** In a batch with another point. */
    private static double[] values(List<Expression> expressions, double[] point, double w, Engine engine) {
        double[][][] values = Evaluation.watched(expressions, List.of((Symbol) V, (Symbol) W), engine).evaluate(
                Map.of((Symbol) W, new double[] {w}), Map.of((Symbol) V, new double[][] {{1.5, 2.5}, point}), 2);
        return Arrays.stream(values).flatMapToDouble(value -> Arrays.stream(value[1])).toArray();
    }

    /** @param expected numbers, exact but for those behind a tilde */
    private static void assertValues(String description, double[] values, String expected) {
        if (expected.equals("undefined")) {
            assertThat(Arrays.stream(values).allMatch(Double::isFinite)).as(description).isFalse();
            return;
        }
        String[] numbers = expected.split(" ");
        assertThat(values).as(description).hasSize(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            double number = Double.parseDouble(numbers[i].replace("~", ""));
            double error = numbers[i].startsWith("~") ? 1e-14 * Math.abs(number) : 0;
            assertThat(values[i]).as(description).isCloseTo(number, within(error));
        }
    }
}
