package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.DocumentReader;
import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.Objective;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.program.engine.KernelEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a training before it is accepted, next to what it holds when it is ready to make its first step. */
class LeastMemoryTest {

    private static final int ROWS = 1_000_000;
    /** Its programs, and what is taken in steps. */
    private static final long PROGRAMS = 1 << 20;
    private static final UUID OTHER = UUID.randomUUID();
    private static final String DRAWN = "{\"equation\": \"outputs.z\", \"sample\": {\"points\": 300000, \"ranges\": "
            + "{\"y\": [0, 1], \"x\": [0, 1]}}}";
    private static final String ELSEWHERE = "{\"equation\": \"outputs.z\", \"dataset\": \"" + OTHER + "\"}";
    private static final Network NETWORK = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
            List.of(DenseLayer.of(1, Activation.IDENTITY))));

    private static final class ReadyException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @CsvSource({"mse, x y, 0", "mse, x y, 0.25", "mse, y x, 0", "mse, y x, 0.25", "own, x y, 0", "own, x y, 0.5", "both, y x, 0.5",
        "none, x y, 0", "none, x y, 0.5"})
    void isWhatIsHeldBeforeTheFirstStepBesideThePrograms(String kind, String names, double validation) {
        Objective loss = switch (kind) {
            case "mse" -> Loss.MSE;
            case "own" -> terms("{\"equation\": \"outputs.z\"}", DRAWN);
            case "both" -> terms("{\"equation\": \"outputs.z\"}", ELSEWHERE);
            default -> terms(DRAWN, ELSEWHERE);
        };
        var settings = new TrainingSettings(loss, 1, 1000, true, 1, AdamSettings.DEFAULT, OptionalDouble.empty(),
                validation > 0 ? OptionalDouble.of(validation) : OptionalDouble.empty(), Optional.empty(), List.of());
        Samples own = samples(names, ROWS);
        Map<UUID, Samples> others = new HashMap<>();
        loss.datasets().forEach(id -> others.put(id, samples("y x", ROWS / 2)));
        List<Samples> read = new ArrayList<>(List.of(own));
        read.addAll(others.values());
        long readBytes = Double.BYTES * read.stream().mapToLong(Samples::cells).sum();
        var budget = new MemoryBudget("trainings", Long.MAX_VALUE, () -> Long.MAX_VALUE);
        long[] held = new long[1];
        try (var work = new Work(Long.MAX_VALUE, budget)) {
            assertThatThrownBy(() -> work.run(() -> {
                Work.hold(Place.HEAP, readBytes);
                new Trainer(NETWORK, own, others, settings, new KernelEngine()).train(new double[NETWORK.parameters().size()],
                        new TrainingProgress() {
                            @Override
                            public void begins(int stepsPerEpoch) {
                                held[0] = budget.held(Place.HEAP);
                                throw new ReadyException();
                            }

                            @Override
                            public void epochFinished(int epoch, EpochLosses losses) {
                                throw new AssertionError("not ended");
                            }
                        });
            })).isInstanceOf(ReadyException.class);
        }
        MatchedSamples matched = MatchedSamples.of(NETWORK, loss, Optional.of(own), others);
        long kept = LeastMemory.kept(NETWORK, read, matched, settings);
        assertThat(held[0]).isBetween(kept, kept + PROGRAMS);
        assertThat(LeastMemory.of(NETWORK, read, matched, settings, Optional.empty()).heap()).isGreaterThanOrEqualTo(kept)
                .isGreaterThanOrEqualTo(LeastMemory.BYTES_OF_CELL_READ * own.cells());
    }

    private static Objective terms(String... terms) {
        return DocumentReader.trusted("{\"terms\": [" + String.join(",", terms) + "], \"weights\": \"fixed\"}", EquationLoss.class);
    }

    private static Samples samples(String names, int rows) {
        return new Samples(List.of(names.split(" ")), List.of("z"), new double[2 * rows], new double[rows]);
    }
}
