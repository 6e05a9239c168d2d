package dev.nabla.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.Labels;
import dev.nabla.network.NetworkDocument;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.problems.Warning;
import dev.nabla.storage.StoredTraining.Progress;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingResult;
import dev.nabla.training.TrainingResult.Stop;
import dev.nabla.training.sweeps.StopRule;
import dev.nabla.training.sweeps.SweepMetric;
import dev.nabla.training.sweeps.SweepPlan;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whoever adds a column of a training, or something that is found with one, is told here what else asks for it. */
class TrainingColumnsTest extends StorageFixture {

    /** What a training that goes on behind another has of its own; all else it has of that one. */
    private static final Set<String> OWN = Set.of("id", "owner", "name", "network_id", "dataset_id", "settings", "engine", "priority",
            "initial_parameters", "initial_model_id", "warnings", "state", "cancel_requested", "pause_requested", "created_at",
            "started_at", "progress_at", "finished_at", "due_at", "error", "stopped_at_epoch", "stop_reason", "seconds", "token",
            "worker", "leased_until", "attempts", "sweep_id", "trial", "trial_values", "metric_lowest", "metric_sum",
            "continued_id", "continued_epochs");
    private static final Labels LABELS = new Labels(Optional.of("n"), List.of("t"));

    private final Coefficients coefficients = Coefficients.of(DocumentReader.trusted("""
            {"inputs": ["x"], "architecture": {"type": "equations", "outputs": {"y": "a * x"}, "coefficients": {"a": {"initial": 1}}}}
            """, NetworkDocument.class).definition().parameters());
    private StoredTraining first;
    private StoredTraining second;

    TrainingColumnsTest() {
        super(TestDatabase.H2);
    }

    @BeforeEach
    void twoTrainingsOfWhichEverythingIsKnown() {
        StoredNetwork network = networks.insert(definition("n"));
        UUID model = models.insert(network, new double[1], Labels.NONE).id();
        UUID id = trainings.insert(network.id(), Optional.of(datasets.insert(samples()).id()), LABELS, SETTINGS, "nd4j", 5,
                new Beginning(Optional.of(new double[1]), Optional.of(model), List.of(new Warning("/dataset", "is large"))),
                Duration.ZERO);
        SweepPlan plan = DocumentReader.trusted("{\"values\": {\"/epochs\": [1]}, \"seeds\": 1, \"search\": \"grid\"}", SweepPlan.class);
        sweeps.add(sweeps.insert(LABELS, new StoredSweep.Settings(plan, StopRule.Named.NONE, SweepMetric.LOSS)), id, 9,
                Map.of("/epochs", JsonNodeFactory.instance.numberNode(1)));
        Lease lease = taken(id);
        Optional<Coefficients.Values> values = Optional.of(coefficients.of(new double[] {2}));
        leases.record(lease, 1, List.of(new EpochLosses(0.5, new double[] {0.2, 0.3}, new double[] {1, 2}, OptionalDouble.of(0.7),
                new double[] {0.25}, values, new double[] {3, 1e-3})), 1);
        leases.finish(lease, 2, List.of(), new TrainingResult(new double[] {1}, 0.5, false, new double[] {1}, new double[] {2},
                Optional.of(new Stop(1, "enough")), values, Optional.empty(), Optional.of(new byte[1])), 1);
        first = trainings.find(id).orElseThrow();
        UUID behind = trainings.insert(first.networkId(), first.datasetId(), Labels.NONE, SETTINGS, "nd4j", 5,
                Beginning.behind(first), Duration.ZERO);
        leases.fail(taken(behind), "an error");
        second = trainings.find(behind).orElseThrow();
    }

    @Test
    void whatGoesOnHasOfTheOneBeforeAllThatIsNotItsOwn() {
        Map<String, Object> before = row("training", "id", first);
        Map<String, Object> after = row("training", "id", second);
        assertThat(before.keySet()).containsAll(OWN).filteredOn(column -> !OWN.contains(column))
                .contains("epoch", "loss", "validation_loss", "coefficients")
                .allSatisfy(column -> assertThat(after.get(column)).as(column).isNotNull().isEqualTo(before.get(column)));
    }

    @Test
    void whatGoesOnHasAllThatTheOneBeforeToldOfItsEpochs() {
        Map<String, Object> before = row("training_losses", "training_id", first);
        Map<String, Object> after = row("training_losses", "training_id", second);
        assertThat(before.keySet()).contains("losses").filteredOn(column -> !column.equals("training_id"))
                .allSatisfy(column -> assertThat(after.get(column)).as(column).isNotNull().isEqualTo(before.get(column)));
    }

    private Map<String, Object> row(String table, String column, StoredTraining training) {
        return sql.sql("select * from " + table + " where " + column + " = ?").param(training.id()).query().singleRow();
    }

    @Test
    void everythingThatIsFoundWithATrainingIsStored() {
        assertToldOf(StoredTraining.class, first, second);
        assertToldOf(Progress.class, first.progress());
        assertToldOf(Trial.class, first.trial().orElseThrow());
    }

    private static void assertToldOf(Class<? extends Record> type, Record... found) {
        assertThat(type.getRecordComponents()).allSatisfy(component ->
                assertThat(Arrays.stream(found).anyMatch(record -> isTold(value(component, record))))
                        .as(component.getName()).isTrue());
    }

    private static Object value(RecordComponent component, Record found) {
        try {
            return component.getAccessor().invoke(found);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.getName(), e);
        }
    }

    private static boolean isTold(Object value) {
        return switch (value) {
            case Optional<?> some -> some.isPresent();
            case OptionalDouble number -> number.isPresent();
            case Collection<?> all -> !all.isEmpty();
            case Map<?, ?> all -> !all.isEmpty();
            case Boolean is -> is;
            case Integer number -> number != 0;
            default -> true;
        };
    }
}
