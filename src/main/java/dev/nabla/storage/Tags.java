package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tags of what a table has, which stand in a table beside it; the name stands in the table itself.
 *
 * @param table whose items have them
 */
record Tags(String table) {

    /** The tags of an item in one column, for a select from the table under its own name. No tag contains a comma. */
    String column() {
        return "(select string_agg(tag, ',' order by tag) from " + table + "_tag where owner_id = " + table + ".id) as tags";
    }

    /** Whether an item has a tag, for a select from the table under its own name. */
    String condition() {
        return "exists (select 1 from " + table + "_tag where owner_id = " + table + ".id and tag = ?)";
    }

    void insert(JdbcClient sql, UUID id, List<String> tags) {
        tags.forEach(tag -> sql.sql("insert into " + table + "_tag (owner_id, tag) values (?, ?)").params(id, tag).update());
    }

    /**
     * Whether the owner has such an item, which nobody else changes or deletes before the end of the transaction.
     */
    boolean hold(JdbcClient sql, UUID id) {
        return !sql.sql("select id from " + table + " where id = ? and owner = ? for update").params(id, Owner.current().name())
                .query().listOfRows().isEmpty();
    }

    /**
     * Changes the labels of an item, if the owner has one. In a transaction, so that of two changes at once the second is of
     * what the first made.
     *
     * @param change makes the labels of those that there are
     */
    boolean change(JdbcClient sql, UUID id, UnaryOperator<Labels> change) {
        if (!hold(sql, id)) {
            return false;
        }
        Labels labels = change.apply(sql.sql("select name, " + column() + " from " + table + " where id = ?").param(id)
                .query((row, _) -> labels(row)).single());
        sql.sql("update " + table + " set name = ? where id = ?").param(labels.name().orElse(null)).param(id).update();
        sql.sql("delete from " + table + "_tag where owner_id = ?").param(id).update();
        insert(sql, id, labels.tags());
        return true;
    }

    static List<String> read(ResultSet row) throws SQLException {
        String tags = row.getString("tags");
        return tags == null ? List.of() : List.of(tags.split(","));
    }

    /** Name and tags of an item, selected with its tags as {@link #column}. */
    static Labels labels(ResultSet row) throws SQLException {
        return new Labels(Optional.ofNullable(row.getString("name")), read(row));
    }
}
