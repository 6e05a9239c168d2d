package dev.nabla.equation;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Scalarisation;
import dev.nabla.expression.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquationTest {

    private static final Expression A = symbol("a", Shape.SCALAR);
    private static final Expression B = symbol("b", Shape.SCALAR);
    private static final Expression V = symbol("v", Shape.of(3));
    private static final Expression W = symbol("L1.W", Shape.of(2, 3));
    private static final Scope SCOPE = Scope.of(Map.of("a", A, "b", B, "v", V, "L1.W", W, "tanh", B));

    @Test
    void operatorsBindAsUsual() {
        assertThat(parse("a + b * a ^ 2")).isSameAs(sum(A, product(B, power(A, 2))));
        assertThat(parse("-a^2")).isSameAs(negate(power(A, 2)));
        assertThat(parse("2^-1 * a")).isSameAs(product(constant(0.5), A));
        assertThat(parse("a^b^2")).isSameAs(power(A, power(B, constant(2))));
        assertThat(parse("a - b - 1")).isSameAs(sum(A, negate(B), constant(-1)));
        assertThat(parse("a / b / 2")).isSameAs(product(A, power(B, -1), constant(0.5)));
        assertThat(parse("a - (b - 1)")).isSameAs(subtract(A, subtract(B, constant(1))));
        assertThat(parse("--a")).isSameAs(A);
        assertThat(parse(" .5e1*a ")).isSameAs(product(constant(5), A));
    }

    @Test
    void runsAreOneSumOrProduct() {
        assertThat(parse("a + b + a*b").operands()).hasSize(3);
        assertThat(parse(String.join(" + ", Collections.nCopies(10_000, "a")))).isSameAs(product(constant(10_000), A));
    }

    @Test
    void scalarsSpreadOverArrays() {
        assertThat(parse("2 * v + a")).isSameAs(sum(product(constant(2, V.shape()), V),
                LinearAlgebra.broadcast(A, V.shape())));
        assertThat(parse("v^2")).isSameAs(power(V, 2));
    }

    @Test
    void arraysAreBuiltAndIndexedFromOne() {
        assertThat(parse("[a, b]")).isSameAs(LinearAlgebra.stack(A, B));
        assertThat(parse("L1.W[2,1]")).isSameAs(LinearAlgebra.entry(W, 1, 0));
        assertThat(parse("L1.W[2]")).isSameAs(LinearAlgebra.entry(W, 1));
        assertThat(parse("(L1.W @ v)[1]")).isSameAs(LinearAlgebra.entry(LinearAlgebra.matrixProduct(W, V), 0));
        assertThat(parse("[v[1], v[2], v[3]]")).isSameAs(V);
    }

    @Test
    void functionsAndNamesDoNotCollide() {
        assertThat(parse("tanh(a) + tanh")).isSameAs(sum(apply(ScalarFunction.TANH, A), B));
        assertThat(parse("dot(v, v)")).isSameAs(LinearAlgebra.dot(V, V));
        assertThat(parse("v @ v")).isSameAs(LinearAlgebra.dot(V, V));
        assertThat(parse("norm(v)")).isSameAs(LinearAlgebra.norm(V));
        assertThat(parse("outer(v, v) @ transpose(L1.W)")).isSameAs(LinearAlgebra.matrixProduct(
                LinearAlgebra.outerProduct(V, V), LinearAlgebra.transpose(W)));
        assertThat(parse("zeros(2, 3) + L1.W * ones(2, 3)")).isSameAs(W);
    }

    @Test
    void derivativesNest() {
        Expression e = parse("tanh(a) * a");
        assertThat(parse("D(tanh(a) * a, a, a)")).isSameAs(Derivative.of(Derivative.of(e, A), A));
        assertThat(parse("D(L1.W @ v, v)")).isSameAs(W);
        assertThat(parse("D(b, a)")).isSameAs(constant(0));
        Expression byEntry = parse("D(sum(v^2), v[2])");
        assertThat(Scalarisation.of(List.of(byEntry)).get(byEntry))
                .containsExactly(product(constant(2), LinearAlgebra.entry(V, 1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | 0 | expected a number, a name, '(' or '[', found the end",
        "a b | 2 | expected an operator or the end, found 'b'",
        "a + * b | 4 | expected a number, a name, '(' or '[', found '*'",
        "(a + b | 6 | expected ')' or an operator, found the end",
        "f(a) | 0 | unknown function 'f'; known are exp, log, sqrt, abs, sin, cos, tan, sinh, cosh, tanh, sigmoid,"
                + " softplus, relu, gelu, swish, erf, sign, step, sum, norm, transpose, dot, outer, zeros, ones, D",
        "exp(a, b) | 0 | exp takes 1 argument, found 2",
        "dot(v) | 0 | dot takes 2 arguments, found 1",
        "D(a) | 0 | D takes an expression and one or more variables, found 1 argument",
        "D(a, a + b) | 5 | expected a variable: an input, a parameter, or an entry of one",
        "a + v * L1.W | 6 | shapes [3] and [2, 3] do not fit *",
        "a + v + 1 + L1.W | 10 | shapes [3] and [2, 3] do not fit +",
        "v @ L1.W | 2 | shapes [3] and [2, 3] do not fit @",
        "v[4] | 1 | index 4 is outside 1 to 3",
        "v[0] | 2 | 'expected an index, which counts from 1, found ''0'''",
        "v[1,1] | 1 | an array of shape [3] has no 2 indices",
        "[a, v] | 0 | the parts of an array must have one shape, not [] and [3]",
        "1e400 | 0 | 1e400 is larger than any double",
        "1e308 * 10 | 6 | a constant must be finite, was Infinity",
        "a ? b | 2 | '''?'' is no part of the equation language'",
        "zeros(2, 1e300) | 9 | expected a positive integer, with at most 1000000 entries in all",
        "outer(ones(100000), ones(100000)) | 0 | an array of shape [100000, 100000] has more than 20000000 entries"
    })
    void errorsSayWhereAndWhatWasExpected(String equation, int position, String message) {
        assertThatThrownBy(() -> parse(equation)).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(position)).hasMessage(message);
    }

    @Test
    void anUnknownNameIsNeverZero() {
        assertThatThrownBy(() -> parse("D(a, c)")).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(5)).hasMessageStartingWith("unknown name 'c'; known are ");
    }

    @ParameterizedTest
    @CsvSource({"(, ), 256", "-(, ), 512", "2^, '', 511", "'[', ']', 256"})
    void deepNestingIsRefused(String open, String close, int position) {
        assertThatThrownBy(() -> parse(open.repeat(10_000) + "a" + close.repeat(10_000)))
                .isInstanceOfSatisfying(EquationException.class, e -> assertThat(e.position()).isCloseTo(position,
                        within(2)))
                .hasMessage("is nested more than 256 levels deep");
    }

    @Test
    void endlessDerivativesAreRefused() {
        assertThatThrownBy(() -> parse("D(exp(tanh(a)*sin(a^3))" + ", a".repeat(400) + ")"))
                .isInstanceOf(EquationException.class).hasMessageContaining("nodes, more than");
    }

    @Test
    void longTextsAreRefused() {
        assertThatThrownBy(() -> parse("a" + " ".repeat(Equation.MAX_LENGTH))).isInstanceOf(EquationException.class)
                .hasMessage("an equation has at most 5000000 characters, this one 5000001");
    }

    private static Expression parse(String text) {
        return Equation.parse(text, SCOPE);
    }
}
