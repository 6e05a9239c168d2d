package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.Labels;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.NetworkDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The network definitions that were posted; the name in the definition itself is the one that was posted with it. */
@Repository
public class Networks extends Owned<StoredNetwork, LabelFilter> {

    private final JsonMapper json;

    Networks(JdbcClient sql, JsonMapper json) {
        super(sql, "network", "*",
                new Referrers("training", "this network", "select id from training where network_id = :id"),
                new Referrers("model", "this network", "select id from model where network_id = :id"));
        this.json = json;
    }

    public StoredNetwork insert(NetworkDefinition definition) {
        return insert(definition, List.of());
    }

    @Transactional
    public StoredNetwork insert(NetworkDefinition definition, List<String> tags) {
        var labels = new Labels(definition.name(), tags);
        var network = new StoredNetwork(UUID.randomUUID(), definition, labels.tags(), Times.now());
        sql.sql("insert into network (id, owner, name, definition, created_at) values (?, ?, ?, ?, ?)")
                .param(network.id()).param(Owner.current().name()).param(definition.name().orElse(null))
                .param(json.writeValueAsString(NetworkDocument.of(definition)))
                .param(Times.sql(network.createdAt())).update();
        insertTags(network.id(), labels);
        return network;
    }

    @Override
    StoredNetwork read(ResultSet row, int number) throws SQLException {
        Labels labels = Tags.labels(row);
        return new StoredNetwork(row.getObject("id", UUID.class),
                DocumentReader.trusted(row.getString("definition"), NetworkDocument.class).definition()
                        .named(labels.name()),
                labels.tags(), row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
