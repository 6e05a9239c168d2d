package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tags of what a table has, which stand in a table beside it.
 *
 * @param owner the table
 */
record Tags(String owner) {

    /** The tags of an item in one column, for a select from the owner under its own name. No tag contains a comma. */
    String column() {
        return "(select string_agg(tag, ',' order by tag) from " + owner + "_tag where owner_id = " + owner + ".id) as tags";
    }

    /** Whether an item has a tag, for a select from the owner under its own name. */
    String condition() {
        return "exists (select 1 from " + owner + "_tag where owner_id = " + owner + ".id and tag = ?)";
    }

    void insert(JdbcClient sql, UUID id, List<String> tags) {
        tags.forEach(tag -> sql.sql("insert into " + owner + "_tag (owner_id, tag) values (?, ?)").params(id, tag).update());
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
