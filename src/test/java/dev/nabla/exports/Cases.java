package dev.nabla.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.exports.files.Subject;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Conditioning;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.language.Equation;
import dev.nabla.network.Architectures;
import dev.nabla.network.Network;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.GeneralizedHamiltonian;
import dev.nabla.program.kernels.ExactDerivatives;
import dev.nabla.rendering.RandomExpressions;
import dev.nabla.rendering.Values;
import dev.nabla.rendering.names.Notation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What exported code is run on, and what Nabla says itself: random expressions, all architectures, all functions. */
final class Cases {

    /** Not a multiple of what is computed side by side. */
    private static final int SAMPLES = 3;

    /** Something that is exported, run at points and compared. */
    interface Case {

        Subject subject();

        double[] parameters();

        /** The inputs of each sample. */
        double[][] inputs();

        /** The same with its parameters taken away too. */
        default Subject withValues() {
            Subject s = subject();
            return new Subject(s.name(), s.equations(), s.inputs(), s.inputNames(), s.parameters(),
                    Optional.of(parameters()),
                    s.notation(), s.origin());
        }

        /** What is wrong with values, {@code [equation][sample][entry]}. */
        List<String> faults(double[][][] values, double tolerance);
    }

    private Cases() {}

    static List<Case> all(long seed) {
        var cases = new ArrayList<>(networks(seed));
        for (int i = 0; i < 2; i++) {
            cases.add(random("random" + i, new Random(new SplittableRandom(seed + i).nextLong())));
        }
        cases.add(extremePowers());
        for (ScalarFunction function : ScalarFunction.values()) {
            cases.add(function(function, new SplittableRandom(seed)));
        }
        return cases;
    }

    /** Of every architecture. */
    static List<Case> networks(long seed) {
        List<Architecture> all = Architectures.all();
        return IntStream.range(0, all.size()).mapToObj(i -> architecture("network" + i, all.get(i),
                new SplittableRandom(seed)))
                .toList();
    }

    /** @param sizes what the tolerance of an entry is relative to if the entry is smaller, {@code [equation][sample]} */
    private record Compared(Subject subject, double[] parameters, double[][] inputs, double[][][] expected,
            boolean[][][] areComparable, double[][] sizes) implements Case {

        @Override
        public List<String> faults(double[][][] values, double tolerance) {
            var faults = new ArrayList<String>();
            for (int e = 0; e < expected.length; e++) {
                for (int s = 0; s < inputs.length; s++) {
                    assertThat(values[e][s]).as(subject.name()).hasSameSizeAs(expected[e][s]);
                    for (int i = 0; i < values[e][s].length; i++) {
                        double expectedOne = expected[e][s][i];
                        double size = Math.max(Math.abs(expectedOne), sizes[e][s]);
                        if (areComparable[e][s][i] && Double.compare(values[e][s][i], expectedOne) != 0
                                && !(Math.abs(values[e][s][i] - expectedOne) <= tolerance * size)) {
                            faults.add("%s %s sample %d entry %d: %s instead of %s".formatted(subject.name(),
                                    subject.equations().get(e).text(), s, i, values[e][s][i], expectedOne));
                        }
                    }
                }
            }
            return faults;
        }
    }

    private record OfFunction(Subject subject, double[][] inputs, ScalarFunction function) implements Case {

        @Override
        public double[] parameters() {
            return new double[0];
        }

        @Override
        public List<String> faults(double[][][] values, double tolerance) {
            return tolerance > 1e-9 ? List.of() : IntStream.range(0, values.length).boxed()
                    .flatMap(order -> ExactDerivatives.faults(function, order, inputs[0], values[order][0],
                    64)).toList();
        }
    }

    private static Case random(String name, Random random) {
        var expressions = new RandomExpressions(random);
        List<Symbol> parameters = RandomExpressions.symbols().stream().skip(1).map(Symbol.class::cast).toList();
        var equations = new ArrayList<Subject.Equation>();
        for (int i = 0; i < 50; i++) {
            equations.add(new Subject.Equation("expression " + i, expressions.array(4)));
        }
        var subject = new Subject(name, equations, (Symbol) RandomExpressions.INPUTS, List.of("x", "y", "z"),
                parameters,
                Optional.empty(), Notation.none(), List.of("random"));
        return compared(subject, IntStream.range(0, SAMPLES).mapToObj(_ -> expressions.values()).toList(), true);
    }

    /**
     * As they are in IEEE 754: a root of negative infinity is infinite, where that of any other negative number has no value, and
     * with an infinite exponent the sign of the base does not matter. It does with any other odd one, also beyond the range of
     * integers.
     */
    private static Case extremePowers() {
        Expression x = Arithmetic.perSampleSymbol("inputs", Shape.of(2));
        Expression overflowing = Arithmetic.product(Arithmetic.constant(-1e200, x.shape()), x, x);
        Expression base = Arithmetic.product(Arithmetic.constant(4e-151, x.shape()), x);
        var powers = new ArrayList<>(List.of(Arithmetic.power(overflowing, 0.5), Arithmetic.power(overflowing, -1.5),
                Arithmetic.power(base, overflowing), Arithmetic.power(base, Arithmetic.negate(overflowing))));
        Expression one = Arithmetic.apply(ScalarFunction.SIGN, Arithmetic.product(x, x));
        for (double exponent : new double[] {3, -3, 3e9, 3e9 + 1, -3e9 - 1, 0x1p53 - 1, 0x1p53, 1e20}) {
            powers.add(Arithmetic.power(Arithmetic.product(Arithmetic.constant(-1 - 1e-10, x.shape()), one), exponent));
            powers.add(Arithmetic.power(Arithmetic.negate(one), Arithmetic.product(Arithmetic.constant(exponent, x.shape()), one)));
        }
        List<Subject.Equation> equations = IntStream.range(0, powers.size()).mapToObj(i -> new Subject.Equation("power " + i,
                Arithmetic.apply(ScalarFunction.TANH, powers.get(i)))).toList();
        return compared(new Subject("powers", equations, (Symbol) x, List.of("x", "y"), List.of(), Optional.empty(), Notation.none(),
                List.of("powers")), List.of(Map.of("inputs", new double[] {1e100, -1e150})), false);
    }

