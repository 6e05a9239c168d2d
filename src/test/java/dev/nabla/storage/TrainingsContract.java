package dev.nabla.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Doubles;
import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.Labels;
import dev.nabla.losses.Loss;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.GaussNewtonSettings.Space;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.LearningRateSchedule.Cosine;
import dev.nabla.optimizers.LearningRateSchedule.Exponential;
import dev.nabla.optimizers.LearningRateSchedule.Geometric;
import dev.nabla.optimizers.LearningRateSchedule.Step;
import dev.nabla.optimizers.MomentumSettings;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.optimizers.SelfScaledBroydenSettings;
import dev.nabla.problems.Warning;
import dev.nabla.training.EarlyStopping;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingResult.Stop;
import dev.nabla.training.TrainingResult;
import dev.nabla.training.TrainingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What trainings are from when they are posted to when they have left their models, on either database. */
abstract class TrainingsContract extends StorageFixture {

    TrainingsContract(TestDatabase database) {
        super(database);
    }

    @Test
    void aTrainingRunsOnBehalfOfItsOwnerWhoeverTakesItUp() {
        var ada = new Owner("ada");
        UUID id = ada.call(() -> queued());
        Lease lease = taken(id);
        assertThat(lease.owner()).isEqualTo(ada);
        leases.finish(lease, 1, List.of(), new TrainingResult(new double[] {1}, 1, false), 1);
        assertThat(models.list(ModelFilter.ALL, Optional.empty(), 10).items()).isEmpty();
        assertThat(ada.call(() -> models.list(ModelFilter.ALL, Optional.empty(), 10)).items()).hasSize(1);
    }

