package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.Labels;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.NetworkDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The network definitions that were posted; the name in the definition itself is the one that was posted with it. */
@Repository
public class Networks {

    private static final Tags TAGS = new Tags("network");
    private static final String SELECT = "select network.*, " + TAGS.column() + " from network";

    private final JdbcClient sql;
    private final JsonMapper json;

    Networks(JdbcClient sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    public StoredNetwork insert(NetworkDefinition definition) {
        return insert(definition, List.of());
    }

    @Transactional
    public StoredNetwork insert(NetworkDefinition definition, List<String> tags) {
        var network = new StoredNetwork(UUID.randomUUID(), definition, new Labels(definition.name(), tags).tags(),
                Times.now());
        sql.sql("insert into network (id, owner, name, definition, created_at) values (?, ?, ?, ?, ?)")
                .param(network.id()).param(Owner.current().name()).param(definition.name().orElse(null))
                .param(json.writeValueAsString(NetworkDocument.of(definition)))
                .param(Times.sql(network.createdAt())).update();
        TAGS.insert(sql, network.id(), network.tags());
        return network;
    }

    public Optional<StoredNetwork> find(UUID id) {
        return sql.sql(SELECT + " where id = ? and owner = ?").params(id, Owner.current().name()).query(this::read).optional();
    }

    /** The network, if there is one, which nobody else changes or deletes before the end of the transaction. */
    public Optional<StoredNetwork> hold(UUID id) {
        return TAGS.hold(sql, id) ? find(id) : Optional.empty();
    }

    /** The network with the labels that the change makes of its own, if there is one. */
    @Transactional
    public Optional<StoredNetwork> relabel(UUID id, UnaryOperator<Labels> change) {
        return TAGS.change(sql, id, change) ? find(id) : Optional.empty();
    }

    public Slice<StoredNetwork> list(LabelFilter filter, Optional<Position> after, int size) {
        return new Selection(SELECT, "network", after).labelled(filter)
                .slice(sql, this::read, size, network -> new Position(network.createdAt(), network.id()));
    }

    /**
     * Deletes the network if there is one.
     *
     * @throws InUseException if a training refers to it
     */
    public boolean delete(UUID id) {
        try {
            return sql.sql("delete from network where id = ? and owner = ?").params(id, Owner.current().name()).update() > 0;
        } catch (DataIntegrityViolationException e) {
            throw new InUseException("trainings refer to this network; delete them first");
        }
    }

    private StoredNetwork read(ResultSet row, int number) throws SQLException {
        Labels labels = Tags.labels(row);
        return new StoredNetwork(row.getObject("id", UUID.class),
                DocumentReader.trusted(row.getString("definition"), NetworkDocument.class).definition().named(labels.name()),
                labels.tags(),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
