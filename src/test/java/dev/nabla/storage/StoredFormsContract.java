package dev.nabla.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.Labels;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.layers.Layer;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.optimizers.OptimizerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What any version has stored is read as what it is today, on either database. */
abstract class StoredFormsContract extends StorageFixture {

    StoredFormsContract(TestDatabase database) {
        super(database);
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
    void modelsFromBeforeThereWereVersionsAreNumberedAsTheyCame() {
        DataSource old = database.empty();
        migrate(old, "21");
        UUID network = insertedNetwork(old, named("null"));
        var ids = new ArrayList<UUID>();
        for (String name : new String[] {"bell", "other", "bell", null, "bell"}) {
            ids.add(insertedModel(old, network, name, ids.size()));
        }
        migrate(old, "latest");
        assertThat(ids.stream().map(id -> models.find(id).orElseThrow().version())).containsExactly(OptionalInt.of(1),
                OptionalInt.of(1), OptionalInt.of(2), OptionalInt.empty(), OptionalInt.of(3));
        assertThat(models.resolve(new ModelReference("bell")).orElseThrow().id()).isEqualTo(ids.getLast());
        models.relabel(ids.get(1), _ -> new Labels(Optional.of("bell"), List.of()));
        assertThat(models.find(ids.get(1)).orElseThrow().version()).hasValue(4);
    }

    private static UUID insertedModel(DataSource old, UUID network, @Nullable String name, int minute) {
        UUID training = UUID.randomUUID();
        var sql = JdbcClient.create(old);
        OffsetDateTime at = OffsetDateTime.parse("2026-01-01T00:00:00Z").plusMinutes(minute);
        sql.sql("insert into training (id, network_id, settings, engine, state, cancel_requested, epoch, created_at, due_at) "
                + "values (?, ?, '{}', 'auto', 'SUCCEEDED', false, 0, ?, ?)").params(training, network, at, at).update();
        UUID id = UUID.randomUUID();
        sql.sql("insert into model (id, name, network_id, training_id, loss, parameters, created_at) values (?, ?, ?, ?, 0, ?, ?)")
                .param(id).param(name).param(network).param(training).param(new byte[8]).param(at).update();
        return id;
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

    @Test
    void everyFormOfTodayHasItsExample() throws IOException {
        var stored = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/stored")).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                stored.append(json.readTree(Files.readString(file)).get("stored"));
            }
        }
        assertThat(Stream.of(OptimizerSettings.class, LearningRateSchedule.class, Layer.class, Architecture.class)
                .flatMap(StoredFormsContract::records).filter(record -> record.isAnnotationPresent(JsonTypeName.class))
                .map(record -> record.getAnnotation(JsonTypeName.class).value()))
                .allSatisfy(word -> assertThat(stored).contains("\"type\":\"" + word + "\""));
    }

    private static String named(String name) {
        return "{\"name\":" + name + ",\"inputs\":[\"x\"],\"outputs\":[\"y\"],\"layers\":["
                + "{\"type\":\"dense\",\"units\":1,\"activation\":\"tanh\",\"bias\":true}]}";
    }

    /** Those that there are examples of. */
    private static List<Integer> versions() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/stored"))) {
            return folders.map(folder -> Integer.valueOf(folder.getFileName().toString())).sorted().toList();
        }
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord() ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(StoredFormsContract::records);
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
}
