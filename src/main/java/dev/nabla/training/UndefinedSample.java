package dev.nabla.training;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.losses.LossPart;
import dev.nabla.network.Network;
import dev.nabla.program.Diagnosis;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Finds the first sample for which a part of a loss is no finite number, or its gradient is not, and says why. */
final class UndefinedSample {

    /** The most numbers that are held at once, unless one sample has more. */
    private static final int MOST_NUMBERS = 1_000_000;

    private final Network network;
    private final LossPart part;
    private final Engine engine;
    private final List<Symbol> symbols;
    private final Map<Symbol, double[]> parameters;

    /** @param parameters the flat vector of finite numbers at which the loss is looked at */
    UndefinedSample(Network network, LossPart part, Engine engine, double[] parameters) {
        this.network = network;
        this.part = part;
        this.engine = engine;
        this.parameters = network.parameters().split(parameters);
        this.symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(network.inputs());
        part.targets().ifPresent(symbols::add);
    }

    /**
     * The first in any part of a loss, as the end of a sentence; empty if there is none, or a parameter is no finite number.
     *
     * @param undefined {@link #ofLoss} or {@link #ofGradient}
     */
    static String ofAny(Network network, List<LossPart> parts, Engine engine, double[] parameters,
            Function<UndefinedSample, Optional<String>> undefined) {
        return !Arrays.stream(parameters).allMatch(Double::isFinite) ? "" : parts.stream()
                .flatMap(part -> undefined.apply(new UndefinedSample(network, part, engine, parameters)).stream())
                .findFirst().map(sample -> ", " + sample).orElse("");
    }

    /** Such as {@code it is Infinity for the sample x = 0.0: log of 0}. */
    Optional<String> ofLoss() {
        return find("", List::of);
    }

    /** Such as {@code that of /loss/terms/0 is NaN for the sample x = 0.0: division by 0}. */
    Optional<String> ofGradient() {
        return find("that of ", number -> Derivative.gradient(number, List.copyOf(network.parameters().symbols())));
    }

    /**
     * @param what it is called before the name of a term
     * @param parts what is looked at of each number that the samples add up to the part
     */
    private Optional<String> find(String what, Function<Expression, List<Expression>> parts) {
        List<Integer> numbers = new ArrayList<>();
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < part.perSample().size(); i++) {
            for (Expression expression : parts.apply(part.perSample().get(i))) {
                numbers.add(i);
                expressions.add(expression);
            }
        }
        Evaluation evaluation = Evaluation.of(expressions, symbols, engine);
        long ofSample = expressions.stream().mapToLong(expression -> expression.shape().size()).sum();
        int atOnce = (int) Math.max(1, MOST_NUMBERS / ofSample);
        for (int from = 0; from < part.samples().size(); from += atOnce) {
            int to = Math.min(from + atOnce, part.samples().size());
            double[][][] values = evaluation.evaluate(parameters, rows(from, to), to - from);
            for (int s = from; s < to; s++) {
                for (int i = 0; i < values.length; i++) {
                    double[] entries = values[i][s - from];
                    int sample = s;
                    int number = i;
                    Optional<String> found = Arrays.stream(entries).filter(entry -> !Double.isFinite(entry)).boxed()
                            .findFirst().map(entry -> name(what, numbers.get(number)) + " is " + entry + " for the sample "
                                    + part.samples().describe(sample, network.definition().inputs()) + ": "
                                    + reason(expressions.get(number), sample));
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private String name(String what, int number) {
        return number < part.termNumbers().size() ? what + "/loss/terms/" + part.termNumbers().get(number) : "it";
    }

    private String reason(Expression expression, int sample) {
        return new Diagnosis(expression, symbols, engine).reasons(parameters, rows(sample, sample + 1), 1).getFirst();
    }

    private Map<Symbol, double[][]> rows(int from, int to) {
        Map<Symbol, double[][]> rows = new HashMap<>();
        rows.put(network.inputs(), rows(part.samples().inputs(), part.samples().inputDimension(), from, to));
        part.targets().ifPresent(targets ->
                rows.put(targets, rows(part.samples().targets(), part.samples().targetDimension(), from, to)));
        return rows;
    }

    private static double[][] rows(double[] table, int columns, int from, int to) {
        return IntStream.range(from, to).mapToObj(row -> Arrays.copyOfRange(table, row * columns, (row + 1) * columns))
                .toArray(double[][]::new);
    }
}
