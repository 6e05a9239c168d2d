package dev.nabla.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.ServiceInThisProcess;
import dev.nabla.datasets.Samples;
import dev.nabla.documents.Labels;
import dev.nabla.losses.Loss;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Expired;
import dev.nabla.storage.Networks;
import dev.nabla.storage.Trainings;
import dev.nabla.training.TrainingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceInThisProcess
@SpringBootTest(properties = {"nabla.trainings.max-running=0",
    "spring.datasource.url=jdbc:h2:mem:retention;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class RetentionTest {

    @Autowired
    private Retention asConfigured;

    @Autowired
    private Expired expired;

    @Autowired
    private Trainings trainings;

    @Autowired
    private Networks networks;

    @Autowired
    private Datasets datasets;

    @Autowired
    private JdbcClient sql;

    private UUID network;
    private UUID dataset;
    private UUID termDataset;
    private UUID old;
    private UUID young;
    private UUID waiting;

    @BeforeEach
    void store() {
        List.of("training", "network", "dataset").forEach(table -> sql.sql("delete from " + table).update());
        network = network();
        dataset = dataset();
        termDataset = dataset();
        old = training("SUCCEEDED", 91);
        young = training("FAILED", 89);
        waiting = training("QUEUED", 91);
    }

    @Test
    void unlessSetAllStays() {
        network();
        asConfigured.apply();
        assertThat(count("training")).isEqualTo(3);
        assertThat(count("network")).isEqualTo(2);
    }

    @Test
    void finishedTrainingsGoAfterTheirTime() {
        retention(Duration.ofDays(90), null).apply();
        assertThat(trainings.find(old)).isEmpty();
        assertThat(trainings.find(young)).isPresent();
        assertThat(trainings.find(waiting)).isPresent();
        assertThat(networks.find(network)).isPresent();
    }

    @Test
    void networksAndDatasetsGoToWhichNothingRefers() {
        sql.sql("insert into training_dataset (training_id, dataset_id) values (?, ?)").params(waiting, termDataset).update();
        UUID unusedNetwork = network();
        UUID unusedDataset = dataset();
        UUID fresh = networks.insert(definition()).id();
        retention(null, Duration.ofDays(90)).apply();
        assertThat(networks.find(unusedNetwork)).isEmpty();
        assertThat(datasets.find(unusedDataset)).isEmpty();
        assertThat(networks.find(fresh)).isPresent();
        assertThat(networks.find(network)).isPresent();
        assertThat(datasets.find(dataset)).isPresent();
        assertThat(datasets.find(termDataset)).isPresent();
    }

    /** More than a batch. */
    @Test
    void servicesThatDoItAtOnceDoNotDisturbEachOther() throws Exception {
        IntStream.range(0, 250).forEach(_ -> training("CANCELLED", 100));
        Callable<Void> service = () -> {
            retention(Duration.ofDays(90), Duration.ofDays(90)).apply();
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (Future<Void> end : threads.invokeAll(List.of(service, service, service))) {
                end.get();
            }
        }
        assertThat(count("training")).isEqualTo(2);
    }

    private Retention retention(@Nullable Duration ofTrainings, @Nullable Duration ofUnused) {
        return new Retention(new RetentionLimits(ofTrainings, ofUnused), expired, trainings, networks, datasets);
    }

    private UUID training(String state, int daysAgo) {
        UUID id = trainings.insert(network, Optional.of(dataset), Labels.NONE,
                new TrainingSettings(Loss.MSE, 1, 1, true, 1, AdamSettings.DEFAULT), "auto", 5, Beginning.DRAWN, Duration.ZERO);
        sql.sql("update training set state = ?, finished_at = case when ? = 'QUEUED' then null else current_timestamp - interval '"
                + daysAgo + "' day end where id = ?").params(state, state, id).update();
        return id;
    }

    private UUID network() {
        return aged("network", networks.insert(definition()).id());
    }

    private UUID dataset() {
        return aged("dataset", datasets.insert(new Samples(List.of("x"), List.of("y"), new double[1], new double[1])).id());
    }

    private UUID aged(String table, UUID id) {
        sql.sql("update " + table + " set created_at = current_timestamp - interval '91' day where id = ?").param(id).update();
        return id;
    }

    private static NetworkDefinition definition() {
        return new NetworkDefinition(Optional.empty(), List.of("x"), List.of("y"), List.of(DenseLayer.of(1, Activation.TANH)));
    }

    private int count(String table) {
        return sql.sql("select count(*) from " + table).query(Integer.class).single();
    }
}
