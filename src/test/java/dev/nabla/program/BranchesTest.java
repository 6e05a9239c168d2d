package dev.nabla.program;

import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.expression.UndefinedException;
import dev.nabla.language.Equation;
import dev.nabla.language.EquationException;
import dev.nabla.language.Scope;
import dev.nabla.program.RandomBranches.Branch;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not taken of a {@code where} leaves no trace, in values, derivatives of both orders, sums over samples and reports. */
class BranchesTest {

    private static final Symbol INPUTS = (Symbol) perSampleSymbol("inputs", Shape.of(2));
    private static final Symbol K = (Symbol) symbol("k", Shape.SCALAR);
    private static final Symbol W = (Symbol) symbol("W", Shape.of(2, 2));
    private static final List<Symbol> SYMBOLS = List.of(INPUTS, K, W);
    private static final Scope SCOPE = Scope.of(Map.of("inputs", INPUTS, "k", K, "W", W,
            "x", LinearAlgebra.entry(INPUTS, 0), "y", LinearAlgebra.entry(INPUTS, 1)));
    private static final double[] NUMBERS = {-3, -1.5, -1, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 2, 7};
    private static final DSFactory VARIABLES = new DSFactory(7, 2);

    static Stream<Engine> engines() {
        return Stream.of(new KernelEngine(), new Nd4jEngine());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void derivativesOfBothOrdersAreThoseOfWhatIsTaken(Engine engine) {
        int compared = 0;
        for (int seed = 0; seed < 1000; seed++) {
            var random = new Random(seed);
            Branch branch = new RandomBranches(random).scalar(4);
            Expression z;
            try {
                z = Equation.parse(branch.text(), SCOPE);
            } catch (EquationException e) {
                // An operation on numbers without a value, which an equation must not have in any branch.
                assertThat(e).hasMessageNotContaining("expected").hasMessageNotContaining("shapes");
                continue;
            }
            if (Graph.topologicalOrder(List.of(z)).stream().noneMatch(Expression.Select.class::isInstance)) {
                continue;
            }
            compared += compare(branch, z, engine, random, "seed " + seed + ": " + branch.text());
        }
        assertThat(compared).isGreaterThan(2000);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void whatIsNotTakenIsNotReportedAndWhatIsTakenIs(Engine engine) {
        Expression z = Equation.parse("where([x, y] > 0, log([x, y]), 0)", SCOPE);
        double[][] inputs = {{-1, 1}, {1, -1}, {0, 0}};
        double[][][] values = Evaluation.watched(List.of(z, Equation.parse("where(x >= 0, log(x), 0)", SCOPE),
                Equation.parse("tanh(where(log(x) > 0, 1, 2))", SCOPE)), SYMBOLS, engine)
                .evaluate(Map.of(K, new double[1], W, new double[4]), Map.of(INPUTS, inputs), 3);
        assertThat(values[0]).isDeepEqualTo(new double[3][2]);
        assertThat(values[1][0]).containsExactly(0);
        assertThat(values[1][2]).containsExactly(Double.NaN);
        assertThat(values[2][1]).containsExactly(Math.tanh(2));
        assertThat(values[2][0]).containsExactly(Double.NaN);
        Expression deep = Equation.parse("tanh(where(x < 0, 1 / y, where(y > 0, log(x), 1 / (y - 1))))", SCOPE);
        assertThat(new Diagnosis(deep, SYMBOLS, engine).reasons(Map.of(K, new double[1], W, new double[4]),
                Map.of(INPUTS, new double[][] {{-1, 0}, {0, 1}}), 2)).containsExactly("division by 0", "log of 0");
    }

    private static int compare(Branch branch, Expression z, Engine engine, Random random, String description) {
        List<Expression> expressions;
        try {
            List<Expression> gradient = Derivative.gradient(z, List.of(INPUTS, K, W));
            Expression slope = Derivative.of(z, LinearAlgebra.entry(INPUTS, 0));
            expressions = new ArrayList<>(List.of(z, slope));
            expressions.addAll(gradient);
            expressions.add(Derivative.of(gradient.getFirst(), INPUTS));
            expressions.add(Derivative.of(gradient.getFirst(), W));
            expressions.add(Derivative.of(slope, W));
            expressions.add(Derivative.of(slope, K));
            expressions.add(Derivative.of(gradient.get(1), INPUTS));
        } catch (UndefinedException e) {
            return 0;
        }
        int samples = 9;
        double[] k = {draw(random)};
        double[] w = random.ints(4, 0, NUMBERS.length).mapToDouble(i -> NUMBERS[i]).toArray();
        double[][] inputs = new double[samples][];
        for (int s = 0; s < samples; s++) {
            inputs[s] = new double[] {draw(random), draw(random)};
        }
        double[][][] values = Evaluation.of(expressions, SYMBOLS, engine)
                .evaluate(Map.of(K, k, W, w), Map.of(INPUTS, inputs), samples);
        double[][][] watched = Evaluation.watched(List.of(z), SYMBOLS, engine)
                .evaluate(Map.of(K, k, W, w), Map.of(INPUTS, inputs), samples);
        int compared = 0;
        List<double[]> defined = new ArrayList<>();
        double[] sums = new double[4];
        for (int s = 0; s < samples; s++) {
            double[] at = {inputs[s][0], inputs[s][1], k[0], w[0], w[1], w[2], w[3]};
            DerivativeStructure exact = branch.entries().apply(IntStream.range(0, 7)
                    .mapToObj(i -> VARIABLES.variable(i, at[i])).toArray(DerivativeStructure[]::new))[0];
            if (!Arrays.stream(exact.getAllDerivatives()).allMatch(d -> Math.abs(d) < 1e100)) {
                continue;
            }
            compared++;
            defined.add(inputs[s]);
            String where = description + " at " + Arrays.toString(at);
            double[][] expected = expected(exact);
            for (int i = 0; i < expected.length; i++) {
                assertClose(values[i][s], expected[i], where + ", expression " + i);
            }
            // Of a product of matrices it is only noted whether an entry of it has no value, not which.
            if (!branch.text().contains("@")) {
                assertThat(watched[0][s][0]).as(where).isEqualTo(values[0][s][0]);
            }
            Arrays.setAll(sums, i -> sums[i] + expected[4][i]);
        }
        if (!defined.isEmpty()) {
            Expression ofSum = Derivative.gradient(LinearAlgebra.sampleSum(z), List.of(W)).getFirst();
            double[][] rows = defined.toArray(double[][]::new);
            double[] sum = Evaluation.of(List.of(ofSum), SYMBOLS, engine)
                    .evaluate(Map.of(K, k, W, w), Map.of(INPUTS, rows), rows.length)[0][0];
            assertClose(sum, sums, description + ", sum over samples");
        }
        return compared;
    }

    private static double draw(Random random) {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    /** In the order of the expressions above. */
    private static double[][] expected(DerivativeStructure z) {
        double[] slopes = IntStream.range(0, 7).mapToDouble(i -> z.getPartialDerivative(orders(i, -1))).toArray();
        return new double[][] {{z.getValue()}, {slopes[0]}, {slopes[0], slopes[1]}, {slopes[2]},
            Arrays.copyOfRange(slopes, 3, 7), second(z, new int[] {0, 1}, new int[] {0, 1}),
            second(z, new int[] {0, 1}, new int[] {3, 4, 5, 6}), second(z, new int[] {0}, new int[] {3, 4, 5, 6}),
            second(z, new int[] {0}, new int[] {2}), second(z, new int[] {2}, new int[] {0, 1})};
    }

    private static double[] second(DerivativeStructure z, int[] first, int[] then) {
        return Arrays.stream(first).boxed().flatMapToDouble(i -> Arrays.stream(then)
                .mapToDouble(j -> z.getPartialDerivative(orders(i, j)))).toArray();
    }

    private static int[] orders(int i, int j) {
        int[] orders = new int[7];
        orders[i]++;
        if (j >= 0) {
            orders[j]++;
        }
        return orders;
    }

    private static void assertClose(double[] actual, double[] expected, String description) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("%s, entry %d", description, i)
                    .isCloseTo(expected[i], within(1e-9 * Math.max(1, scale)));
        }
    }
}
