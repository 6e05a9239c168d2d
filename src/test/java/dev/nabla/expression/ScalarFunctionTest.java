package dev.nabla.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarFunctionTest {

    /** Value and first three derivatives against Hipparchus' derivative structures. */
    @ParameterizedTest
    @EnumSource
    void derivativesAreThoseOfHipparchus(ScalarFunction function) {
        Expression x = Arithmetic.symbol("x", Shape.SCALAR);
        Expression[] derivatives = new Expression[4];
        derivatives[0] = Arithmetic.apply(function, x);
        for (int order = 1; order < 4; order++) {
            derivatives[order] = Derivative.of(derivatives[order - 1], x);
        }
        var factory = new DSFactory(1, 3);
        for (double point = -3.05; point < 3.1; point += 0.1) {
            double at = where(function, point);
            DerivativeStructure expected = expected(function, factory.variable(0, at));
            for (int order = 0; order < 4; order++) {
                double value = Interpreter.scalar(derivatives[order], Map.of("x", new double[] {at}));
                double exact = expected.getPartialDerivative(order);
                assertThat(value).as("%s, derivative %d at %s", function, order, at)
                        .isCloseTo(exact, within(1e-11 * (1 + Math.abs(exact))));
            }
        }
    }

    private static boolean isForPositive(ScalarFunction function) {
        return List.of(ScalarFunction.LOG, ScalarFunction.SQRT).contains(function);
    }

    /** A point where the function has derivatives. */
    private static double where(ScalarFunction function, double point) {
        return switch (function) {
            case LOG, SQRT -> Math.abs(point);
            case LOG1P -> Math.abs(point) - 0.9;
            case ASIN, ACOS, ATANH -> point / 4;
            case ACOSH -> 1.2 + Math.abs(point);
            default -> point;
        };
    }

    /** The function as Hipparchus, or a textbook, has it. */
    static DerivativeStructure expected(ScalarFunction function, DerivativeStructure x) {
        DerivativeStructure sigmoid = x.negate().exp().add(1).reciprocal();
        return switch (function) {
            case EXP -> x.exp();
            case LOG -> x.log();
            case SQRT -> x.sqrt();
            case ABS -> x.abs();
            case SIN -> x.sin();
            case COS -> x.cos();
            case TAN -> x.tan();
            case SINH -> x.sinh();
            case COSH -> x.cosh();
            case TANH -> x.tanh();
            case SECH -> x.cosh().reciprocal();
            case SIGMOID -> sigmoid;
            case SOFTPLUS -> x.exp().add(1).log();
            case RELU -> x.getValue() > 0 ? x : x.multiply(0);
            case GELU -> Erf.erf(x.multiply(Math.sqrt(0.5))).add(1).multiply(x).multiply(0.5);
            case SWISH -> x.multiply(sigmoid);
            case ERF -> Erf.erf(x);
            case NORMCDF -> Erf.erf(x.multiply(Math.sqrt(0.5))).add(1).multiply(0.5);
            case NORMPDF -> x.multiply(x).multiply(-0.5).exp().divide(Math.sqrt(2 * Math.PI));
            case SIGN -> x.getFactory().constant(Math.signum(x.getValue()));
            case STEP -> x.getFactory().constant(x.getValue() > 0 ? 1 : 0);
            case NONZERO -> x;
            case LOG1P -> x.log1p();
            case EXPM1 -> x.expm1();
            case ASIN -> x.asin();
            case ACOS -> x.acos();
            case ATAN -> x.atan();
            case ASINH -> x.asinh();
            case ACOSH -> x.acosh();
            case ATANH -> x.atanh();
            case ERFC -> Erf.erf(x).negate().add(1);
        };
    }

    @Test
    void extremeArgumentsGiveTheLimits() {
        assertThat(ScalarFunction.SIGMOID.value(-800)).isZero();
        assertThat(ScalarFunction.SIGMOID.value(800)).isEqualTo(1);
        assertThat(ScalarFunction.SIGMOID.value(-40)).isCloseTo(Math.exp(-40), within(1e-32));
        assertThat(ScalarFunction.SOFTPLUS.value(800)).isEqualTo(800);
        assertThat(ScalarFunction.SOFTPLUS.value(-800)).isZero();
        assertThat(ScalarFunction.SOFTPLUS.value(-30)).isCloseTo(Math.exp(-30), within(1e-26));
        assertThat(ScalarFunction.SWISH.value(-800)).isZero();
        assertThat(ScalarFunction.GELU.value(-40)).isZero();
        assertThat(ScalarFunction.GELU.value(-10)).isCloseTo(-7.619853024160527e-23, within(1e-36));
        assertThat(ScalarFunction.GELU.value(40)).isEqualTo(40);
        assertThat(ScalarFunction.TANH.value(1e-20)).isEqualTo(1e-20);
    }

    @ParameterizedTest
    @CsvSource({"TANH, 0, 0", "SECH, 0, 0", "SIGMOID, 0, 0", "SOFTPLUS, 0, 1", "RELU, 0, 1", "GELU, 0, 1", "SWISH, 0, 1",
        "ERF, 0, 0", "ERFC, 0, 0", "NORMCDF, 0, 0", "NORMPDF, 0, 0", "ABS, -1, 1", "SIGN, 0, 0", "STEP, 0, 0"})
    void derivativesOfActivationsHaveTheirLimitsFarOut(ScalarFunction function, double below, double above) {
        for (double far : new double[] {40, 800, 1e10, 1e200, Double.MAX_VALUE}) {
            assertThat(derivative(function, -far)).as("at %s", -far).isCloseTo(below, within(1e-15));
            assertThat(derivative(function, far)).as("at %s", far).isCloseTo(above, within(1e-15));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingButTheLogarithmAndTheRootIsSingularAtZero(ScalarFunction function) {
        assertThat(Double.isFinite(derivative(function, 0)))
                .isEqualTo(!isForPositive(function) && function != ScalarFunction.ACOSH);
    }

    @Test
    void kinksHaveTheDerivativeThatTheDocumentationSays() {
        assertThat(derivative(ScalarFunction.RELU, 0)).isZero();
        assertThat(derivative(ScalarFunction.ABS, 0)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void namesAreRead(ScalarFunction function) {
        assertThat(ScalarFunction.named(function.text())).contains(function);
    }

    private static double derivative(ScalarFunction function, double at) {
        Expression x = Arithmetic.symbol("x", Shape.SCALAR);
        return Interpreter.scalar(function.derivative(x), Map.of("x", new double[] {at}));
    }
}
