package dev.nabla.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.datasets.files.Origin;
import dev.nabla.datasets.files.SourceColumn;
import dev.nabla.documents.Labels;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossTerm;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.layers.Layer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.optimizers.LearningRateSchedule.Cosine;
import dev.nabla.optimizers.LearningRateSchedule.Exponential;
import dev.nabla.optimizers.LearningRateSchedule.Geometric;
import dev.nabla.optimizers.LearningRateSchedule.Step;
import dev.nabla.optimizers.MomentumSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.problems.Warning;
import dev.nabla.training.EarlyStopping;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingResult;
import dev.nabla.training.TrainingResult.Stop;
import dev.nabla.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What storage promises, on either database. */
abstract class StorageContract extends StorageFixture {

    StorageContract(TestDatabase database) {
        super(database);
    }

    @Test
    void whatIsInsertedIsFound() {
        StoredNetwork network = networks.insert(definition("gaussian"));
        assertThat(networks.find(network.id())).contains(network);
        StoredDataset dataset = datasets.insert(samples());
        assertThat(datasets.find(dataset.id())).contains(dataset);
        assertThat(datasets.samples(dataset.id())).hasValueSatisfying(
                found -> assertThat(found).usingRecursiveComparison().isEqualTo(samples()));
        var origin = new Origin(List.of(new SourceColumn("x", "x [\"m\"], \u0000", null), new SourceColumn("y_a", null, "a")), 3);
        StoredDataset ofCsv = datasets.insert(samples(), origin, Labels.NONE);
        assertThat(ofCsv.origin()).isEqualTo(origin);
        assertThat(datasets.find(ofCsv.id())).contains(ofCsv);
        assertThat(networks.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void whatIsOfSomebodyElseIsNotThere() {
        UUID id = queued();
        Lease lease = taken(id);
        leases.record(lease, 1, List.of(epoch(0.5, 0.6)), 1);
        leases.keep(lease, new byte[1], 1);
        UUID finished = queued();
        leases.finish(taken(finished), 1, List.of(), new TrainingResult(new double[] {1}, 1, false), 1);
        UUID waiting = queued();
        StoredTraining training = trainings.find(finished).orElseThrow();
        UUID network = training.networkId();
        UUID dataset = training.datasetId().orElseThrow();
        UUID model = training.modelId().orElseThrow();
        new Owner("somebody-else").run(() -> transaction.executeWithoutResult(_ -> {
            assertThat(networks.find(network)).isEmpty();
            assertThat(networks.hold(network)).isEmpty();
            assertThat(networks.relabel(network, labels -> labels)).isEmpty();
            assertThat(networks.list(LabelFilter.ALL, Optional.empty(), 10).items()).isEmpty();
            assertThat(networks.delete(network)).isFalse();
            assertThat(datasets.find(dataset)).isEmpty();
            assertThat(datasets.hold(dataset)).isEmpty();
            assertThat(datasets.samples(dataset)).isEmpty();
            assertThat(datasets.relabel(dataset, labels -> labels)).isEmpty();
            assertThat(datasets.list(LabelFilter.ALL, Optional.empty(), 10).items()).isEmpty();
            assertThat(datasets.delete(dataset)).isFalse();
            assertThat(models.find(model)).isEmpty();
            assertThat(models.hold(model)).isEmpty();
            assertThat(models.parameters(model)).isEmpty();
            assertThat(models.bestParameters(model)).isEmpty();
            assertThat(models.lastParameters(model)).isEmpty();
            assertThat(models.relabel(model, labels -> labels)).isEmpty();
            assertThat(models.list(ModelFilter.ALL, Optional.empty(), 10).items()).isEmpty();
            assertThat(models.delete(model)).isFalse();
            assertThat(trainings.find(id)).isEmpty();
            assertThat(trainings.hold(id)).isEmpty();
            assertThat(trainings.losses(id)).isEmpty();
            assertThat(trainings.state(id)).isEmpty();
            assertThat(trainings.hasState(id)).isFalse();
            assertThat(trainings.initialParameters(id)).isEmpty();
            assertThat(trainings.relabel(id, labels -> labels)).isEmpty();
            assertThat(trainings.list(TrainingFilter.ALL, Optional.empty(), 10).items()).isEmpty();
            assertThat(trainings.delete(finished)).isFalse();
            assertThat(trainings.requestCancel(waiting)).isFalse();
            assertThat(trainings.requestPause(waiting)).isFalse();
            assertThat(trainings.resume(waiting)).isFalse();
            assertThatThrownBy(() -> trainings.insert(network, Optional.of(dataset), Labels.NONE, SETTINGS, "auto", 5,
                    Beginning.DRAWN)).isInstanceOf(DeletedException.class);
        }));
        assertThat(trainings.losses(id)).hasSize(1);
        assertThat(trainings.hasState(id)).isTrue();
        assertThat(trainings.initialParameters(id)).isPresent();
        assertThat(models.parameters(model)).isPresent();
        assertThat(trainings.find(waiting).orElseThrow().state()).isEqualTo(TrainingState.QUEUED);
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
    void onBehalfOfNobodyNothingIsDone() throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            thread.submit(() -> assertThatThrownBy(() -> networks.find(UUID.randomUUID()))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("Owner")).get();
        }
    }

    @Test
    void whatWasStoredBeforeThereWereOwnersBelongsToWhoNeedsNoKey() {
        DataSource old = database.empty();
        migrate(old, "14");
        UUID network = insertedNetwork(old, named("null"));
        migrate(old, "latest");
        assertThat(networks.find(network)).isPresent();
        assertThat(networks.list(LabelFilter.ALL, Optional.empty(), 10).items()).hasSize(1);
    }

    @Test
    void networksFromBeforeThereWereFiltersAreListedByTheirNames() {
        DataSource old = database.empty();
        migrate(old, "6");
        UUID named = insertedNetwork(old, named("\"a \\\"b\\\" é\""));
        UUID unnamed = insertedNetwork(old, named("null"));
        migrate(old, "latest");
        assertThat(networks.list(new LabelFilter(Optional.of("a \"b\" é"), Optional.empty()), Optional.empty(), 9).items())
                .extracting(StoredNetwork::id).containsExactly(named);
        assertThat(networks.list(LabelFilter.ALL, Optional.empty(), 9).items()).extracting(StoredNetwork::id)
                .containsExactlyInAnyOrder(named, unnamed);
    }

    private static String named(String name) {
        return "{\"name\":" + name + ",\"inputs\":[\"x\"],\"outputs\":[\"y\"],\"layers\":["
                + "{\"type\":\"dense\",\"units\":1,\"activation\":\"tanh\",\"bias\":true}]}";
    }

    @Test
    void labelsAreFoundAsTheyWereInsertedAndDecideWhatIsListed() {
        var labels = new Labels(Optional.of("n é"), List.of("b", "a"));
        StoredDataset dataset = datasets.insert(samples(), labels);
        assertThat(datasets.find(dataset.id())).contains(dataset);
        assertThat(dataset.labels().tags()).containsExactly("a", "b");
        UUID id = trainings.insert(networks.insert(definition("n"), List.of("a")).id(), Optional.of(dataset.id()), labels, SETTINGS,
                "auto", 5, Beginning.DRAWN);
        Lease lease = taken(id);
        leases.finish(lease, 1, List.of(), new TrainingResult(new double[] {1}, 1, false), 1);
        StoredTraining training = trainings.find(id).orElseThrow();
        assertThat(training.labels()).isEqualTo(labels);
        UUID model = training.modelId().orElseThrow();
        assertThat(models.find(model).orElseThrow().labels()).isEqualTo(labels);
        assertThat(networks.find(training.networkId()).orElseThrow().tags()).containsExactly("a");
        for (TrainingState state : TrainingState.values()) {
            var filter = new TrainingFilter(Optional.of(state), Optional.of(training.networkId()), Optional.of(dataset.id()),
                    new LabelFilter(labels.name(), Optional.of("b")));
            assertThat(trainings.list(filter, Optional.empty(), 2).items()).extracting(StoredTraining::id)
                    .isEqualTo(state == TrainingState.SUCCEEDED ? List.of(id) : List.of());
        }
        assertThat(models.list(new ModelFilter(Optional.of(training.networkId()), Optional.of(id),
                new LabelFilter(labels.name(), Optional.of("a"))), Optional.empty(), 2).items())
                .extracting(StoredModel::id).containsExactly(model);
        assertThat(trainings.delete(id)).isTrue();
        assertThat(models.find(model)).isEmpty();
    }

    @Test
    void listsAreNewestFirstAndGoOnWhereTheyStopped() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.addFirst(networks.insert(definition("n" + i)).id());
        }
        List<UUID> listed = new ArrayList<>();
        Optional<Position> position = Optional.empty();
        do {
            Slice<StoredNetwork> slice = networks.list(LabelFilter.ALL, position, 3);
            slice.items().forEach(network -> listed.add(network.id()));
            networks.insert(definition("in between"));
            position = slice.next();
        } while (position.isPresent() && listed.size() < 7);
        assertThat(listed.subList(0, 7)).isEqualTo(ids);
    }

    @Test
    void aListEndsWithItsLastItemAlsoWhereThatIsTheLastOfItsSlice() {
        UUID first = queued();
        Lease ofFirst = taken(first);
        leases.finish(ofFirst, 1, List.of(), new TrainingResult(new double[] {1}, 1, false), 1);
        UUID second = queued();
        assertThat(trainings.queued()).isEqualTo(1);
        assertThat(trainings.list(TrainingFilter.ALL, Optional.empty(), 2).next()).isEmpty();
        Slice<StoredTraining> newest = trainings.list(TrainingFilter.ALL, Optional.empty(), 1);
        assertThat(newest.items()).extracting(StoredTraining::id).containsExactly(second);
        assertThat(trainings.list(TrainingFilter.ALL, newest.next(), 1).items()).extracting(StoredTraining::id)
                .containsExactly(first);
        UUID model = trainings.find(first).orElseThrow().modelId().orElseThrow();
        assertThat(models.list(ModelFilter.ALL, Optional.empty(), 1).items()).extracting(StoredModel::id)
                .containsExactly(model);
        assertThat(datasets.list(LabelFilter.ALL, Optional.empty(), 2).items()).extracting(StoredDataset::id).containsExactly(
                trainings.find(second).orElseThrow().datasetId().orElseThrow(),
                trainings.find(first).orElseThrow().datasetId().orElseThrow());
        assertThat(models.delete(model)).isTrue();
        assertThat(models.delete(model)).isFalse();
        assertThat(models.find(model)).isEmpty();
    }

    @Test
    void aDatasetThatATermOfALossNamesIsInUse() {
        UUID named = datasets.insert(samples()).id();
        var loss = new EquationLoss(List.of(new LossTerm("z", Optional.of(named), 1)));
        queued(new TrainingSettings(loss, 1, 1, true, 1, AdamSettings.DEFAULT), Optional.empty());
        assertThatThrownBy(() -> datasets.delete(named)).isInstanceOf(InUseException.class);
        assertThat(datasets.delete(UUID.randomUUID())).isFalse();
    }

    @Test
    void aTrainingThatGoesOnHasWhatTheOneBeforeToldAndLeft() {
        UUID first = queued();
        Lease ofFirst = taken(first);
        leases.record(ofFirst, 1, List.of(epoch(0.5, 0.6, 0.1, 0.4), epoch(0.4, 0.7, 0.1, 0.3)), 1);
        assertThat(trainings.hasState(first)).isFalse();
        leases.finish(ofFirst, 1, List.of(), new TrainingResult(new double[] {1}, 0.5, false, new double[] {1}, new double[] {2},
                Optional.empty(), Optional.empty(), Optional.of(new byte[] {1, -2, 3})), 1);
        assertThat(trainings.hasState(first)).isTrue();
        StoredTraining earlier = trainings.find(first).orElseThrow();
        UUID second = trainings.insert(earlier.networkId(), earlier.datasetId(), Labels.NONE, SETTINGS.upTo(9), "nd4j", 5,
                Beginning.behind(earlier));
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
                Beginning.behind(earlier))).isInstanceOf(DeletedException.class);
    }

    @Test
    void aTrainingNeedsNoDatasetOfItsOwnAndKeepsMetricsAndMultipliers() {
        UUID id = trainings.insert(networks.insert(definition("n")).id(), Optional.empty(), Labels.NONE, SETTINGS, "auto", 5,
                Beginning.DRAWN);
        assertThat(trainings.find(id).orElseThrow().datasetId()).isEmpty();
        assertThat(trainings.list(TrainingFilter.ALL, Optional.empty(), 1).items()).extracting(StoredTraining::id)
                .containsExactly(id);
        Lease lease = taken(id);
        leases.record(lease, 1, List.of(new EpochLosses(0.5, new double[] {0.2, 0.3}, new double[] {1, 2},
                OptionalDouble.empty(), new double[] {0.25}, Optional.empty()),
                new EpochLosses(0.4, new double[] {0.2, 0.2}, new double[] {3, 4}, OptionalDouble.empty(), new double[] {0.75},
                        Optional.empty())), 1);
        assertThat(trainings.multipliers(id)).containsExactly(1, 2, 3, 4);
        assertThat(trainings.metrics(id)).containsExactly(0.25, 0.75);
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
        assertThat(model.loss()).isEqualTo(0.25);
        assertThat(models.parameters(model.id())).hasValueSatisfying(p -> assertThat(p).containsExactly(7, 8));
    }

    @Test
    void everySettingIsFoundAsItWasInserted() {
        for (OptimizerSettings optimizer : List.of(GradientDescentSettings.DEFAULT,
                new MomentumSettings(0.1, 0.8, new Exponential(0.9)), new AdamSettings(1, 0.5, 0.25, 2, new Geometric(1e-9)),
                new AdamWSettings(1, 0.5, 0.25, 2, 0.3, true, new Cosine(0)), new LbfgsSettings(5, 0),
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
    void aModelKeepsItsBestAndItsLastParameters() {
        UUID id = queued();
        Lease lease = taken(id);
        leases.finish(lease, 1, List.of(), new TrainingResult(new double[] {1}, 0.5, false, new double[] {1}, new double[] {2},
                Optional.of(new Stop(7, "no improvement")), Optional.empty(), Optional.empty()), 1);
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
                Optional.empty(), Optional.empty(), Optional.empty()), 1);
        UUID last = trainings.find(other).orElseThrow().modelId().orElseThrow();
        assertThat(models.parameters(last)).hasValueSatisfying(p -> assertThat(p).containsExactly(2));
        assertThat(models.bestParameters(last)).hasValueSatisfying(p -> assertThat(p).containsExactly(1));
        assertThat(models.lastParameters(last)).hasValueSatisfying(p -> assertThat(p).containsExactly(2));
    }

    /**
     * Reads {@code stored/<version of the schema>/<network or training>-<what>.json}, where {@code stored} is what that version
     * wrote and {@code now} what is written of it today. Every form that was ever written has its example there, for ever.
     */
    @Test
    void whatEveryVersionWroteIsReadAsWhatItIsToday() throws IOException {
        DataSource source = database.empty();
        Map<UUID, JsonNode> examples = new LinkedHashMap<>();
        for (int version : versions()) {
            migrate(source, String.valueOf(version));
            UUID network = insertedNetwork(source, named("null"));
            UUID dataset = insertedDataset(source);
            try (Stream<Path> files = Files.list(Path.of("src/test/resources/stored/" + version)).sorted()) {
                for (Path file : files.toList()) {
                    JsonNode example = json.readTree(Files.readString(file));
                    String stored = example.get("stored").toString();
                    examples.put(file.getFileName().toString().startsWith("network") ? insertedNetwork(source, stored)
                            : insertedTraining(source, network, dataset, stored), example.get("now"));
                }
            }
        }
        migrate(source, "latest");
        assertThat(examples).hasSizeGreaterThanOrEqualTo(39);
        examples.forEach((id, now) -> assertThat(json.writeValueAsString(now.has("inputs")
                ? NetworkDocument.of(networks.find(id).orElseThrow().definition())
                : trainings.find(id).orElseThrow().settings())).isEqualTo(now.toString()));
    }

    /** Those that there are examples of. */
    private static List<Integer> versions() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/stored"))) {
            return folders.map(folder -> Integer.valueOf(folder.getFileName().toString())).sorted().toList();
        }
    }

    @Test
    void everyFormOfTodayHasItsExample() throws IOException {
        var stored = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/stored")).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                stored.append(json.readTree(Files.readString(file)).get("stored"));
            }
        }
        assertThat(Stream.of(OptimizerSettings.class, LearningRateSchedule.class, Layer.class, Architecture.class)
                .flatMap(StorageContract::records).filter(record -> record.isAnnotationPresent(JsonTypeName.class))
                .map(record -> record.getAnnotation(JsonTypeName.class).value()))
                .allSatisfy(word -> assertThat(stored).contains("\"type\":\"" + word + "\""));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord() ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(StorageContract::records);
    }

    private static UUID insertedNetwork(DataSource database, String definition) {
        UUID id = UUID.randomUUID();
        JdbcClient.create(database).sql("insert into network (id, definition, created_at) values (?, ?, current_timestamp)")
                .params(id, definition).update();
        return id;
    }

    private static UUID insertedDataset(DataSource database) {
        UUID id = UUID.randomUUID();
        JdbcClient.create(database).sql("""
                insert into dataset (id, input_names, target_names, samples, inputs, targets, created_at)
                values (?, 'x', 'y', 0, ?, ?, current_timestamp)""").params(id, new byte[0], new byte[0]).update();
        return id;
    }

    private static UUID insertedTraining(DataSource database, UUID network, UUID dataset, String settings) {
        UUID id = UUID.randomUUID();
        JdbcClient.create(database).sql("""
                insert into training (id, network_id, dataset_id, settings, engine, state, cancel_requested, epoch,
                    created_at) values (?, ?, ?, ?, 'auto', 'QUEUED', false, 0, current_timestamp)""")
                .params(id, network, dataset, settings).update();
        return id;
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
    void nothingThatIsReferredToIsDeleted() {
        UUID id = queued();
        StoredTraining training = trainings.find(id).orElseThrow();
        assertThatThrownBy(() -> networks.delete(training.networkId())).isInstanceOf(InUseException.class);
        assertThatThrownBy(() -> datasets.delete(training.datasetId().orElseThrow())).isInstanceOf(InUseException.class);
        assertThatThrownBy(() -> trainings.delete(id)).isInstanceOf(InUseException.class);
        Lease lease = taken(id);
        assertThatThrownBy(() -> trainings.delete(id)).isInstanceOf(InUseException.class);
        leases.record(lease, 1, List.of(new EpochLosses(0.5, new double[0], OptionalDouble.empty())), 1);
        assertThat(trainings.validationLosses(id)).isEmpty();
        assertThat(trainings.terms(id)).isEmpty();
        leases.finish(lease, 1, List.of(), new TrainingResult(new double[] {1}, 1, true), 1);
        UUID model = trainings.find(id).orElseThrow().modelId().orElseThrow();
        assertThat(trainings.delete(id)).isTrue();
        assertThat(trainings.delete(id)).isFalse();
        assertThat(models.find(model)).isEmpty();
        assertThat(trainings.losses(id)).isEmpty();
        assertThat(networks.delete(training.networkId())).isTrue();
        assertThat(datasets.delete(training.datasetId().orElseThrow())).isTrue();
        assertThat(networks.delete(training.networkId())).isFalse();
    }

    private static EpochLosses epoch(double loss, double validation, double... terms) {
        return new EpochLosses(loss, terms, OptionalDouble.of(validation));
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
                                SETTINGS, "auto", 5, Beginning.DRAWN)));
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
                Beginning.DRAWN)).isInstanceOf(DeletedException.class).hasMessage("the network has been deleted meanwhile");
    }

    @Test
    void ofTwoChangesOfLabelsAtOnceNoneIsLost() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2, task -> new Thread(() -> Owner.LOCAL.run(task)))) {
            for (int round = 0; round < 20; round++) {
                UUID id = datasets.insert(samples()).id();
                var together = new CyclicBarrier(2);
                List<Future<Boolean>> changes = Stream.of("a", "b").map(tag -> threads.submit(() -> {
                    together.await();
                    return transaction.execute(_ -> datasets.relabel(id, before -> new Labels(Optional.of("n"),
                            Stream.concat(before.tags().stream(), Stream.of(tag)).toList()))).isPresent();
                })).toList();
                for (Future<Boolean> change : changes) {
                    assertThat(change.get()).isTrue();
                }
                assertThat(datasets.find(id).orElseThrow().labels())
                        .isEqualTo(new Labels(Optional.of("n"), List.of("a", "b")));
            }
        }
        assertThat(networks.relabel(UUID.randomUUID(), before -> before)).isEmpty();
    }
}
