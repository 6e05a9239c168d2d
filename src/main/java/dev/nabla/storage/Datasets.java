package dev.nabla.storage;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.files.Origin;
import dev.nabla.datasets.files.SourceColumn;
import dev.nabla.documents.Labels;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.training.LeastMemory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The datasets that were posted. Names are kept separated by commas, which no name contains. */
@Repository
public class Datasets extends Owned<StoredDataset, LabelFilter> {

    /** Of a number that is stored: as our bytes, as those of the driver, and as those of the database where it is embedded. */
    private static final long BYTES_OF_CELL_STORED = 24;

    private final JsonMapper json;

    Datasets(JdbcClient sql, JsonMapper json) {
        super(sql, "dataset", "id, name, input_names, target_names, samples, source_columns, dropped_rows, created_at",
                new Referrers("training", "this dataset", "select id from training where dataset_id = :id "
                        + "union select training_id from training_dataset where dataset_id = :id"));
        this.json = json;
    }

    public StoredDataset insert(Samples samples) {
        return insert(samples, Labels.NONE);
    }

    @Transactional
    public StoredDataset insert(Samples samples, Labels labels) {
        return insert(samples, Origin.NONE, labels);
    }

    @Transactional
    public StoredDataset insert(Samples samples, Origin origin, Labels labels) {
        return insert(UUID.randomUUID(), samples, origin, labels);
    }

    /** Stores a dataset by an id that was chosen before. */
    @Transactional
    public StoredDataset insert(UUID id, Samples samples, Labels labels) {
        return insert(id, samples, Origin.NONE, labels);
    }

    private StoredDataset insert(UUID id, Samples samples, Origin origin, Labels labels) {
        var dataset = new StoredDataset(id, samples.inputNames(), samples.targetNames(), samples.size(),
                origin, labels, Times.now());
        long held = BYTES_OF_CELL_STORED * samples.cells();
        Work.hold(Place.HEAP, held);
        sql.sql("""
                insert into dataset (id, owner, name, input_names, target_names, samples, source_columns, dropped_rows,
                    inputs, targets, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(dataset.id()).param(Owner.current().name()).param(labels.name().orElse(null))
                .param(String.join(",", samples.inputNames()))
                .param(String.join(",", samples.targetNames())).param(samples.size())
                .param(origin.columns().isEmpty() ? null : json.writeValueAsString(origin.columns()))
                .param(origin.droppedRows())
                .param(Doubles.toBytes(samples.inputs())).param(Doubles.toBytes(samples.targets()))
                .param(Times.sql(dataset.createdAt())).update();
        Work.release(Place.HEAP, held);
        insertTags(dataset.id(), labels);
        return dataset;
    }

    /** The rows of a dataset. */
    public Optional<Samples> samples(UUID id) {
        sql.sql("select samples, input_names, target_names from dataset where id = ? and owner = ?").params(id, Owner.current().name())
                .query((row, _) -> (long) row.getInt("samples") * (names(row, "input_names").size() + names(row, "target_names").size()))
                .optional().ifPresent(cells -> Work.hold(Place.HEAP, LeastMemory.BYTES_OF_CELL_READ * cells));
        Optional<Samples> samples = sql.sql("select * from dataset where id = ? and owner = ?").params(id, Owner.current().name())
                .query((row, _) -> new Samples(names(row, "input_names"), names(row, "target_names"),
                        Doubles.fromBytes(row.getBytes("inputs")), Doubles.fromBytes(row.getBytes("targets")))).optional();
        samples.ifPresent(read -> Work.release(Place.HEAP, (LeastMemory.BYTES_OF_CELL_READ - Double.BYTES) * read.cells()));
        return samples;
    }

    @Override
    StoredDataset read(ResultSet row, int number) throws SQLException {
        return new StoredDataset(row.getObject("id", UUID.class), names(row, "input_names"),
                names(row, "target_names"), row.getInt("samples"),
                new Origin(columns(row.getString("source_columns")), row.getInt("dropped_rows")), Tags.labels(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private List<SourceColumn> columns(@Nullable String stored) {
        return stored == null ? List.of() : List.of(json.readValue(stored, SourceColumn[].class));
    }

    private static List<String> names(ResultSet row, String column) throws SQLException {
        String names = row.getString(column);
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }
}