    @Test
    void aTrainingThatGoesOnHasWhatTheOneBeforeToldAndLeft() {
        UUID first = queued();
        Lease ofFirst = taken(first);
        leases.record(ofFirst, 1, List.of(epoch(0.5, 0.6, 0.1, 0.4), epoch(0.4, 0.7, 0.1, 0.3)), 1);
        assertThat(trainings.hasState(first)).isFalse();
        leases.finish(ofFirst, 1, List.of(), new TrainingResult(new double[] {1}, 0.5, false, new double[] {1}, new double[] {2},
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new byte[] {1, -2, 3})), 1);
        assertThat(trainings.hasState(first)).isTrue();
        StoredTraining earlier = trainings.find(first).orElseThrow();
        UUID second = trainings.insert(earlier.networkId(), earlier.datasetId(), Labels.NONE, SETTINGS.upTo(9), "nd4j", 5,
                Beginning.behind(earlier), Duration.ZERO);
        StoredTraining training = trainings.find(second).orElseThrow();
        assertThat(training.continued()).contains(first);
        assertThat(training.continuedEpochs()).isEqualTo(2);
        assertThat(training.progress().epoch()).isEqualTo(2);
        assertThat(training.progress().loss()).isEqualTo(earlier.progress().loss());
        assertThat(training.progress().validationLoss()).isEqualTo(earlier.progress().validationLoss());
        assertThat(training.warnings()).isEqualTo(earlier.warnings());
        assertThat(trainings.delete(first)).isTrue();
        assertThat(trainings.losses(second)).containsExactly(0.5, 0.4);
        assertThat(trainings.state(second)).hasValueSatisfying(state -> assertThat(state).containsExactly(1, -2, 3));
        Lease ofSecond = taken(second);
        leases.record(ofSecond, 3, List.of(epoch(0.3, 0.8, 0.2, 0.1)), 1);
        assertThat(trainings.losses(second)).containsExactly(0.5, 0.4, 0.3);
        leases.finish(ofSecond, 1, List.of(), new TrainingResult(new double[] {1}, 1, false), 1);
        assertThat(trainings.hasState(second)).isFalse();
        assertThatThrownBy(() -> trainings.insert(earlier.networkId(), earlier.datasetId(), Labels.NONE, SETTINGS, "nd4j", 5,
                Beginning.behind(earlier), Duration.ZERO)).isInstanceOf(DeletedException.class);
    }

    @Test
    void aTrainingNeedsNoDatasetOfItsOwnAndKeepsMetricsMultipliersAndIterations() {
        UUID id = trainings.insert(networks.insert(definition("n")).id(), Optional.empty(), Labels.NONE, SETTINGS, "auto", 5,
                Beginning.DRAWN, Duration.ZERO);
        assertThat(trainings.find(id).orElseThrow().datasetId()).isEmpty();
        assertThat(trainings.list(TrainingFilter.ALL, Optional.empty(), 1).items()).extracting(StoredTraining::id)
                .containsExactly(id);
        Lease lease = taken(id);
        leases.record(lease, 1, List.of(new EpochLosses(0.5, new double[] {0.2, 0.3}, new double[] {1, 2},
                OptionalDouble.empty(), new double[] {0.25}, Optional.empty(), new double[] {3, 1e-3}),
                new EpochLosses(0.4, new double[] {0.2, 0.2}, new double[] {3, 4}, OptionalDouble.empty(), new double[] {0.75},
                        Optional.empty(), new double[] {2, 1e-4})), 1);
        assertThat(trainings.multipliers(id)).containsExactly(1, 2, 3, 4);
        assertThat(trainings.metrics(id)).containsExactly(0.25, 0.75);
        assertThat(trainings.iterations(id)).containsExactly(3, 1e-3, 2, 1e-4);
        leases.fail(lease, "enough");
        assertThat(trainings.delete(id)).isTrue();
    }

    @Test
    void onlyWhatWaitsOrRunsOrIsPausedMayStillChange() {
        assertThat(TrainingState.values()).filteredOn(TrainingState::isFinished).extracting(TrainingState::text)
                .containsExactly("succeeded", "failed", "cancelled");
    }

    @Test
    void aTrainingGoesFromQueuedToSucceededAndLeavesItsModel() {
        UUID id = queued();
        assertThat(trainings.find(id)).hasValueSatisfying(training -> {
            assertThat(training.state()).isEqualTo(TrainingState.QUEUED);
            assertThat(training.settings()).isEqualTo(SETTINGS);
        });
        assertThat(trainings.initialParameters(id)).hasValueSatisfying(p -> assertThat(p).containsExactly(1, -0.0, 3e-300));
        Lease lease = taken(id);
        leases.record(lease, 1, List.of(epoch(0.5, 0.6, 0.1, 0.4), epoch(0.4, 0.7, 0.1, 0.3)), 1);
        leases.record(lease, 3, List.of(epoch(0.3, 0.8, 0.2, 0.1)), 1);
        leases.finish(lease, 1, List.of(), new TrainingResult(new double[] {7, 8}, 0.25, false), 1);
        StoredTraining training = trainings.find(id).orElseThrow();
        assertThat(training.state()).isEqualTo(TrainingState.SUCCEEDED);
        assertThat(training.progress().epoch()).isEqualTo(3);
        assertThat(training.progress().loss()).hasValue(0.3);
        assertThat(training.progress().validationLoss()).hasValue(0.8);
        assertThat(trainings.losses(id)).containsExactly(0.5, 0.4, 0.3);
        assertThat(trainings.validationLosses(id)).containsExactly(0.6, 0.7, 0.8);
        assertThat(trainings.terms(id)).containsExactly(0.1, 0.4, 0.1, 0.3, 0.2, 0.1);
        StoredModel model = models.find(training.modelId().orElseThrow()).orElseThrow();
        assertThat(model.loss()).hasValue(0.25);
        assertThat(models.parameters(model.id())).hasValueSatisfying(p -> assertThat(p).containsExactly(7, 8));
    }

    @Test
    void everySettingIsFoundAsItWasInserted() {
        for (OptimizerSettings optimizer : List.of(GradientDescentSettings.DEFAULT,
                new MomentumSettings(0.1, 0.8, new Exponential(0.9)), new AdamSettings(1, 0.5, 0.25, 2, new Geometric(1e-9)),
                new AdamWSettings(1, 0.5, 0.25, 2, 0.3, true, new Cosine(0)), new LbfgsSettings(5, 0), new SelfScaledBroydenSettings(0.25), new NewtonSettings(0.5, 7, 0),
                new GaussNewtonSettings(0.5, Space.RESIDUALS, 0.25, 0),
                new MomentumSettings(0.1, 0.8, new Step(7, 0.1)))) {
            var settings = new TrainingSettings(Loss.MSE, 3, 4, false, Long.MIN_VALUE, optimizer, OptionalDouble.of(2),
                    OptionalDouble.of(0.1 + 0.2), Optional.of(new EarlyStopping(9, 1e-300)));
            assertThat(trainings.find(queued(settings, Optional.empty())).orElseThrow().settings()).isEqualTo(settings);
        }
        UUID model = UUID.randomUUID();
        assertThat(trainings.find(queued(SETTINGS, Optional.of(model))).orElseThrow().initialModelId()).contains(model);
        assertThat(trainings.find(queued(SETTINGS, Optional.of(model))).orElseThrow().warnings())
                .containsExactly(new Warning("/dataset", "is large"));
    }

    @Test
    void aModelKeepsTheDeviationsOfItsCoefficientsAndWhereThereAreNone() {
        List<Double> values = DoubleStream.iterate(3, c -> c + 1).limit(60).boxed().toList();
        List<Double> ofC = new ArrayList<>(Collections.nCopies(60, Double.NaN));
        ofC.set(7, 0.3);
        var coefficients = Coefficients.of(DocumentReader.trusted("""
                {"inputs": ["x"], "architecture": {"type": "equations", "outputs": {"u": "a * x + b + c[1] + c[2]"},
                 "coefficients": {"a": {"initial": 1}, "b": {"initial": 1}, "c": {"initial": %s}}}}""".formatted(values),
                NetworkDocument.class).definition().parameters());
        Lease lease = taken(queued());
        leases.finish(lease, 1, List.of(), new TrainingResult(new double[] {1}, 0.5, false, new double[] {1}, new double[] {1},
                Optional.empty(), Optional.of(coefficients.of(Doubles.concat(new double[] {1, 2}, Doubles.toArray(values)))),
                Optional.of(coefficients.of(Doubles.concat(new double[] {0.1, Double.NaN}, Doubles.toArray(ofC)))), Optional.empty()), 1);
        StoredModel model = models.find(trainings.find(lease.training()).orElseThrow().modelId().orElseThrow()).orElseThrow();
        assertThat(model.coefficients()).isEqualTo(Map.of("a", 1.0, "b", 2.0, "c", values));
        assertThat(model.deviations()).isEqualTo(Map.of("a", 0.1, "c", ofC));
    }

    @Test
    void aModelKeepsItsBestAndItsLastParameters() {
        UUID id = queued();
        Lease lease = taken(id);
        leases.finish(lease, 1, List.of(), new TrainingResult(new double[] {1}, 0.5, false, new double[] {1}, new double[] {2},
                Optional.of(new Stop(7, "no improvement")), Optional.empty(), Optional.empty(), Optional.empty()), 1);
        StoredTraining training = trainings.find(id).orElseThrow();
        assertThat(training.stop()).contains(new Stop(7, "no improvement"));
        UUID model = training.modelId().orElseThrow();
        assertThat(models.parameters(model)).hasValueSatisfying(p -> assertThat(p).containsExactly(1));
        assertThat(models.bestParameters(model)).hasValueSatisfying(p -> assertThat(p).containsExactly(1));
        assertThat(models.lastParameters(model)).hasValueSatisfying(p -> assertThat(p).containsExactly(2));
        assertThat(models.lastParameters(UUID.randomUUID())).isEmpty();
        UUID other = queued();
        Lease ofOther = taken(other);
        leases.finish(ofOther, 1, List.of(), new TrainingResult(new double[] {2}, 0.5, false, new double[] {1}, new double[] {2},
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), 1);
        UUID last = trainings.find(other).orElseThrow().modelId().orElseThrow();
        assertThat(models.parameters(last)).hasValueSatisfying(p -> assertThat(p).containsExactly(2));
        assertThat(models.bestParameters(last)).hasValueSatisfying(p -> assertThat(p).containsExactly(1));
        assertThat(models.lastParameters(last)).hasValueSatisfying(p -> assertThat(p).containsExactly(2));
    }

    @Test
    void aFinishedTrainingStaysAsItIs() {
        UUID id = queued();
        Lease lease = taken(id);
        leases.fail(lease, "the loss became NaN in epoch 3");
        assertThatThrownBy(() -> leases.finish(lease, 1, List.of(), new TrainingResult(new double[] {1}, 1, false), 1))
                .isInstanceOf(LostLeaseException.class);
        assertThat(trainings.requestCancel(id)).isFalse();
        StoredTraining training = trainings.find(id).orElseThrow();
        assertThat(training.state()).isEqualTo(TrainingState.FAILED);
        assertThat(training.error()).contains("the loss became NaN in epoch 3");
        assertThat(training.modelId()).isEmpty();
    }

    @Test
    void aQueuedTrainingIsCancelledAtOnceARunningOneIsAskedTo() {
        UUID waiting = queued();
        assertThat(trainings.requestCancel(waiting)).isTrue();
        assertThat(trainings.find(waiting).orElseThrow().state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(leases.take(UUID.randomUUID(), 9, LEASE)).isEmpty();
        UUID running = queued();
        UUID worker = UUID.randomUUID();
        leases.take(worker, 9, LEASE);
        assertThat(leases.wishes(worker)).containsValue(new TrainingLeases.Wishes(false, false));
        assertThat(trainings.requestCancel(running)).isTrue();
        assertThat(leases.wishes(worker)).containsValue(new TrainingLeases.Wishes(true, false));
        assertThat(trainings.find(running).orElseThrow().state()).isEqualTo(TrainingState.RUNNING);
    }

    @Test
    void whatATrainingRefersToIsThereOrTheTrainingIsRefused() throws Exception {
        UUID dataset = datasets.insert(samples()).id();
        try (ExecutorService threads = Executors.newFixedThreadPool(2, task -> new Thread(() -> Owner.LOCAL.run(task)))) {
            for (int round = 0; round < 20; round++) {
                UUID network = networks.insert(definition("n")).id();
                var together = new CyclicBarrier(2);
                Future<Optional<UUID>> training = threads.submit(() -> {
                    together.await();
                    try {
                        return Optional.of(transaction.execute(_ -> trainings.insert(network, Optional.of(dataset), Labels.NONE,
                                SETTINGS, "auto", 5, Beginning.DRAWN, Duration.ZERO)));
                    } catch (DeletedException _) {
                        return Optional.empty();
                    }
                });
                Future<Boolean> deletion = threads.submit(() -> {
                    together.await();
                    try {
                        return networks.delete(network);
                    } catch (InUseException _) {
                        return false;
                    }
                });
                assertThat(training.get().isPresent()).isEqualTo(!deletion.get());
                assertThat(networks.find(network).isPresent()).isEqualTo(training.get().isPresent());
            }
        }
        assertThatThrownBy(() -> trainings.insert(UUID.randomUUID(), Optional.of(dataset), Labels.NONE, SETTINGS, "auto", 5,
                Beginning.DRAWN, Duration.ZERO)).isInstanceOf(DeletedException.class).hasMessage("the network has been deleted meanwhile");
    }
}
