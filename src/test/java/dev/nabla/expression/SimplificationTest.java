package dev.nabla.expression;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.matrixProduct;
import static dev.nabla.expression.LinearAlgebra.stack;
import static dev.nabla.expression.LinearAlgebra.transpose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Power;
import dev.nabla.rendering.RandomExpressions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimplificationTest {

    private static final Expression X = symbol("x", Shape.SCALAR);
    private static final Expression Y = symbol("y", Shape.SCALAR);
    private static final Expression V = symbol("v", Shape.of(3));
    private static final Expression W = symbol("W", Shape.of(2, 3));

    @Test
    void rulesOfTheTextbook() {
        assertThat(sum(X, constant(0))).isSameAs(X);
        assertThat(sum(X, X, product(constant(3), X))).isSameAs(product(constant(5), X));
        assertThat(subtract(X, X)).isSameAs(constant(0));
        assertThat(product(X, constant(0))).isSameAs(constant(0));
        assertThat(product(X, constant(1))).isSameAs(X);
        assertThat(product(X, X, power(X, 2))).isSameAs(power(X, 4));
        assertThat(product(constant(2), product(constant(3), X, Y))).isSameAs(product(constant(6), X, Y));
        assertThat(negate(negate(X))).isSameAs(X);
        assertThat(power(power(X, 2), 3)).isSameAs(power(X, 6));
        assertThat(power(X, 0)).isSameAs(constant(1));
        assertThat(apply(ScalarFunction.EXP, constant(0))).isSameAs(constant(1));
    }

    @Test
    void whatIsUndefinedSomewhereStaysAsItIs() {
        assertThat(divide(X, X)).isInstanceOf(Expression.Product.class);
        assertThat(power(power(X, 2), 0.5)).isNotSameAs(X);
        assertThat(power(apply(ScalarFunction.SQRT, X), 2)).isNotSameAs(X);
        Expression ofAnySign = sum(X, apply(ScalarFunction.EXP, Y));
        assertThat(power(apply(ScalarFunction.SQRT, ofAnySign), 2)).isNotSameAs(ofAnySign);
        Expression positive = sum(power(X, 2), apply(ScalarFunction.EXP, Y));
        assertThat(power(apply(ScalarFunction.SQRT, positive), 2)).isSameAs(positive);
    }

    @Test
    void leadingNumbersAreCombinedAsWrittenUnlessThatIsNoDouble() {
        assertThat(sum(constant(0.1), constant(0.2), X)).isSameAs(sum(constant(0.1 + 0.2), X));
        assertThat(product(constant(0.1), constant(3), X)).isSameAs(product(constant(0.1 * 3), X));
        assertThat(valueAt(-1e308, sum(constant(1e308), constant(1e308), X))).isEqualTo(1e308);
        assertThat(valueAt(1e-300, product(constant(1e200), constant(1e200), X))).isCloseTo(1e100, within(1e86));
        assertThat(valueAt(1e300, product(constant(1e-200), constant(1e-200), X))).isCloseTo(1e-100, within(1e-114));
    }

    @Test
    void toDivideByANumberIsNotToMultiplyByItsRoundedReciprocal() {
        assertThat(divide(X, constant(49))).isNotSameAs(product(X, constant(1.0 / 49)));
        assertThat(divide(X, constant(64))).isSameAs(product(X, constant(1.0 / 64)));
    }

    private static double valueAt(double x, Expression expression) {
        return Interpreter.scalar(expression, Map.of("x", new double[] {x}));
    }

    @Test
    void anOperationOnNumbersWithoutAValueIsRefused() {
        assertThatThrownBy(() -> divide(constant(0), constant(0))).isInstanceOf(UndefinedException.class)
                .hasMessage("division by 0 is undefined");
        assertThatThrownBy(() -> divide(subtract(X, X), subtract(X, X))).isInstanceOf(UndefinedException.class);
        assertThatThrownBy(() -> product(constant(0), power(constant(0), -1))).isInstanceOf(UndefinedException.class);
        assertThatThrownBy(() -> apply(ScalarFunction.LOG, constant(0))).isInstanceOf(UndefinedException.class)
                .hasMessage("log(0) is undefined");
        assertThatThrownBy(() -> power(constant(-8), 0.5)).isInstanceOf(UndefinedException.class)
                .hasMessage("(-8)^0.5 is undefined");
        assertThatThrownBy(() -> product(constant(1e200), constant(1e200))).isInstanceOf(UndefinedException.class);
        assertThatThrownBy(() -> sum(constant(1e308), constant(1e308))).isInstanceOf(UndefinedException.class);
    }

    /** Of the factors none can be merged with another; of the terms only few cannot, as doubles have 2,100 bits in all. */
    @Test
    void manyNumbersThatCannotBeMergedMakeNoDeepRecursion() {
        List<Expression> factors = new ArrayList<>(List.of(X));
        List<Expression> terms = new ArrayList<>(List.of(X));
        for (int i = 1; i <= 10_000; i++) {
            factors.add(constant(1 / (2.0 * i + 1)));
            terms.add(constant(Math.scalb(1 + i * 0x1p-52, 60 * (i % 16))));
        }
        assertThat(product(factors).depth()).isGreaterThan(9_000);
        assertThat(sum(terms).depth()).isBetween(10, 200);
    }

    @Test
    void rulesOfLinearAlgebra() {
        assertThat(transpose(transpose(W))).isSameAs(W);
        assertThat(matrixProduct(W, LinearAlgebra.identity(3))).isSameAs(W);
        assertThat(matrixProduct(W, constant(0, Shape.of(3)))).isSameAs(constant(0, Shape.of(2)));
        assertThat(matrixProduct(V, transpose(W))).isSameAs(matrixProduct(W, V));
        assertThat(stack(entry(V, 0), entry(V, 1), entry(V, 2))).isSameAs(V);
        assertThat(entry(stack(X, Y), 1)).isSameAs(Y);
        assertThat(stack(constant(1), constant(1))).isSameAs(constant(1, Shape.of(2)));
        Expression one = symbol("w", Shape.of(3, 1));
        assertThat(matrixProduct(one, constant(1, Shape.of(1))).shape()).isEqualTo(Shape.of(3));
    }

    @Test
    void theOrderOfMakingDoesNotMatter() {
        var random = new Random(5);
        for (int round = 0; round < 200; round++) {
            var expressions = new RandomExpressions(new Random(round));
            List<Expression> terms = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                terms.add(apply(ScalarFunction.values()[random.nextInt(10)], sum(X, constant(i + round))));
                terms.add(product(X, power(Y, i + 1), constant(round + 1)));
            }
            Expression sum = sum(terms);
            Expression product = product(terms);
            Collections.shuffle(terms, random);
            assertThat(sum(terms)).as("round %d of %s", round, expressions).isSameAs(sum);
            assertThat(product(terms)).as("round %d", round).isSameAs(product);
        }
    }

    @Test
    void theOrderOfMakingDoesNotMatterWhereOneIndexBeginsAnother() {
        Expression t = symbol("T", Shape.of(2, 2, 2));
        Expression matrix = LinearAlgebra.entrySum(entry(t, 0));
        Expression row = LinearAlgebra.entrySum(entry(t, 0, 0));
        assertThat(sum(matrix, row)).isSameAs(sum(row, matrix));
        assertThat(product(matrix, row)).isSameAs(product(row, matrix));
    }

    @Test
    void rebuildingIsTheIdentity() {
        for (int seed = 0; seed < 3000; seed++) {
            Expression expression = new RandomExpressions(new Random(seed)).array(4);
            for (Expression node : Graph.topologicalOrder(List.of(expression))) {
                assertThat(Graph.substitute(node, Map.of())).as("seed %d", seed).isSameAs(node);
            }
            // A symbol put in the place of itself under another name and back: every node is made anew.
            Expression inputs = RandomExpressions.INPUTS;
            Expression other = Arithmetic.perSampleSymbol("other", inputs.shape());
            Expression moved = Graph.substitute(expression, Map.of(inputs, other));
            assertThat(Graph.substitute(moved, Map.of(other, inputs))).as("seed %d", seed).isSameAs(expression);
        }
    }

    /** Sums and products of numbers and symbols, computed as they are made. */
    @Test
    void simplifyingKeepsTheValue() {
        for (int seed = 0; seed < 5000; seed++) {
            var random = new Random(seed);
            List<Expression> made = new ArrayList<>(List.of(X, Y, constant(2), constant(-1)));
            List<Double> values = new ArrayList<>(List.of(0.7, -1.3, 2.0, -1.0));
            for (int i = 0; i < 12; i++) {
                int a = random.nextInt(made.size());
                int b = random.nextInt(made.size());
                double p = values.get(a);
                double q = values.get(b);
                switch (random.nextInt(6)) {
                    case 0 -> add(made, values, sum(made.get(a), made.get(b), made.get(a)), p + q + p);
                    case 1 -> add(made, values, product(made.get(a), made.get(b), made.get(b)), p * q * q);
                    case 2 -> add(made, values, subtract(made.get(a), made.get(b)), p - q);
                    case 3 -> add(made, values, power(made.get(a), 3), p * p * p);
                    case 4 -> add(made, values, apply(ScalarFunction.TANH, made.get(a)), Math.tanh(p));
                    default -> {
                        if (Math.abs(q) > 0.1) {
                            add(made, values, divide(made.get(a), made.get(b)), p / q);
                        }
                    }
                }
            }
            for (int i = 0; i < made.size(); i++) {
                double value = Interpreter.scalar(made.get(i),
                        Map.of("x", new double[] {0.7}, "y", new double[] {-1.3}));
                assertThat(value).as("seed %d, expression %d", seed, i)
                        .isCloseTo(values.get(i), within(1e-9 * (1 + Math.abs(values.get(i)))));
            }
        }
    }

    /** Without the rules that Arithmetic names, an expression has a value where what it is made of has one, and no other. */
    @Test
    void noOtherRuleHasAValueWhereAPartHasNone() {
        double[] points = {0, 1, -1, 2, 0.5, -3};
        int undefined = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            double x = points[random.nextInt(points.length)];
            double y = points[random.nextInt(points.length)];
            List<Expression> made = new ArrayList<>(List.of(X, Y, constant(3), constant(-0.1), constant(7)));
            List<Double> values = new ArrayList<>(List.of(x, y, 3.0, -0.1, 7.0));
            for (int i = 0; i < 8; i++) {
                int a = random.nextInt(made.size());
                int b = random.nextInt(made.size());
                double p = values.get(a);
                double q = values.get(b);
                int operation = random.nextInt(9);
                double value = switch (operation) {
                    case 0 -> p + q;
                    case 1 -> p * q;
                    case 2, 3 -> p / q;
                    case 4 -> Math.log(p);
                    case 5 -> Math.sqrt(p);
                    case 6 -> Math.pow(p, 2);
                    case 7 -> BinaryFunction.XLOGY.value(p, q);
                    default -> Math.pow(p, q);
                };
                try {
                    Expression expression = switch (operation) {
                        case 0 -> sum(made.get(a), made.get(b));
                        case 1 -> product(made.get(a), made.get(b));
                        case 2, 3 -> divide(made.get(a), made.get(b));
                        case 4 -> apply(ScalarFunction.LOG, made.get(a));
                        case 5 -> apply(ScalarFunction.SQRT, made.get(a));
                        case 6 -> power(made.get(a), 2);
                        case 7 -> Arithmetic.apply(BinaryFunction.XLOGY, made.get(a), made.get(b));
                        default -> power(made.get(a), made.get(b));
                    };
                    boolean isByARule = expression instanceof Constant
                            || made.get(b) instanceof Power inner && inner.exponent() instanceof Constant e && e.value() < 0;
                    if (isByARule || Math.abs(value) > 1e3 || Math.abs(value) < 1e-3 && value != 0) {
                        continue;
                    }
                    made.add(expression);
                    values.add(value);
                } catch (UndefinedException e) {
                    assertThat(Double.isFinite(value)).as("seed %d: %s", seed, e.getMessage()).isFalse();
                }
            }
            for (int i = 0; i < made.size(); i++) {
                double value = Interpreter.scalar(made.get(i), Map.of("x", new double[] {x}, "y", new double[] {y}));
                if (Double.isFinite(values.get(i))) {
                    assertThat(value).as("seed %d, expression %d", seed, i)
                            .isCloseTo(values.get(i), within(1e-9 * (1 + Math.abs(values.get(i)))));
                } else {
                    undefined++;
                    assertThat(Double.isFinite(value)).as("seed %d, expression %d", seed, i).isFalse();
                }
            }
        }
        assertThat(undefined).isGreaterThan(3_000);
    }

    private static void add(List<Expression> made, List<Double> values, Expression expression, double value) {
        if (Math.abs(value) < 1e3) {
            made.add(expression);
            values.add(value);
        }
    }

    @Test
    void equalExpressionsMadeByManyThreadsAreOne() throws Exception {
        Callable<List<Expression>> making = () -> IntStream.range(0, 2000)
                .mapToObj(i -> apply(ScalarFunction.SIN, sum(X, constant(i)))).toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Expression> first = making.call();
            for (var other : threads.invokeAll(Collections.nCopies(8, making))) {
                List<Expression> made = other.get();
                for (int i = 0; i < made.size(); i++) {
                    assertThat(made.get(i)).isSameAs(first.get(i));
                }
            }
        }
    }
}
