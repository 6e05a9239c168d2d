package dev.nabla.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is selected of a table, newest first: all that the owner has, unless there are conditions. */
final class Selection {

    private final String table;
    private final StringBuilder sql;
    private final List<Object> parameters = new ArrayList<>();

    /** @param select without conditions, from the table under its own name */
    Selection(String select, String table, Optional<Position> after) {
        this(table, new StringBuilder(select), after);
        where(table + ".owner = ?", Optional.of(Owner.current().name()));
    }

    private Selection(String table, StringBuilder select, Optional<Position> after) {
        Position position = after.orElse(Position.START);
        this.table = table;
        this.sql = select.append(" where (").append(table).append(".created_at, ").append(table)
                .append(".id) < (?, ?)");
        parameters.add(Times.sql(position.createdAt()));
        parameters.add(position.id());
    }

    /** What is selected of a table whose items are nobody's. */
    static Selection ofAll(String select, String table, Optional<Position> after) {
        return new Selection(table, new StringBuilder(select), after);
    }

    /** Adds a condition if there is a value, which stands for every ? in it. */
    Selection where(String condition, Optional<?> value) {
        value.ifPresent(given -> {
            sql.append(" and ").append(condition);
            condition.chars().filter(c -> c == '?').forEach(_ -> parameters.add(given));
        });
        return this;
    }

    Selection labelled(LabelFilter labels) {
        return where(table + ".name = ?", labels.name()).where(new Tags(table).condition(), labels.tag())
                .where("not " + new Tags(table).condition(), labels.withoutTag());
    }

    <T extends Stored> Slice<T> slice(JdbcClient database, RowMapper<T> read, int size) {
        sql.append(" order by ").append(table).append(".created_at desc, ").append(table).append(".id desc limit ?");
        parameters.add(size + 1);
        return Slice.of(database.sql(sql.toString()).params(parameters).query(read).list(), size, Stored::position);
    }
}
