package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.expression.Work;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings within a Work share the programs of equal losses; outside of one each makes its own. */
class SharedProgramsTest {

    private static final int AT_ONCE = 4;

    @ParameterizedTest
    @MethodSource("dev.nabla.training.ContinuationTest#optimizers")
    void trainingsOfOneNetworkAtOnceLearnWhatEachLearnsAlone(OptimizerSettings optimizer) throws ExecutionException, InterruptedException {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (Objective loss : List.of(Loss.MSE, loss("{\"terms\": [{\"equation\": \"outputs.z - targets.z\"}, "
                + "{\"equation\": \"D(outputs.z, x)\", \"weight\": 0.1}]}"))) {
            Samples samples = samples(random);
            List<Long> seeds = random.longs(AT_ONCE).boxed().toList();
            List<TrainingResult> alone = seeds.stream().map(own -> train(loss, optimizer, samples, own)).toList();
            var together = new ArrayList<Future<TrainingResult>>();
            try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
                seeds.forEach(own -> together.add(threads.submit(() -> {
                    TrainingResult[] result = new TrainingResult[1];
                    Work.within(Long.MAX_VALUE, () -> result[0] = train(loss, optimizer, samples, own));
                    return result[0];
                })));
            }
            for (int i = 0; i < AT_ONCE; i++) {
                TrainingResult shared = together.get(i).get();
                assertThat(shared.parameters()).as("seed %d, %s", seed, loss).isEqualTo(alone.get(i).parameters());
                assertThat(shared.loss()).as("seed %d, %s", seed, loss).isEqualTo(alone.get(i).loss());
                assertThat(shared.state().map(HexFormat.of()::formatHex)).as("seed %d, %s", seed, loss)
                        .isEqualTo(alone.get(i).state().map(HexFormat.of()::formatHex));
            }
        }
    }

    private static Objective loss(String json) {
        return DocumentReader.trusted(json, EquationLoss.class);
    }

    /** Of a network that is built anew. */
    private static TrainingResult train(Objective loss, OptimizerSettings optimizer, Samples samples, long seed) {
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                List.of(DenseLayer.of(3, Activation.TANH), DenseLayer.of(1, Activation.TANH))));
        var settings = new TrainingSettings(loss, 3, 5, true, seed, optimizer, OptionalDouble.empty(), OptionalDouble.of(0.2),
                Optional.empty(), List.of(), List.of("L1.b"), Map.of(), Precision.DOUBLE);
        return new Trainer(network, samples, settings, new KernelEngine())
                .train(GlorotUniform.parameters(network.parameters(), seed), TrainingProgress.IGNORED);
    }

    private static Samples samples(Random random) {
        return new Samples(List.of("x", "y"), List.of("z"), random.doubles(2 * 17, -1, 1).toArray(), random.doubles(17, -1, 1).toArray());
    }
}
