package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.datasets.Axis;
import dev.nabla.datasets.Grid;
import dev.nabla.datasets.Samples;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.LossTerm;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.program.Evaluation;
import dev.nabla.program.engine.KernelEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** Differential equations solved by losses written as equations, in a short form, against exact solutions. */
class PhysicsInformedTest {

    private static final Axis UNIT = new Axis(0, 1, 0.04);
    private static final Axis INSIDE = new Axis(0.02, 0.98, 0.04);
    private static final Axis BOTH_ENDS = new Axis(0, 1, 1);
    private static final Axis BEGINNING = new Axis(0, 0, 1);

    private final Map<UUID, Samples> datasets = new LinkedHashMap<>();
    private final List<LossTerm> terms = new ArrayList<>();

    @Test
    void poissonsEquationOnTheUnitSquare() {
        Samples inside = grid("x", INSIDE, "y", INSIDE,
                Map.of("f", "2 * 3.141592653589793^2 * sin(3.141592653589793 * x) * sin(3.141592653589793 * y)"));
        term("D(u, x, x) + D(u, y, y) + f", inside, 1);
        term("u", grid("x", BOTH_ENDS, "y", UNIT, Map.of()), 200);
        term("u", grid("x", UNIT, "y", BOTH_ENDS, Map.of()), 200);
        Network network = network("x", "y");
        double[] parameters = train(network, inside, 3000, 625, 0.002);
        assertThat(relativeError(network, parameters, (x, y) -> Math.sin(Math.PI * x) * Math.sin(Math.PI * y)))
                .isLessThan(6e-2);
    }

    @Test
    void theHeatEquation() {
        Samples inside = grid("x", INSIDE, "t", UNIT, Map.of());
        term("D(u, t) - 0.4 * D(u, x, x)", inside, 1);
        term("u", grid("x", BOTH_ENDS, "t", UNIT, Map.of()), 20);
        term("u - g", grid("x", UNIT, "t", BEGINNING, Map.of("g", "sin(3.141592653589793 * x)")), 20);
        Network network = network("x", "t");
        double[] parameters = train(network, inside, 1500, 650, 0.004);
        assertThat(relativeError(network, parameters,
                (x, t) -> Math.exp(-0.4 * Math.PI * Math.PI * t) * Math.sin(Math.PI * x))).isLessThan(3e-2);
    }

    private static Samples grid(String first, Axis firstAxis, String second, Axis secondAxis,
            Map<String, String> targets) {
        var axes = new LinkedHashMap<String, Axis>();
        axes.put(first, firstAxis);
        axes.put(second, secondAxis);
        return Grid.of(axes, new LinkedHashMap<>(targets), new KernelEngine());
    }

    private void term(String equation, Samples samples, double weight) {
        UUID id = UUID.randomUUID();
        datasets.put(id, samples);
        terms.add(new LossTerm(equation, Optional.of(id), weight));
    }

    private static Network network(String first, String second) {
        DenseLayer hidden = DenseLayer.of(20, Activation.TANH);
        return Network.of(new NetworkDefinition(Optional.empty(), List.of(first, second), List.of("u"),
                List.of(hidden, hidden, hidden, DenseLayer.of(1, Activation.IDENTITY))));
    }

    private double[] train(Network network, Samples samples, int epochs, int batchSize, double learningRate) {
        var settings = new TrainingSettings(new EquationLoss(terms), epochs, batchSize, true, 1,
                new AdamSettings(learningRate, 0.9, 0.999, 1e-8));
        return new Trainer(network, samples, datasets, settings, new KernelEngine())
                .train(GlorotUniform.parameters(network.parameters(), 1), TrainingProgress.IGNORED).parameters();
    }

    /** ‖û − u‖ / ‖u‖ over a grid of 51 × 21 points of the unit square. */
    private static double relativeError(Network network, double[] parameters, DoubleBinaryOperator exact) {
        double[][] points = new double[51 * 21][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {i % 51 / 50.0, i / 51 / 20.0};
        }
        var symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(network.inputs());
        double[][] outputs = Evaluation.of(List.of(network.outputs()), symbols, new KernelEngine())
                .evaluate(network.parameters().split(parameters), Map.of(network.inputs(), points), points.length)[0];
        double error = 0;
        double norm = 0;
        for (int i = 0; i < points.length; i++) {
            double u = exact.applyAsDouble(points[i][0], points[i][1]);
            error += (outputs[i][0] - u) * (outputs[i][0] - u);
            norm += u * u;
        }
        return Math.sqrt(error / norm);
    }
}
