package dev.nabla.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.Interval;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.language.Equation;
import dev.nabla.network.Architectures;
import dev.nabla.network.Network;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.GeneralizedHamiltonian;
import dev.nabla.rendering.RandomExpressions;
import dev.nabla.rendering.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.hipparchus.dfp.DfpMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounds beside values that are computed by other means; {@code -Dcampaign=100} looks at so many times as many. */
class BoundsTest {

    private static final int REPEATED = Integer.getInteger("campaign", 1);
    private static final Symbol INPUTS = (Symbol) Arithmetic.perSampleSymbol("inputs", Shape.of(2));
    private static final Expression X = LinearAlgebra.entry(INPUTS, 0);
    private static final Expression Y = LinearAlgebra.entry(INPUTS, 1);

    private static final DfpField DIGITS = new DfpField(120);

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    private static Bounds bounds(Expression expression, Interval[] box, double tolerance, int boxes) {
        return Bounds.of(List.of(expression), INPUTS, Map.of(), box, tolerance, boxes).getFirst();
    }

    private static Interval[] box(double... ends) {
        return IntStream.range(0, ends.length / 2).mapToObj(i -> new Interval(ends[2 * i], ends[2 * i + 1])).toArray(Interval[]::new);
    }

    private Interval side() {
        return side(5);
    }

    private Interval side(double mostMagnitude) {
        double size = Math.exp(random.nextDouble(-12, mostMagnitude));
        double low = random.nextDouble(-size, size);
        return random.nextInt(4) == 0 ? new Interval(low, low + 1e-9 * size) : new Interval(low, low + random.nextDouble(size));
    }

    private double in(Interval side) {
        return switch (random.nextInt(8)) {
            case 0 -> side.low();
            case 1 -> side.high();
            default -> side.low() == side.high() ? side.low() : random.nextDouble(side.low(), side.high());
        };
    }

    /** The interval is of real numbers, the value rounded: sech(1e-10) is 1.0000000000000002. */
    private static boolean isIn(Interval interval, double value) {
        return interval.contains(value) || interval.contains(Math.nextUp(value)) || interval.contains(Math.nextDown(value));
    }

