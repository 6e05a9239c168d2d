package dev.nabla.language;

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

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Scalarisation;
import dev.nabla.expression.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        assertThat(parse("a - -+-b")).isSameAs(subtract(A, B));
        assertThat(parse("a^-b^2")).isSameAs(power(A, negate(power(B, 2))));
        assertThat(parse("(-a)^2")).isSameAs(power(negate(A), 2)).isNotSameAs(parse("-a^2"));
        assertThat(parse("-a * b")).isSameAs(product(negate(A), B));
        assertThat(parse("a / (b / 2)")).isSameAs(product(A, power(product(B, power(constant(2), -1)), -1)));
        assertThat(parse("(a^b)^2")).isSameAs(power(power(A, B), 2)).isNotSameAs(parse("a^b^2"));
        assertThat(parse(" .5e1*a ")).isSameAs(product(constant(5), A));
    }

    @Test
    void runsAreOneSumOrProduct() {
        assertThat(parse("a + b + a*b").operands()).hasSize(3);
        assertThat(parse("a + b + tanh(a) - 2")).isSameAs(sum(A, B, apply(ScalarFunction.TANH, A), constant(-2)));
        assertThat(parse("a * b / tanh(a) * 3"))
                .isSameAs(product(A, B, power(apply(ScalarFunction.TANH, A), -1), constant(3)));
        assertThat(parse("a + (b + 1)")).isSameAs(sum(A, sum(B, constant(1)))).isNotSameAs(parse("a + b + 1"));
        assertThat(parse("a * (b * tanh)")).isSameAs(product(A, product(B, B)));
        assertThat(parse(String.join(" + ", Collections.nCopies(10_000, "a")))).isSameAs(product(constant(10_000), A));
    }

    @Test
    void scalarsSpreadOverArrays() {
        assertThat(parse("2 * v + a")).isSameAs(sum(product(constant(2, V.shape()), V),
                LinearAlgebra.broadcast(A, V.shape())));
        assertThat(parse("v^2")).isSameAs(power(V, 2));
        assertThat(parse("2^v")).isSameAs(power(constant(2, V.shape()), V));
        assertThat(parse("a^v")).isSameAs(power(LinearAlgebra.broadcast(A, V.shape()), V));
        assertThat(parse("1 / v")).isSameAs(power(V, -1));
        assertThat(parse("L1.W / a - b")).isSameAs(sum(product(W, power(LinearAlgebra.broadcast(A, W.shape()), -1)),
                negate(LinearAlgebra.broadcast(B, W.shape()))));
    }

    @Test
    void matrixProductsBindAsProductsFromTheLeft() {
        Expression times = LinearAlgebra.matrixProduct(W, V);
        assertThat(parse("2 * L1.W @ v")).isSameAs(
                LinearAlgebra.matrixProduct(product(constant(2, W.shape()), W), V));
        assertThat(parse("L1.W @ v * 2 + a")).isSameAs(sum(product(times, constant(2, times.shape())),
                LinearAlgebra.broadcast(A, times.shape())));
        assertThat(parse("L1.W @ v^2")).isSameAs(LinearAlgebra.matrixProduct(W, power(V, 2)));
        assertThat(parse("-L1.W @ v")).isSameAs(LinearAlgebra.matrixProduct(negate(W), V));
        assertThat(parse("v @ transpose(L1.W) @ L1.W")).isSameAs(
                LinearAlgebra.matrixProduct(LinearAlgebra.matrixProduct(V, LinearAlgebra.transpose(W)), W));
    }

    @Test
    void arraysAreBuiltAndIndexedFromOne() {
        assertThat(parse("[a, b]")).isSameAs(LinearAlgebra.stack(A, B));
        assertThat(parse("L1.W[2,1]")).isSameAs(LinearAlgebra.entry(W, 1, 0));
        assertThat(parse("L1.W[2]")).isSameAs(LinearAlgebra.entry(W, 1));
        assertThat(parse("L1.W[2][1]")).isSameAs(LinearAlgebra.entry(W, 1, 0));
        assertThat(parse("L1.W[1] @ v")).isSameAs(LinearAlgebra.dot(LinearAlgebra.entry(W, 0), V));
        assertThat(parse("-v[03]^2")).isSameAs(negate(power(LinearAlgebra.entry(V, 2), 2)));
        assertThat(parse("[[a, b], [b, a]]")).isSameAs(
                LinearAlgebra.stack(LinearAlgebra.stack(A, B), LinearAlgebra.stack(B, A)));
        assertThat(parse("[a, b][2]")).isSameAs(B);
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
        assertThat(parse("solve(outer(v, v), v)")).isSameAs(LinearAlgebra.solve(LinearAlgebra.outerProduct(V, V), V));
        assertThat(parse("zeros(2, 3) + L1.W * ones(2, 3)")).isSameAs(W);
    }

    @Test
    void derivativesNest() {
        Expression e = parse("tanh(a) * a");
        assertThat(parse("D(tanh(a) * a, a, a)")).isSameAs(Derivative.of(Derivative.of(e, A), A));
        assertThat(parse("D(D(tanh(a) * a, a), a)")).isSameAs(parse("D(tanh(a) * a, a, a)"));
        assertThat(parse("D(sum(tanh(L1.W @ v)), v, L1.W[1,2])")).isSameAs(Derivative.of(Derivative.of(
                LinearAlgebra.entrySum(apply(ScalarFunction.TANH, LinearAlgebra.matrixProduct(W, V))), V),
                LinearAlgebra.entry(W, 0, 1)));
        assertThat(parse("D(sum(tanh(v)), v, v)").shape()).isEqualTo(Shape.of(3, 3));
        assertThat(parse("D(L1.W @ v, L1.W)").shape()).isEqualTo(Shape.of(2, 2, 3));
        assertThat(parse("D(L1.W @ v, v)")).isSameAs(W);
        assertThat(parse("D(b, a)")).isSameAs(constant(0));
        Expression byEntry = parse("D(sum(v^2), v[2])");
        assertThat(Scalarisation.of(List.of(byEntry)).get(byEntry))
                .containsExactly(product(constant(2), LinearAlgebra.entry(V, 1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | 0 | expected a number, a name, '(' or '[', found the end",
        "' \t ' | 3 | expected a number, a name, '(' or '[', found the end",
        "a b | 2 | expected an operator or the end, found 'b'",
        "2a | 1 | expected an operator or the end, found 'a'",
        "1.5.2 | 3 | expected an operator or the end, found '.2'",
        "a + b) | 5 | expected an operator or the end, found ')'",
        "a + | 3 | expected a number, a name, '(' or '[', found the end",
        "() | 1 | expected a number, a name, '(' or '[', found ')'",
        "exp() | 4 | expected a number, a name, '(' or '[', found ')'",
        "exp(a | 5 | expected ')', ',' or an operator, found the end",
        "[a, b | 5 | expected ']', ',' or an operator, found the end",
        "v[1 | 3 | expected ']' or ',', found the end",
        "'v[1,]' | 4 | 'expected an index, which counts from 1, found '']'''",
        "a + * b | 4 | expected a number, a name, '(' or '[', found '*'",
        "(a + b | 6 | expected ')' or an operator, found the end",
        "exp(a, b) | 0 | exp takes 1 argument, found 2",
        "1 + dot(v) | 4 | dot takes 2 arguments, found 1",
        "outer(v, v, v) | 0 | outer takes 2 arguments, found 3",
        "dot(v, L1.W) | 0 | 'dot takes two arrays of one shape, not [3] and [2, 3]'",
        "outer(v, L1.W) | 0 | 'outer takes two vectors, not shapes [3] and [2, 3]'",
        "solve(L1.W) | 0 | solve takes 2 arguments, found 1",
        "1 + solve(L1.W, v) | 4 | 'solve takes a square matrix first, not shape [2, 3]'",
        "solve(v, v) | 0 | 'solve takes a square matrix first, not shape [3]'",
        "solve(outer(v, v), a) | 0 | 'solve takes a vector or a matrix of 3 rows second, not shape []'",
        "2 * solve(outer(v, v), L1.W) | 4 | 'solve takes a vector or a matrix of 3 rows second, not shape [2, 3]'",
        "1 + transpose(a) | 4 | transpose takes a vector or a matrix, not shape []",
        "D(a) | 0 | D takes an expression and one or more variables, found 1 argument",
        "D(a, a + b) | 5 | expected a variable: an input, a parameter, an entry of one, or a vector of them",
        "D(a, b, 2) | 8 | expected a variable: an input, a parameter, an entry of one, or a vector of them",
        "D(v, L1.W[1]) | 5 | expected a variable: an input, a parameter, an entry of one, or a vector of them",
        "a + v * L1.W | 6 | shapes [3] and [2, 3] do not fit *",
        "a + v + 1 + L1.W | 10 | shapes [3] and [2, 3] do not fit +",
        "a * v / L1.W | 6 | shapes [3] and [2, 3] do not fit /",
        "v - L1.W | 2 | shapes [3] and [2, 3] do not fit -",
        "2 * v^L1.W | 5 | shapes [3] and [2, 3] do not fit ^",
        "v @ L1.W | 2 | shapes [3] and [2, 3] do not fit @",
        "a @ v | 2 | shapes [] and [3] do not fit @",
        "2 * L1.W @ v * L1.W | 13 | shapes [2] and [2, 3] do not fit *",
        "v[4] | 1 | index 4 is outside 1 to 3",
        "v[0] | 2 | 'expected an index, which counts from 1, found ''0'''",
        "v[1.0] | 2 | 'expected an index, which counts from 1, found ''1.0'''",
        "v[-1] | 2 | 'expected an index, which counts from 1, found ''-'''",
        "v[9999999999] | 2 | 'expected an index, which counts from 1, found ''9999999999'''",
        "1 + L1.W[2,4] | 8 | index 4 is outside 1 to 3",
        "a[1] | 1 | an array of shape [] has no 1 indices",
        "v[1,1] | 1 | an array of shape [3] has no 2 indices",
        "[a, v] | 0 | the parts of an array must have one shape, not [] and [3]",
        "a + 1e400 | 4 | 1e400 is larger than any double",
        "1e308 * 10 | 6 | 1.0E308 * 10 is larger than any double",
        "1e308 + 1e308 | 6 | 1.0E308 + 1.0E308 is larger than any double",
        "0/0 | 1 | division by 0 is undefined",
        "1/0 | 1 | division by 0 is undefined",
        "(a-a)/(a-a) | 5 | division by 0 is undefined",
        "0*(1/0) | 4 | division by 0 is undefined",
        "a + 0*log(0) | 6 | log(0) is undefined",
        "1/0 - 1/0 | 1 | division by 0 is undefined",
        "log(0) - log(0) | 0 | log(0) is undefined",
        "v / zeros(3) | 2 | division by 0 is undefined",
        "(-8)^0.5 | 4 | (-8)^0.5 is undefined",
        "0^(-2) | 1 | 0^-2 is undefined",
        "'a + 1/[0,1]' | 5 | division by 0 is undefined",
        "'log([0,1])' | 0 | log(0) is undefined",
        "'a * solve([[1,2],[2,4]], [1,1])[1]' | 4 | division by 0 is undefined",
        "exp(1000) | 0 | exp(1000) is larger than any double",
        "∂ | 0 | '''∂'' is no part of the equation language'",
        "a + \uD83D\uDE00 | 4 | '''\uD83D\uDE00'' is no part of the equation language'",
        "a..b | 1 | '''.'' is no part of the equation language'",
        "a\u00A0+ b | 1 | '''\u00A0'' is no part of the equation language'",
        "a = b | 2 | 'expected an operator or the end, found ''='''",
        "a ? b | 2 | '''?'' is no part of the equation language'",
        "zeros(2, 1e300) | 9 | expected a positive integer, with at most 1000000 entries in all",
        "zeros(2.5) | 6 | 'expected a positive integer, with at most 1000000 entries in all'",
        "ones(a) | 5 | 'expected a positive integer, with at most 1000000 entries in all'",
        "ones(1001, 1000) | 11 | 'expected a positive integer, with at most 1000000 entries in all'",
        "outer(ones(100000), ones(100000)) | 0 | an array of shape [100000, 100000] has more than 20000000 entries"
    })
    void errorsSayWhereAndWhatWasExpected(String equation, int position, String message) {
        assertThatThrownBy(() -> parse(equation)).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(position)).hasMessage(message);
    }

    @Test
    void anUnknownNameIsNeverZero() {
        assertThatThrownBy(() -> parse("D(a, c)")).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(5))
                .hasMessageMatching("unknown name 'c'; known are (\\S+, ){4}\\S+");
        assertThatThrownBy(() -> parse("1 + L1.X * 0")).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(4))
                .hasMessageStartingWith("unknown name 'L1.X' (did you mean L1.W?); known are L1.W, ");
    }

    /** The nearest names come first; there are more than are shown. */
    @Test
    void theLikeliestOfManyNamesAreNamed() {
        Map<String, Expression> names = new HashMap<>(Map.of("alphas", A, "alfa", A, "alphabet", A));
        for (int i = 0; i < 9; i++) {
            names.put("somethingelse" + i, A);
        }
        assertThatThrownBy(() -> Equation.parse("alpha", Scope.of(names)))
                .hasMessageStartingWith("unknown name 'alpha' (did you mean alphas?); known are alphas, alfa, alphabet, ")
                .hasMessageMatching("unknown name 'alpha' \\(did you mean alphas\\?\\); known are (\\w+, ){11}\\w+");
        names.put("another", A);
        assertThatThrownBy(() -> Equation.parse("alpha", Scope.of(names)))
                .hasMessageMatching("unknown name 'alpha' \\(did you mean alphas\\?\\); known are (\\w+, ){12}…");
    }

    @Test
    void theReadmeNamesEveryFunction() throws IOException {
        String table = Files.readAllLines(Path.of("README.md")).stream().filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', 1))).collect(Collectors.joining());
        for (String name : Call.names().toList()) {
            assertThat(table + "D(").as(name).containsPattern("\\b" + name + "\\b");
        }
    }

    @ParameterizedTest
    @CsvSource({"(, ), 256", "-(, ), 512", "2^, '', 511", "'[', ']', 256", "sin(, ), 1024"})
    void deepNestingIsRefused(String open, String close, int position) {
        assertThatThrownBy(() -> parse(open.repeat(10_000) + "a" + close.repeat(10_000)))
                .isInstanceOfSatisfying(EquationException.class, e -> assertThat(e.position()).isEqualTo(position))
                .hasMessage("is nested more than 256 levels deep");
    }

    @Test
    void endlessDerivativesAreRefused() {
        assertThatThrownBy(() -> parse("D(exp(tanh(a)*sin(a^3))" + ", a".repeat(400) + ")"))
                .isInstanceOf(EquationException.class).hasMessageContaining("nodes, more than");
    }

    @Test
    void whatIsNotNestedIsAsLongAsItLikes() {
        assertThat(parse(String.join(" + ", Collections.nCopies(300, "a^2")))).isSameAs(product(constant(300), power(A, 2)));
        assertThat(parse(String.join(" + ", Collections.nCopies(300, "(a)")))).isSameAs(product(constant(300), A));
    }

    @Test
    void derivativesInOneEquationHave500000NodesTogetherAtMost() {
        String large = "D(" + IntStream.range(0, 8_000).mapToObj(i -> "sin(a*" + i + ".5)").collect(Collectors.joining("+"))
                + ", a)";
        int nodes = Graph.nodeCount(List.of(parse(large)));
        String largest = String.join(" + ", Collections.nCopies(500_000 / nodes, large))
                + " + D(b, a)".repeat(500_000 % nodes);
        assertThat(parse(largest).shape()).isEqualTo(Shape.SCALAR);
        assertThatThrownBy(() -> parse(largest + " + D(b, a)")).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(largest.length() + 3))
                .hasMessage("with 'D' the derivatives and calls so far would have 500001 nodes, more than 500000");
    }

    @Test
    void whatIsToBeDifferentiatedHas100000NodesAtMost() {
        Expression sines = sines(A, 99_999);
        var scope = Scope.of(Map.of("a", A, "e", sines, "f", apply(ScalarFunction.SIN, sines)));
        assertThat(Equation.parse("D(e, a)", scope).shape()).isEqualTo(Shape.SCALAR);
        assertThatThrownBy(() -> Equation.parse("2*D(f, a)", scope)).isInstanceOfSatisfying(EquationException.class,
                e -> assertThat(e.position()).isEqualTo(7))
                .hasMessage("what is to be differentiated has 100001 nodes, more than 100000");
    }

    @Test
    void rowsOfADerivativeAreOfAsManyNodesInAllAs2000000() {
        Expression u = symbol("u", Shape.of(400));
        Expression e = sines(u, 4_999);
        var scope = Scope.of(Map.of("u", u, "e", e, "f", apply(ScalarFunction.SIN, e)));
        assertThat(Equation.parse("D(e, u)", scope).shape()).isEqualTo(Shape.of(400, 400));
        assertThatThrownBy(() -> Equation.parse("D(f, u)", scope)).isInstanceOfSatisfying(EquationException.class,
                error -> assertThat(error.position()).isEqualTo(5))
                .hasMessage("the derivative would have about 2000400 nodes, more than 2000000");
    }

    private static Expression sines(Expression x, int count) {
        Expression nested = x;
        for (int i = 0; i < count; i++) {
            nested = apply(ScalarFunction.SIN, nested);
        }
        return nested;
    }

    @Test
    void arraysHaveAtMost20000000Entries() {
        assertThat(parse("outer(ones(4000), ones(5000))").shape()).isEqualTo(Shape.of(4000, 5000));
        assertThatThrownBy(() -> parse("outer(ones(4001), ones(5000))"))
                .hasMessage("an array of shape [4001, 5000] has more than 20000000 entries");
        assertThat(parse("ones(1000, 1000)").shape()).isEqualTo(Shape.of(1000, 1000));
        var scope = Scope.of(Map.of("u", symbol("u", Shape.of(1000))));
        assertThat(Equation.parse("D(tanh(u), u)", scope).shape()).isEqualTo(Shape.of(1000, 1000));
    }

    @Test
    void largeDerivativesAreRefusedBeforeTheyAreBuilt() {
        var scope = Scope.of(Map.of("u", symbol("u", Shape.of(2000))));
        assertThatThrownBy(() -> Equation.parse("1 + D(tanh(u), u)", scope)).isInstanceOfSatisfying(
                EquationException.class, e -> assertThat(e.position()).isEqualTo(15))
                .hasMessage("the derivative would have 4000000 entries, more than 1000000");
        assertThat(Equation.parse("D(sum(tanh(u)), u)", scope).shape()).isEqualTo(Shape.of(2000));
    }

    @Test
    void longTextsAreRefused() {
        assertThat(parse("a" + " ".repeat(Equation.MAX_LENGTH - 1))).isSameAs(A);
        assertThatThrownBy(() -> parse("a" + " ".repeat(Equation.MAX_LENGTH))).isInstanceOfSatisfying(
                EquationException.class, e -> assertThat(e.position()).isEqualTo(Equation.MAX_LENGTH))
                .hasMessage("an equation has at most 5000000 characters, this one 5000001");
    }

    private static Expression parse(String text) {
        return Equation.parse(text, SCOPE);
    }
}
