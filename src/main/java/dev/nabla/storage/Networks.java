package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.NetworkDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The network definitions that were posted. */
@Repository
public class Networks {

    private final JdbcClient sql;
    private final JsonMapper json;

    Networks(JdbcClient sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    public StoredNetwork insert(NetworkDefinition definition) {
        var network = new StoredNetwork(UUID.randomUUID(), definition, Times.now());
        sql.sql("insert into network (id, definition, created_at) values (?, ?, ?)")
                .params(network.id(), json.writeValueAsString(NetworkDocument.of(definition)),
                        Times.sql(network.createdAt())).update();
        return network;
    }

    public Optional<StoredNetwork> find(UUID id) {
        return sql.sql("select * from network where id = ?").param(id).query(this::read).optional();
    }

    public Slice<StoredNetwork> list(Optional<Position> after, int size) {
        Position position = after.orElse(Position.START);
        return Slice.of(sql.sql("""
                select * from network where (created_at, id) < (?, ?) order by created_at desc, id desc limit ?""")
                .params(Times.sql(position.createdAt()), position.id(), size + 1).query(this::read).list(),
                size, network -> new Position(network.createdAt(), network.id()));
    }

    /**
     * Deletes the network if there is one.
     *
     * @throws InUseException if a training refers to it
     */
    public boolean delete(UUID id) {
        try {
            return sql.sql("delete from network where id = ?").param(id).update() > 0;
        } catch (DataIntegrityViolationException e) {
            throw new InUseException("trainings refer to this network; delete them first");
        }
    }

    private StoredNetwork read(ResultSet row, int number) throws SQLException {
        return new StoredNetwork(row.getObject("id", UUID.class),
                DocumentReader.trusted(row.getString("definition"), NetworkDocument.class).definition(),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
