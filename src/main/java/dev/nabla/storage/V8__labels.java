package dev.nabla.storage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Names and tags, by which lists are filtered. In Java, as both databases must find the names that networks have already in
 * their definitions.
 */
@Component
public final class V8__labels extends BaseJavaMigration {

    private static final String[] TABLES = {"network", "dataset", "training", "model"};

    @Override
    public void migrate(Context context) throws SQLException {
        try (Statement sql = context.getConnection().createStatement()) {
            for (String table : TABLES) {
                sql.execute("alter table %s add column name varchar(%d)".formatted(table, 200));
                sql.execute("create index %1$s_by_name on %1$s (name, created_at, id)".formatted(table));
                sql.execute("""
                        create table %1$s_tag (
                            owner_id uuid        not null references %1$s on delete cascade,
                            tag      varchar(%2$d) not null,
                            primary key (owner_id, tag)
                        )""".formatted(table, 64));
                sql.execute("create index %1$s_tag_by_tag on %1$s_tag (tag, owner_id)".formatted(table));
            }
            sql.execute("create index training_by_state on training (state, created_at, id)");
            sql.execute("create index model_by_network on model (network_id, created_at, id)");
            nameNetworks(context, sql);
        }
    }

    private static void nameNetworks(Context context, Statement sql) throws SQLException {
        var json = JsonMapper.builder().build();
        try (ResultSet networks = sql.executeQuery("select id, definition from network");
                PreparedStatement update = context.getConnection().prepareStatement(
                        "update network set name = ? where id = ?")) {
            while (networks.next()) {
                JsonNode name = json.readTree(networks.getString("definition")).path("name");
                if (name.isString()) {
                    update.setString(1, name.asString());
                    update.setObject(2, networks.getObject("id"));
                    update.executeUpdate();
                }
            }
        }
    }
}
