package dev.nabla.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Work;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.Adam;
import dev.nabla.program.AdamConstants;
import dev.nabla.program.Allocations;
import dev.nabla.program.Evaluation;
import dev.nabla.program.FlatVector;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

class LossProgramTest {

    private static final double STEP = 1e-5;

    @ParameterizedTest
    @EnumSource(names = "HAMILTONIAN", mode = EnumSource.Mode.EXCLUDE)
    void gradientIsThatOfTheReportedBatchLoss(Loss loss) {
        for (int batch : new int[] {1, 2, 10}) {
            for (int seed = 0; seed < 5; seed++) {
                Network network = network(2 + seed % 2);
                Samples samples = samples(network, batch, seed);
                var step = new LossProgram(network, loss.parts(network, samples, Map.of()).getFirst(), new Nd4jEngine());
                double[] parameters = GlorotUniform.parameters(network.parameters(), seed);
                int[] all = IntStream.range(0, batch).toArray();
                loss(step, parameters, all);
                double[] gradient = step.gradient().toDoubleVector();
                for (int i = 0; i < parameters.length; i++) {
                    double[] moved = parameters.clone();
                    moved[i] += STEP;
                    double above = loss(step, moved, all);
                    moved[i] -= 2 * STEP;
                    double below = loss(step, moved, all);
                    assertThat(gradient[i]).as("%s, batch %d, seed %d, parameter %d", loss, batch, seed, i)
                            .isCloseTo((above - below) / (2 * STEP), within(1e-7));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MSE", "RELATIVE_L2"})
    void lossOfTheDatasetIsThatOfOneBatchOfAll(Loss loss) {
        Network network = network(2);
        Samples samples = samples(network, 2500, 3);
        LossPart part = loss.parts(network, samples, Map.of()).getFirst();
        var step = new LossProgram(network, part, new Nd4jEngine());
        double[] parameters = GlorotUniform.parameters(network.parameters(), 3);
        double expected = loss(step, parameters, IntStream.range(0, 2500).toArray());
        assertThat(new DatasetProgram(network, part, new Nd4jEngine()).of(samples, parameters)).isCloseTo(expected, within(1e-12));
        assertThat(expected).isCloseTo(byHand(loss, network, samples, parameters), within(1e-12));
    }

    @Test
    void leavesAllItsMemory() {
        Network network = network(2);
        Samples samples = samples(network, 2500, 3);
        var budget = new MemoryBudget("trainings", Long.MAX_VALUE, () -> Long.MAX_VALUE);
        try (var work = new Work(Long.MAX_VALUE, budget)) {
            work.run(() -> {
                LossPart part = Loss.MSE.parts(network, samples, Map.of()).getFirst();
                for (int batch : new int[] {1000, 700, 1000}) {
                    var step = new LossProgram(network, part, new KernelEngine());
                    step.prepare(batch);
                    assertThat(budget.held(Place.OFF_HEAP)).isGreaterThan(8 * batch);
                    loss(step, GlorotUniform.parameters(network.parameters(), 3), IntStream.range(0, batch).toArray());
                    step.free();
                    assertThat(budget.held(Place.OFF_HEAP)).isZero();
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnInWhatAnEqualOneComputedIn(Precision precision) {
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                List.of(DenseLayer.of(64, Activation.TANH), DenseLayer.of(64, Activation.TANH), DenseLayer.of(1, Activation.IDENTITY))));
        Samples samples = samples(network, 128, 3);
        var engine = new KernelEngine(precision);
        Work.within(Long.MAX_VALUE, () -> {
            LossPart part = Loss.MSE.parts(network, samples, Map.of()).getFirst();
            double[] parameters = GlorotUniform.parameters(network.parameters(), 3);
            Set<Long> places = new HashSet<>();
            Set<Double> losses = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                var step = new LossProgram(network, part, engine);
                step.prepare(64);
                assertThat(step.parameters().toDoubleVector()).containsOnly(0);
                losses.add(loss(step, parameters, IntStream.range(0, 64).toArray()));
                places.add(FlatVector.first(step.parameters()));
                var ofDataset = new DatasetProgram(network, part, engine);
                losses.add(loss(step, parameters, IntStream.range(64, 128).toArray()));
                losses.add(ofDataset.of(samples, parameters));
                step.free();
                ofDataset.free();
            }
            assertThat(places).hasSize(1);
            assertThat(losses).hasSize(3);
        });
    }

    /** Which are others then. */
    @Test
    void readsAllSamplesWhenItIsPreparedAnew() {
        Network network = network(2);
        Samples samples = samples(network, 12, 3);
        var step = new LossProgram(network, Loss.MSE.parts(network, samples, Map.of()).getFirst(), new KernelEngine());
        double[] parameters = GlorotUniform.parameters(network.parameters(), 3);
        int[] all = IntStream.range(0, 12).toArray();
        double expected = loss(step, parameters, all);
        step.prepare(5);
        assertThat(loss(step, parameters, all)).isEqualTo(expected);
    }

    /** With every activation, one tile and several, full and left-over batches, losses, and work that threads share. */
    @ParameterizedTest
    @EnumSource
    void aStepOfTheKernelsAllocatesNothing(ScalarFunction function) {
        for (int batch : new int[] {10, 300}) {
            Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                    List.of(DenseLayer.of(3, Activation.of(function.text())), DenseLayer.of(20, Activation.TANH),
                            DenseLayer.of(1, Activation.IDENTITY))));
            Samples samples = samples(network, batch + 3, 1);
            Loss loss = Loss.values()[function.ordinal() % 2];
            var step = new LossProgram(network, loss.parts(network, samples, Map.of()).getFirst(), new KernelEngine());
            step.parameters().assign(Nd4j.createFromArray(GlorotUniform.parameters(network.parameters(), 1)));
            var adam = new Adam(new AdamConstants(0.9, 0.999, 1e-8), new KernelEngine(), step.parameters(), step.gradient());
            int[] order = IntStream.range(0, samples.size()).toArray();
            Allocations.assertNone(1_000, "two steps, of batches of " + batch + " and 3,", () -> {
                step.compute(order, 0, batch);
                adam.update(1e-4);
                step.compute(order, batch, samples.size());
                adam.update(1e-4);
            });
        }
    }

    /** From the outputs alone. */
    private static double byHand(Loss loss, Network network, Samples samples, double[] parameters) {
        double[][] rows = IntStream.range(0, samples.size()).mapToObj(s -> IntStream.range(0, samples.inputDimension())
                .mapToDouble(e -> samples.inputs()[s * samples.inputDimension() + e]).toArray())
                .toArray(double[][]::new);
        var symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(network.inputs());
        double[][] outputs = Evaluation.of(List.of(network.outputs()), symbols, new Nd4jEngine())
                .evaluate(network.parameters().split(parameters), Map.of(network.inputs(), rows),
                        samples.size())[0];
        double error = 0;
        double norm = 0;
        for (int s = 0; s < outputs.length; s++) {
            for (int e = 0; e < outputs[s].length; e++) {
                double target = samples.targets()[s * outputs[s].length + e];
                error += (outputs[s][e] - target) * (outputs[s][e] - target);
                norm += target * target;
            }
        }
        return loss == Loss.MSE ? error / samples.targets().length : Math.sqrt(error / norm);
    }

    private static double loss(LossProgram step, double[] parameters, int[] order) {
        step.parameters().assign(Nd4j.createFromArray(parameters));
        return step.compute(order, 0, order.length);
    }

    private static Network network(int outputs) {
        return Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"),
                NetworkDefinition.numbered("z", outputs), List.of(DenseLayer.of(3, Activation.TANH),
                        new DenseLayer(3, Activation.named("gelu").orElseThrow(), false),
                        DenseLayer.of(outputs, Activation.IDENTITY))));
    }

    private static Samples samples(Network network, int size, long seed) {
        var random = new Random(seed);
        int outputs = network.definition().outputDimension();
        return new Samples(network.definition().inputs(), network.definition().outputs(),
                random.doubles(2L * size, -1, 1).toArray(), random.doubles((long) outputs * size, -1, 1).toArray());
    }
}