    private static Case architecture(String name, Architecture architecture, SplittableRandom random) {
        Network network = Architectures.network(architecture, architecture instanceof GeneralizedHamiltonian ? 4 : 2);
        var equations = new ArrayList<Subject.Equation>();
        var texts = new ArrayList<>(List.of("outputs", "D(outputs, inputs)", "D(outputs, parameters)",
                "D(y1, inputs, inputs)",
                "D(y1, inputs, inputs, inputs)", "D(y1, inputs, parameters)", "norm(D(y1, inputs))"));
        network.field().ifPresent(_ -> texts.addAll(List.of("field", "D(field, inputs)")));
        network.energy().ifPresent(_ -> texts.add("energy"));
        texts.forEach(text -> equations.add(new Subject.Equation(text, Equation.parse(text, network.scope()))));
        var subject = new Subject(name, equations, network.inputs(), network.definition().inputs(),
                network.parameters().symbols(),
                Optional.empty(), network.notation(), List.of("a network"));
        return compared(subject, IntStream.range(0, SAMPLES).mapToObj(_ -> Architectures.randomPoint(network,
                random)).toList(),
                false);
    }

    private static Case function(ScalarFunction function, SplittableRandom random) {
        double[] x = Arrays.stream(ExactDerivatives.arguments(function, random, 20)).filter(x0 -> isComparable(function, x0))
                .toArray();
        Expression inputs = Arithmetic.perSampleSymbol("inputs", Shape.of(x.length));
        Expression derivative = Arithmetic.apply(function, inputs);
        var equations = new ArrayList<Subject.Equation>();
        for (int order = 0; order <= 3; order++) {
            equations.add(new Subject.Equation(function.text() + " order " + order, derivative));
            derivative = Derivative.of(LinearAlgebra.entrySum(derivative), inputs);
        }
        return new OfFunction(new Subject("of_" + function.text(), equations, (Symbol) inputs,
                IntStream.range(0, x.length).mapToObj(i -> "x" + i).toList(), List.of(), Optional.empty(),
                Notation.none(),
                List.of("a function")), new double[][] {x}, function);
    }

    /**
     * Where sine and cosine have all their digits in every runtime: the sine of ONNX Runtime's vectors is exact to 6e-16, as far
     * as a rounded argument allows, so it has few digits next to those of its zeros that are not 0.
     */
    private static boolean isComparable(ScalarFunction function, double x) {
        return switch (function) {
            case SIN, COS, TAN -> Math.abs(x) < 1 || Math.abs(Math.sin(2 * x)) > 0.3;
            default -> true;
        };
    }

    /** Of all points the parameters are those of the first. */
    private static Case compared(Subject subject, List<Map<String, double[]>> points, boolean isRandom) {
        double[] parameters = subject.parameters().stream()
                .flatMapToDouble(symbol -> Arrays.stream(points.getFirst().get(symbol.name()))).toArray();
        var expected = new double[subject.equations().size()][points.size()][];
        var areComparable = new boolean[subject.equations().size()][points.size()][];
        var sizes = new double[subject.equations().size()][points.size()];
        for (int s = 0; s < points.size(); s++) {
            var values = new HashMap<>(points.getFirst());
            values.put("inputs", points.get(s).get("inputs"));
            for (int e = 0; e < expected.length; e++) {
                Expression expression = subject.equations().get(e).expression();
                expected[e][s] = Interpreter.evaluate(expression, values);
                areComparable[e][s] = new boolean[expected[e][s].length];
                if (isRandom) {
                    areComparable[e][s] = Values.areWellConditioned(expression, values);
                    sizes[e][s] = 1;
                } else {
                    Arrays.fill(areComparable[e][s], true);
                    sizes[e][s] = Math.max(0.1, Conditioning.size(expression, values, expected[e][s]));
                }
            }
        }
        return new Compared(subject, parameters, points.stream().map(point ->
                point.get("inputs")).toArray(double[][]::new),
                expected, areComparable, sizes);
    }

    /** The values that a program printed, one a line: of all cases, equations, samples, entries. */
    static double[][][][] read(List<Case> cases, List<String> lines) {
        var next = lines.iterator();
        var values = new double[cases.size()][][][];
        for (int c = 0; c < values.length; c++) {
            List<Subject.Equation> equations = cases.get(c).subject().equations();
            values[c] = new double[equations.size()][cases.get(c).inputs().length][];
            for (int e = 0; e < values[c].length; e++) {
                for (int s = 0; s < values[c][e].length; s++) {
                    values[c][e][s] = IntStream.range(0, equations.get(e).expression().shape().size())
                            .mapToDouble(_ -> number(next.next())).toArray();
                }
            }
        }
        assertThat(next.hasNext()).isFalse();
        return values;
    }

    private static double number(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "nan", "-nan" -> Double.NaN;
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** All that is wrong with what was printed. */
    static List<String> faults(List<Case> cases, List<String> lines, double tolerance) {
        double[][][][] values = read(cases, lines);
        return IntStream.range(0, cases.size()).boxed()
                .flatMap(c -> cases.get(c).faults(values[c], tolerance).stream()).toList();
    }
}
