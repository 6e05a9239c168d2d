package dev.nabla.storage;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Those of a kind that may refer to what is to be deleted.
 *
 * @param kind what one of them is called, and their table
 * @param what they refer to, as people say it
 * @param ids selects the ids of those that refer to {@code :id}
 */
record Referrers(String kind, String what, String ids) {

    private static final int MOST_NAMED = 3;

    private record Referrer(UUID id, @Nullable String name) {

        String named() {
            return name == null ? id.toString() : "'" + name + "' (" + id + ")";
        }
    }

    /** Which ones do, the newest of many; empty where none does. */
    Optional<String> told(JdbcClient sql, UUID id) {
        List<Referrer> found = sql.sql("select id, name from " + kind + " where id in (" + ids + ") order by created_at desc, id desc limit :most")
                .param("id", id).param("most", MOST_NAMED + 1)
                .query((row, _) -> new Referrer(row.getObject("id", UUID.class), row.getString("name"))).list();
        return found.isEmpty() ? Optional.empty() : Optional.of(kind + "s refer to " + what + ": "
                + String.join(", ", found.stream().limit(MOST_NAMED).map(Referrer::named).toList())
                + (found.size() > MOST_NAMED ? " and more" : ""));
    }
}