    @ParameterizedTest
    @EnumSource
    void noValueOfAFunctionIsOutside(ScalarFunction function) {
        for (int i = 0; i < 300 * REPEATED; i++) {
            Interval x = side();
            Expression applied = Arithmetic.apply(function, X);
            var program = new IntervalProgram(List.of(applied), INPUTS, Map.of());
            program.run(new Interval[] {x, x});
            for (int k = 0; k < 30; k++) {
                double argument = in(x);
                double value = function.value(argument);
                assertThat(Double.isNaN(value) || isIn(program.value(applied, 0), value))
                        .as("%s(%s) = %s in %s of %s, seed %d", function, argument, value, program.value(applied, 0), x, seed).isTrue();
                assertThat(Double.isFinite(value) || !program.isContinuous(applied)).as("%s(%s), seed %d", function, argument, seed).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noValueOfAFunctionOfTwoIsOutside(BinaryFunction function) {
        for (int i = 0; i < 300 * REPEATED; i++) {
            Interval[] box = {side(), random.nextInt(5) == 0 ? new Interval(-0.0, 1) : side()};
            Expression applied = Arithmetic.apply(function, X, Y);
            var program = new IntervalProgram(List.of(applied), INPUTS, Map.of());
            program.run(box);
            for (int k = 0; k < 30; k++) {
                double value = function.value(in(box[0]), in(box[1]));
                assertThat(Double.isNaN(value) || isIn(program.value(applied, 0), value))
                        .as("%s of %s is %s in %s, seed %d", function, Arrays.toString(box), value, program.value(applied, 0), seed).isTrue();
                assertThat(Double.isFinite(value) || !program.isContinuous(applied)).as("%s, seed %d", function, seed).isTrue();
            }
        }
    }

    /** Values by 120 digits, as exp(-100) of 1 is left: at points within, and at the corners where they are least and greatest. */
    @Test
    void boundsOfSoftmaxAreItsValuesAtTwoCorners() {
        for (int i = 0; i < 25 * REPEATED; i++) {
            int n = 2 + random.nextInt(5);
            Symbol inputs = (Symbol) Arithmetic.perSampleSymbol("inputs", Shape.of(n));
            double[] shifts = random.doubles(n, -3, 3).map(Math::rint).toArray();
            Expression exponents = random.nextBoolean() ? inputs : Arithmetic.sum(inputs, LinearAlgebra.stack(Arrays.stream(shifts)
                    .mapToObj(Arithmetic::constant).toList()));
            double[] shift = exponents.equals(inputs) ? new double[n] : shifts;
            Interval[] box = IntStream.range(0, n).mapToObj(_ -> side(3.5)).toArray(Interval[]::new);
            Expression softmax = LinearAlgebra.softmax(exponents);
            int entry = random.nextInt(n);
            Expression one = LinearAlgebra.entry(softmax, entry);
            Expression logarithm = Arithmetic.subtract(LinearAlgebra.entry(exponents, entry), LinearAlgebra.logSumExp(exponents));
            var program = new IntervalProgram(List.of(softmax, one, logarithm), inputs, Map.of());
            program.run(box);
            Interval probability = program.value(one, 0);
            assertThat(program.value(softmax, entry)).as("seed %d", seed).isEqualTo(probability);
            for (int k = 0; k < 10; k++) {
                Dfp value = logSoftmax(Arrays.stream(box).mapToDouble(this::in).toArray(), shift, entry);
                requireWithin(program.value(logarithm, 0), value);
                requireWithin(probability, DfpMath.exp(value));
            }
            Dfp least = logSoftmax(corner(box, entry, false), shift, entry);
            Dfp greatest = logSoftmax(corner(box, entry, true), shift, entry);
            requireNear(program.value(logarithm, 0), least, greatest);
            requireNear(probability, DfpMath.exp(least), DfpMath.exp(greatest));
        }
    }

    private static double[] corner(Interval[] box, int entry, boolean isGreatest) {
        return IntStream.range(0, box.length).mapToDouble(j -> j == entry == isGreatest ? box[j].high() : box[j].low()).toArray();
    }

    private static Dfp logSoftmax(double[] inputs, double[] shift, int entry) {
        Dfp[] exponents = IntStream.range(0, inputs.length).mapToObj(j -> DIGITS.newDfp(inputs[j]).add(DIGITS.newDfp(shift[j])))
                .toArray(Dfp[]::new);
        Dfp sum = Arrays.stream(exponents).map(x -> DfpMath.exp(x.subtract(exponents[entry]))).reduce(DIGITS.getZero(), Dfp::add);
        return DfpMath.log(sum).negate();
    }

    private void requireWithin(Interval interval, Dfp value) {
        assertThat(DIGITS.newDfp(interval.low()).greaterThan(value) || DIGITS.newDfp(interval.high()).lessThan(value))
                .as("%s in %s, seed %d", value, interval, seed).isFalse();
    }

    /** A sum of an exponent and a shift is rounded, by less than 1e-13 where they are below 200. */
    private void requireNear(Interval interval, Dfp least, Dfp greatest) {
        assertThat(interval.low()).as("seed %d", seed).isCloseTo(least.toDouble(), within(1e-12 * Math.max(1, Math.abs(least.toDouble()))));
        assertThat(interval.high()).as("seed %d", seed).isCloseTo(greatest.toDouble(),
                within(1e-12 * Math.max(1, Math.abs(greatest.toDouble()))));
    }

    @Test
    void outputsOfASoftmaxTakeNoMoreBoxesThanWhatTheyAreMadeOf() {
        Expression steep = Arithmetic.product(Arithmetic.constant(20), X);
        Expression softmax = LinearAlgebra.softmax(LinearAlgebra.stack(steep, Y, Arithmetic.constant(0)));
        Bounds bounds = bounds(LinearAlgebra.entry(softmax, 0), box(-1, 1, -1, 1), 1e-9, 100);
        assertThat(bounds.boxes()).isEqualTo(2);
        assertThat(bounds.lower()[0]).isCloseTo(Math.exp(-20) / (Math.exp(-20) + Math.E + 1), within(1e-15));
        assertThat(bounds.upper()[0]).isCloseTo(Math.exp(20) / (Math.exp(20) + Math.exp(-1) + 1), within(1e-15));
    }

    private static Stream<Architecture> architectures() {
        return Architectures.all().stream();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void noValueOfANetworkOrItsDerivativesIsOutside(Architecture architecture) {
        Network network = Architectures.network(architecture, architecture instanceof GeneralizedHamiltonian ? 4 : 2);
        int inputs = network.definition().inputDimension();
        List<String> texts = new ArrayList<>(List.of("y1", "D(y1, inputs)", "norm(D(y1, inputs))", "D(y1, %1$s, %1$s)".formatted(network.definition().inputs().getFirst()),
                "where(y1 > 0, y1, -2 * y1 + 1)", "abs(y1) + relu(y1 - 0.1)", "sign(y1) * y1^2", "exp(y1) / (1 + exp(y1))"));
        network.field().ifPresent(_ -> texts.add("field"));
        network.energy().ifPresent(_ -> texts.add("energy"));
        for (String text : texts) {
            Expression expression = Equation.parse(text, network.scope());
            Map<String, double[]> values = new HashMap<>(Architectures.randomPoint(network, random));
            var constants = new HashMap<Symbol, double[]>();
            network.parameters().symbols().forEach(symbol -> constants.put(symbol, values.get(symbol.name())));
            Interval[] box = IntStream.range(0, inputs).mapToObj(_ -> {
                double low = random.nextDouble(-1, 1);
                return new Interval(low, low + random.nextDouble(0.5));
            }).toArray(Interval[]::new);
            Bounds bounds = Bounds.of(List.of(expression), network.inputs(), constants, box, 1e-3, 200).getFirst();
            for (int k = 0; k < 100 * REPEATED; k++) {
                values.put(Network.INPUTS, Arrays.stream(box).mapToDouble(this::in).toArray());
                double[] entries = Interpreter.evaluate(expression, values);
                for (int i = 0; i < entries.length; i++) {
                    double slack = 1e-12 * Math.abs(entries[i]);
                    assertThat(entries[i]).as("%s of %s at %s: %s, seed %d", text, architecture, Arrays.toString(values.get(Network.INPUTS)),
                            bounds, seed).isBetween(bounds.lower()[i] - slack, bounds.upper()[i] + slack);
                }
            }
            for (int i = 0; i < bounds.lower().length; i++) {
                assertThat(bounds.lower()[i]).isLessThanOrEqualTo(bounds.reachedLower()[i]);
                assertThat(bounds.upper()[i]).isGreaterThanOrEqualTo(bounds.reachedUpper()[i]);
            }
        }
    }

    @Test
    void noValueOfARandomExpressionIsOutside() {
        var expressions = new RandomExpressions(new Random(seed));
        int compared = 0;
        for (int i = 0; i < 200 * REPEATED; i++) {
            Expression expression = expressions.array(4);
            Map<String, double[]> values = new HashMap<>(expressions.values());
            var constants = new HashMap<Symbol, double[]>();
            RandomExpressions.symbols().stream().skip(1).forEach(symbol ->
                    constants.put((Symbol) symbol, values.get(((Symbol) symbol).name())));
            Interval[] box = IntStream.range(0, 3).mapToObj(_ -> side()).toArray(Interval[]::new);
            Bounds bounds = Bounds.of(List.of(expression), (Symbol) RandomExpressions.INPUTS, constants, box, 1e-3, 20).getFirst();
            for (int k = 0; k < 20; k++) {
                values.put("inputs", Arrays.stream(box).mapToDouble(this::in).toArray());
                double[] entries = Interpreter.evaluate(expression, values);
                boolean isDefined = Values.isDefined(expression, values);
                boolean[] areComparable = Values.areWellConditioned(expression, values);
                for (int e = 0; e < entries.length; e++) {
                    if (isDefined && areComparable[e] && Double.isFinite(entries[e])) {
                        compared++;
                        double slack = 1e-9 * Math.max(1, Math.abs(entries[e]));
                        String what = "%d of %s: %s, %s, seed %d".formatted(e, expression, bounds, Arrays.toString(box), seed);
                        assertThat(entries[e]).as(what).isGreaterThanOrEqualTo(bounds.lower()[e] - slack)
                                .isLessThanOrEqualTo(bounds.upper()[e] + slack);
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(1000);
    }

    @Test
    void boundsAreAsTightAsAskedFor() {
        Expression polynomial = Arithmetic.sum(Arithmetic.power(X, 2), Arithmetic.product(X, Y), Arithmetic.power(Y, 4));
        Bounds bounds = bounds(polynomial, box(-1, 2, -1, 1), 1e-6, 1_000_000);
        // Where 2 x + y = 0 and x + 4 y³ = 0: y² = 1/8, x = −y/2.
        assertThat(bounds.lower()[0]).isLessThanOrEqualTo(-1 / 64.0).isGreaterThan(-1 / 64.0 - 1.1e-6);
        assertThat(bounds.upper()[0]).isGreaterThanOrEqualTo(7).isLessThan(7 + 1.1e-6);
        assertThat(bounds.reachedLower()[0] - bounds.lower()[0]).isLessThanOrEqualTo(1e-6);
    }

    @Test
    void whatRisesEverywhereTakesOneBox() {
        Bounds bounds = bounds(Arithmetic.apply(ScalarFunction.TANH, Arithmetic.sum(X, Arithmetic.negate(Y))), box(-1, 2, 0, 3), 1e-12, 100);
        assertThat(bounds.boxes()).isEqualTo(2);
        assertThat(bounds.lower()[0]).isLessThanOrEqualTo(Math.tanh(-4)).isGreaterThan(Math.tanh(-4) - 1e-12);
        assertThat(bounds.upper()[0]).isGreaterThanOrEqualTo(Math.tanh(2)).isLessThan(Math.tanh(2) + 1e-12);
    }

    @Test
    void moreBoxesGiveNoWiderBounds() {
        Expression wave = Arithmetic.apply(ScalarFunction.SIN, Arithmetic.product(Arithmetic.constant(7), X, Y));
        Expression vector = LinearAlgebra.stack(List.of(Arithmetic.product(wave, X), Arithmetic.sum(wave, Arithmetic.power(Y, 3))));
        Bounds last = bounds(vector, box(-2, 3, -1, 4), 1e-9, 1);
        for (int boxes = 2; boxes < 20_000; boxes += 1 + boxes / 3) {
            Bounds next = bounds(vector, box(-2, 3, -1, 4), 1e-9, boxes);
            for (int i = 0; i < 2; i++) {
                assertThat(next.lower()[i]).isGreaterThanOrEqualTo(last.lower()[i]);
                assertThat(next.upper()[i]).isLessThanOrEqualTo(last.upper()[i]);
            }
            last = next;
        }
        assertThat(last.upper()[0] - last.reachedUpper()[0]).isLessThan(1);
    }

    @Test
    void jumpsAndPolesAreNoSurprise() {
        Bounds step = bounds(Arithmetic.apply(ScalarFunction.STEP, X), box(-1, 1, 0, 0), 1e-3, 50);
        assertThat(step.lower()[0]).isZero();
        assertThat(step.upper()[0]).isEqualTo(1);
        Bounds pole = bounds(Arithmetic.reciprocal(X), box(-1, 1, 0, 0), 1e-3, 50);
        assertThat(pole.lower()[0]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(pole.upper()[0]).isEqualTo(Double.POSITIVE_INFINITY);
        Bounds logarithm = bounds(Arithmetic.apply(ScalarFunction.LOG, X), box(-1, 1, 0, 0), 1e-3, 50);
        assertThat(logarithm.lower()[0]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(logarithm.upper()[0]).isBetween(0.0, 1e-3);
        Bounds nowhere = bounds(Arithmetic.apply(ScalarFunction.SQRT, X), box(-2, -1, 0, 0), 1e-3, 50);
        assertThat(nowhere.reachedLower()[0]).isEqualTo(Double.POSITIVE_INFINITY);
        Bounds jump = bounds(Arithmetic.apply(BinaryFunction.ATAN2, X, Y), box(-1, 1, -2, -1), 1e-3, 50);
        assertThat(jump.lower()[0]).isBetween(-Math.PI - 1e-3, -Math.PI);
    }

    /** Values by 40 digits. */
    @Test
    void errorsOfFunctionsAreWithin() {
        double half = -0.6931471805599453;
        Bounds cancelled = bounds(Arithmetic.apply(BinaryFunction.LOGADDEXP, X, Y), box(half, half, half, half), 1e-3, 1);
        assertThat(cancelled.lower()[0]).isLessThan(2.319e-17);
        assertThat(cancelled.upper()[0]).isGreaterThan(2.3191e-17);
        double low = -37.79120599784575;
        Bounds small = bounds(Arithmetic.apply(ScalarFunction.GELU, X), box(low, low, 0, 0), 1e-3, 1);
        assertThat(small.lower()[0]).isLessThan(-2.9942716981439e-311);
        assertThat(small.upper()[0]).isGreaterThan(-2.9942716981439e-311);
    }

    @Test
    void comparisonsAreDecidedAndWhatIsNowhereHasNoBounds() {
        Expression positive = Arithmetic.apply(BinaryFunction.GREATER, X, Arithmetic.constant(0));
        Expression chosen = Arithmetic.select(positive, Arithmetic.apply(ScalarFunction.LOG, X), Arithmetic.power(X, 2));
        Bounds bounds = bounds(chosen, box(-3, -1, 0, 0), 1e-3, 1000);
        assertThat(bounds.lower()[0]).isBetween(1 - 1e-3, 1.0);
        assertThat(bounds.upper()[0]).isBetween(9.0, 9 + 1e-3);
        Expression nowhere = Arithmetic.apply(ScalarFunction.SQRT, Arithmetic.subtract(Arithmetic.constant(-1), Arithmetic.power(X, 2)));
        Bounds none = bounds(nowhere, box(-3, -1, 0, 0), 1e-3, 1000);
        assertThat(none.lower()[0]).isInfinite();
        assertThat(none.upper()[0]).isInfinite();
        Expression beside = LinearAlgebra.norm(LinearAlgebra.stack(Arithmetic.product(X, Y), Arithmetic.constant(1)));
        Expression chosenBeside = LinearAlgebra.entry(Arithmetic.product(LinearAlgebra.stack(nowhere, X), LinearAlgebra.stack(beside, Y)), 1);
        assertThat(bounds(chosenBeside, box(-3, -1, 1, 2), 1e-3, 1000).lower()[0]).isBetween(-6 - 1e-3, -6.0);
        Bounds steps = bounds(Arithmetic.sum(Arithmetic.apply(ScalarFunction.STEP, X), Arithmetic.apply(ScalarFunction.STEP, Y)),
                box(1, 2, 1, 2), 1e-3, 10);
        assertThat(steps.reachedLower()).containsExactly(2);
        assertThat(steps.reachedUpper()).containsExactly(2);
    }

    @Test
    void systemsOfIntervalsHaveTheirSolutionsWithin() {
        int bounded = 0;
        for (int i = 0; i < 500 * REPEATED; i++) {
            int n = 1 + random.nextInt(5);
            double width = random.nextInt(2) == 0 ? 0 : Math.exp(random.nextDouble(-20, 0));
            double[] a = random.doubles(n * n, -1, 1).toArray();
            double[] known = random.doubles(n, -1, 1).toArray();
            Interval[] matrix = Arrays.stream(a).mapToObj(entry -> around(entry, width)).toArray(Interval[]::new);
            Interval[] right = IntStream.range(0, n).mapToObj(row -> around(IntStream.range(0, n)
                    .mapToDouble(j -> a[row * n + j] * known[j]).sum(), width + 1e-14)).toArray(Interval[]::new);
            Interval[] solution = new IntervalSystem(n, (row, column) -> matrix[row * n + column]).solve(row -> right[row]);
            for (int j = 0; j < n; j++) {
                assertThat(solution[j].contains(known[j])).as("%s in %s, seed %d", known[j], solution[j], seed).isTrue();
            }
            bounded += Double.isFinite(solution[0].high()) ? 1 : 0;
        }
        assertThat(bounded).isGreaterThan(100);
    }

    private Interval around(double number, double width) {
        return new Interval(number - random.nextDouble() * width, number + random.nextDouble() * width);
    }
}
