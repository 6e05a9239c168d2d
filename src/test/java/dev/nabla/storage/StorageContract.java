package dev.nabla.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.datasets.files.Origin;
import dev.nabla.datasets.files.SourceColumn;
import dev.nabla.documents.Labels;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.LossTerm;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingResult;
import dev.nabla.training.TrainingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is found, listed, labelled and deleted, whatever it is, on either database. */
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
                    Beginning.DRAWN, Duration.ZERO)).isInstanceOf(DeletedException.class);
        }));
        assertThat(trainings.losses(id)).hasSize(1);
        assertThat(trainings.hasState(id)).isTrue();
        assertThat(trainings.initialParameters(id)).isPresent();
        assertThat(models.parameters(model)).isPresent();
        assertThat(trainings.find(waiting).orElseThrow().state()).isEqualTo(TrainingState.QUEUED);
    }

    @Test
    void onBehalfOfNobodyNothingIsDone() throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            thread.submit(() -> assertThatThrownBy(() -> networks.find(UUID.randomUUID()))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("Owner")).get();
        }
    }

    @Test
    void labelsAreFoundAsTheyWereInsertedAndDecideWhatIsListed() {
        var labels = new Labels(Optional.of("n é"), List.of("b", "a"));
        StoredDataset dataset = datasets.insert(samples(), labels);
        assertThat(datasets.find(dataset.id())).contains(dataset);
        assertThat(dataset.labels().tags()).containsExactly("a", "b");
        UUID id = trainings.insert(networks.insert(definition("n"), List.of("a")).id(), Optional.of(dataset.id()), labels, SETTINGS,
                "auto", 5, Beginning.DRAWN, Duration.ZERO);
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

    private UUID model(String name) {
        UUID id = trainings.insert(networks.insert(definition("n")).id(), Optional.of(datasets.insert(samples()).id()),
                new Labels(Optional.ofNullable(name), List.of()), SETTINGS, "auto", 5, Beginning.DRAWN, Duration.ZERO);
        Lease lease = taken(id);
        transaction.executeWithoutResult(_ ->
                leases.finish(lease, 1, List.of(), new TrainingResult(new double[] {1}, 1, false), 1));
        return trainings.find(id).orElseThrow().modelId().orElseThrow();
    }

    private Optional<UUID> meant(String reference) {
        return models.resolve(new ModelReference(reference)).map(FoundModel::id);
    }

    private void call(UUID model, String alias) {
        assertThat(transaction.execute(_ -> models.call(model, alias)).orElseThrow().aliases()).contains(alias);
    }

    private boolean calledNoMore(UUID model, String alias) {
        return Boolean.TRUE.equals(transaction.execute(_ -> models.callNoMore(model, alias)));
    }

    @Test
    void modelsOfANameAreNumberedAndMeantByNumberAliasAndId() {
        UUID first = model("bell");
        UUID unnamed = model(null);
        UUID second = model("bell");
        UUID at = model("a@b");
        assertThat(models.find(first).orElseThrow().version()).hasValue(1);
        assertThat(models.find(second).orElseThrow().version()).hasValue(2);
        assertThat(models.find(unnamed).orElseThrow().version()).isEmpty();
        assertThat(Stream.of("bell@1", "bell@2", "bell", "bell@latest", "a@b@latest", "a@b@1", unnamed.toString(), first + "@1",
                first.toString().toUpperCase(Locale.ROOT), first + "@latest").map(reference -> meant(reference).orElseThrow()))
                .containsExactly(first, second, second, second, at, at, unnamed, first, first, first);
        assertThat(Stream.of("bell@3", "bell@0", "bell@01", "bell@99999999999", "bell@", "Bell", "a", "a@b", "", "@", "null", first + "@2",
                unnamed + "@1", UUID.randomUUID().toString()).map(this::meant)).allMatch(Optional::isEmpty);
        assertThat(models.delete(second)).isTrue();
        assertThat(meant("bell")).contains(first);
        assertThat(models.find(model("bell")).orElseThrow().version()).as("no number is given twice").hasValue(3);
        assertThat(models.versions(models.resolve(new ModelReference("bell")).orElseThrow())).containsExactly(1, 3);
        assertThat(models.versions(models.resolve(new ModelReference(unnamed.toString())).orElseThrow())).isEmpty();
    }

    @Test
    void anAliasIsOneModelsAtATimeAndGoesWithIt() {
        UUID first = model("bell");
        UUID second = model("bell");
        UUID other = model("other");
        call(first, "champion");
        call(first, "a");
        call(other, "champion");
        assertThat(models.find(first).orElseThrow().aliases()).containsExactly("a", "champion");
        assertThat(meant("bell@champion")).contains(first);
        assertThat(meant(first + "@champion")).contains(first);
        call(second, "champion");
        assertThat(meant("bell@champion")).contains(second);
        assertThat(meant("other@champion")).contains(other);
        assertThat(models.find(first).orElseThrow().aliases()).containsExactly("a");
        assertThat(calledNoMore(first, "champion")).isFalse();
        assertThat(meant("bell@champion")).contains(second);
        assertThat(calledNoMore(second, "champion")).isTrue();
        assertThat(meant("bell@champion")).isEmpty();
        assertThat(models.delete(first)).isTrue();
        assertThat(meant("bell@a")).isEmpty();
        UUID unnamed = model(null);
        assertThatThrownBy(() -> transaction.execute(_ -> models.call(unnamed, "x"))).isInstanceOf(InUseException.class);
        new Owner("somebody-else").run(() -> transaction.executeWithoutResult(_ -> {
            assertThat(models.call(other, "mine")).isEmpty();
            assertThat(models.callNoMore(other, "champion")).isFalse();
            assertThat(Stream.of("other", "other@champion", "other@1", other.toString()).map(this::meant))
                    .allMatch(Optional::isEmpty);
        }));
    }

    @Test
    void aModelIsTheNextOfANewNameAndKeepsItsNameWhileItHasAliases() {
        model("new");
        UUID id = model("old");
        call(id, "champion");
        assertThatThrownBy(() -> transaction.execute(_ -> models.relabel(id, labels ->
                new Labels(Optional.of("new"), labels.tags())))).isInstanceOf(InUseException.class).hasMessageContaining("champion");
        assertThat(models.find(id).orElseThrow().labels().name()).contains("old");
        assertThat(transaction.execute(_ -> models.relabel(id, labels -> new Labels(labels.name(), List.of("t")))).orElseThrow()
                .version()).hasValue(1);
        assertThat(calledNoMore(id, "champion")).isTrue();
        assertThat(transaction.execute(_ -> models.relabel(id, labels -> new Labels(Optional.of("new"), List.of()))).orElseThrow()
                .version()).hasValue(2);
        assertThat(meant("new@2")).contains(id);
        assertThat(meant("old")).isEmpty();
        assertThat(transaction.execute(_ -> models.relabel(id, _ -> Labels.NONE)).orElseThrow().version()).isEmpty();
        assertThat(models.relabel(UUID.randomUUID(), _ -> Labels.NONE)).isEmpty();
    }

    @Test
    void ofManyAtOnceEachIsAnotherVersionAndOneHasTheAlias() throws Exception {
        List<UUID> ids = Stream.generate(() -> model(null)).limit(6).toList();
        var together = new CyclicBarrier(ids.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(ids.size())) {
            List<Future<OptionalInt>> named = threads.invokeAll(ids.stream().<Callable<OptionalInt>>map(id -> () -> {
                together.await();
                return Owner.LOCAL.call(() -> transaction.execute(_ -> {
                    models.relabel(id, _ -> new Labels(Optional.of("busy"), List.of()));
                    return models.call(id, "last").orElseThrow().version();
                }));
            }).toList());
            var versions = new TreeSet<Integer>();
            for (Future<OptionalInt> version : named) {
                versions.add(version.get().getAsInt());
            }
            assertThat(versions).containsExactly(1, 2, 3, 4, 5, 6);
        }
        assertThat(ids.stream().filter(id -> models.find(id).orElseThrow().aliases().equals(List.of("last"))))
                .singleElement().isEqualTo(meant("busy@last").orElseThrow());
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
