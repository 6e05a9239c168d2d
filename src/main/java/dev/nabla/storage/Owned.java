package dev.nabla.storage;

import dev.nabla.documents.Labels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * What owners have of one kind, with labels: it is found, listed, relabelled and deleted by the same
 * rules, whatever it is.
 *
 * @param <F> by what its lists are filtered
 */
public abstract class Owned<S extends Stored, F extends Filter> {

    final JdbcClient sql;
    private final String table;
    private final Tags tags;
    private final String select;
    private final List<Referrers> referrers;

    /**
     * @param columns what is selected from the table beside the tags
     * @param referrers whose references to it keep it from being deleted
     */
    Owned(JdbcClient sql, String table, String columns, Referrers... referrers) {
        this.sql = sql;
        this.table = table;
        this.tags = new Tags(table);
        this.select = "select " + columns + ", " + tags.column() + " from " + table;
        this.referrers = List.of(referrers);
    }

    abstract S read(ResultSet row, int number) throws SQLException;

    /** The same with what stands in other tables. */
    List<S> whole(List<S> read) {
        return read;
    }

    /** Adds what is asked for beside labels. */
    Selection narrowed(Selection selection, F filter) {
        return selection;
    }

    /** Why it must not be deleted yet, though nothing refers to it. */
    Optional<String> hindrance(UUID id) {
        return Optional.empty();
    }

    final void insertTags(UUID id, Labels labels) {
        tags.insert(sql, id, labels.tags());
    }

    public Optional<S> find(UUID id) {
        return findAll(List.of(id)).stream().findFirst();
    }

    /** Those of these that are there, in no order. */
    List<S> findAll(List<UUID> ids) {
        return ids.isEmpty() ? List.of() : whole(sql.sql(select + " where id in (:ids) and owner = :owner")
                .param("ids", ids).param("owner", Owner.current().name()).query(this::read).list());
    }

    /** What has this id, if anything has, which nobody else changes or deletes before the end of the transaction. */
    public Optional<S> hold(UUID id) {
        return tags.hold(sql, id) ? find(id) : Optional.empty();
    }

    /** What has this id, if anything has, with the labels that the change makes of its own. */
    @Transactional
    public Optional<S> relabel(UUID id, UnaryOperator<Labels> change) {
        return tags.change(sql, id, change) ? find(id) : Optional.empty();
    }

    public Slice<S> list(F filter, Optional<Position> after, int size) {
        Slice<S> slice = narrowed(new Selection(select, table, after), filter).labelled(filter.labels())
                .slice(sql, this::read, size);
        return new Slice<>(whole(slice.items()), slice.next());
    }

    /**
     * Deletes what has this id, if anything has, with all that belongs to it.
     *
     * @throws InUseException if something else refers to it, or it is not finished
     */
    @Transactional
    public boolean delete(UUID id) {
        if (!tags.hold(sql, id)) {
            return false;
        }
        hindrance(id).or(() -> referrers.stream().flatMap(kind -> kind.told(sql, id).stream()).findFirst()
                .map(told -> told + "; delete them first")).ifPresent(why -> {
            throw new InUseException(why);
        });
        try {
            return sql.sql("delete from " + table + " where id = ?").param(id).update() > 0;
        } catch (DataIntegrityViolationException e) {
            // Since it was looked for.
            throw new InUseException("something refers to this " + table + " now; delete that first");
        }
    }
}
