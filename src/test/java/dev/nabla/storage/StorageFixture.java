package dev.nabla.storage;


import dev.nabla.datasets.Samples;
import dev.nabla.documents.Labels;
import dev.nabla.losses.Loss;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.problems.Warning;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What tests of storage begin with. */
abstract class StorageFixture {

    static final TrainingSettings SETTINGS = new TrainingSettings(Loss.RELATIVE_L2, 1000, 10, true, 42,
            AdamSettings.DEFAULT);

    static final Duration LEASE = Duration.ofSeconds(10);

    final TestDatabase database;
    final JsonMapper json = JsonMapper.builder().build();
    Networks networks;
    Datasets datasets;
    Trainings trainings;
    TrainingLeases leases;
    Models models;
    Sweeps sweeps;
    Ensembles ensembles;
    TransactionTemplate transaction;
    JdbcClient sql;

    StorageFixture(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void migrate() {
        migrate(database.empty(), "latest");
    }

    void migrate(DataSource source, String target) {
        Flyway.configure().dataSource(source).target(target)
                .locations("classpath:db/migration", "classpath:db/vendor/" + database.vendor())
                .javaMigrations(new V8__labels()).load().migrate();
        sql = JdbcClient.create(source);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        networks = new Networks(sql, json);
        datasets = new Datasets(sql, json);
        models = new Models(sql, json);
        trainings = new Trainings(sql, json);
        leases = new TrainingLeases(sql, json, models, new TrialScores(sql));
        sweeps = new Sweeps(sql, json, trainings);
        ensembles = new Ensembles(sql);
    }

    /** A queued training taken up. */
    Lease taken(UUID id) {
        return leases.take(UUID.randomUUID(), 1000, LEASE).stream().filter(lease -> lease.training().equals(id)).findFirst()
                .orElseThrow();
    }

    UUID queued() {
        return queued(Duration.ZERO);
    }

    UUID queued(Duration length) {
        return queued(SETTINGS, Optional.empty(), length);
    }

    UUID queued(TrainingSettings settings, Optional<UUID> initialModelId) {
        return queued(settings, initialModelId, Duration.ZERO);
    }

    private UUID queued(TrainingSettings settings, Optional<UUID> initialModelId, Duration length) {
        return trainings.insert(networks.insert(definition("n")).id(), Optional.of(datasets.insert(samples()).id()),
                Labels.NONE, settings, "nd4j", 5, new Beginning(Optional.of(new double[] {1, -0.0, 3e-300}), initialModelId,
                        List.of(new Warning("/dataset", "is large"))), length);
    }

    static NetworkDefinition definition(String name) {
        return new NetworkDefinition(Optional.of(name), List.of("x", "y"), List.of("z"),
                List.of(DenseLayer.of(3, Activation.TANH), new DenseLayer(1, Activation.IDENTITY, false)));
    }

    static Samples samples() {
        return new Samples(List.of("x", "y"), List.of("z"), new double[] {1, 2, 3, 4}, new double[] {5, 0.1 + 0.2});
    }

    static EpochLosses epoch(double loss, double validation, double... terms) {
        return new EpochLosses(loss, terms, OptionalDouble.of(validation));
    }
}
