package dev.nabla.losses;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks at the weights of samples before a training, where they are known by then: where no parameter is in them. */
final class SampleWeights {

    private static final int ROWS_AT_ONCE = 10_000;

    private SampleWeights() {}

    /** What is wrong with the first weight that is negative, infinite or undefined, if there is one. */
    static Optional<Problem> problem(Network network, Expression weight, Samples samples, String pointer, Engine engine) {
        Optional<Symbol> targets = Optional.of(samples).filter(columns -> columns.targetDimension() > 0).map(LossPart::targets);
        List<Symbol> columns = Stream.concat(Stream.of(network.inputs()), targets.stream()).toList();
        if (!columns.containsAll(Graph.topologicalOrder(List.of(weight)).stream().filter(Symbol.class::isInstance).toList())) {
            return Optional.empty();
        }
        Evaluation evaluation = Evaluation.of(List.of(weight), columns, engine);
        for (int from = 0; from < samples.size(); from += ROWS_AT_ONCE) {
            int first = from;
            int to = Math.min(from + ROWS_AT_ONCE, samples.size());
            Map<Symbol, double[][]> rows = new HashMap<>();
            rows.put(network.inputs(), rows(samples.inputs(), samples.inputDimension(), from, to));
            targets.ifPresent(symbol ->
                    rows.put(symbol, rows(samples.targets(), samples.targetDimension(), first, to)));
            double[][] weights = evaluation.evaluate(Map.of(), rows, to - from)[0];
            for (int s = 0; s < weights.length; s++) {
                double found = weights[s][0];
                if (!(found >= 0 && found < Double.POSITIVE_INFINITY)) {
                    return Optional.of(Problem.of(pointer, "must be a finite number that is not negative, is " + found
                            + " for the sample " + samples.describe(from + s, network.definition().inputs())));
                }
            }
        }
        return Optional.empty();
    }

    private static double[][] rows(double[] table, int columns, int from, int to) {
        return IntStream.range(from, to).mapToObj(row -> Arrays.copyOfRange(table, row * columns, (row + 1) * columns))
                .toArray(double[][]::new);
    }
}
