package dev.nabla.benchmark;

import dev.nabla.expression.Expression.Symbol;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.layers.Activation;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A quantity of a network, ready to be computed at points of the unit square. */
final class Points {

    static final int COUNT = 1024;

    private static final long SEED = 1;

    private final Evaluation evaluation;
    private final Map<Symbol, double[]> parameters;
    private final Map<Symbol, double[][]> points;

    Points(String widths, Quantity quantity, Engine engine) {
        Network network = Chains.network(widths, Activation.TANH, true);
        var symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(network.inputs());
        var random = new SplittableRandom(SEED);
        double[][] inputs = new double[COUNT][];
        for (int s = 0; s < COUNT; s++) {
            inputs[s] = random.doubles(2).toArray();
        }
        evaluation = Evaluation.of(List.of(quantity.of(network)), symbols, engine);
        parameters = network.parameters().split(GlorotUniform.parameters(network.parameters(), SEED));
        points = Map.of(network.inputs(), inputs);
    }

    /** The values at every point, row-major. */
    double[][] evaluate() {
        return evaluation.evaluate(parameters, points, COUNT)[0];
    }
}
