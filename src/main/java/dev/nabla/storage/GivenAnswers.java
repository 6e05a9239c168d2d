package dev.nabla.storage;

import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Answers to requests that made something, kept for a day for those who send the same again. */
@Repository
public class GivenAnswers {

    /** How long they are kept. */
    public static final Duration TIME = Duration.ofHours(24);

    private final JdbcClient sql;

    GivenAnswers(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * An answer.
     *
     * @param fingerprint of the request
     * @param answer encrypted
     */
    public record Given(byte[] fingerprint, byte[] answer) {}

    /** @param id stands for the owner and what he called his request */
    public Optional<Given> find(String id) {
        return sql.sql("select fingerprint, answer from given_answer where id = ? and created_at > ?")
                .params(id, Times.sql(Times.now().minus(TIME)))
                .query((row, _) -> new Given(row.getBytes("fingerprint"), row.getBytes("answer"))).optional();
    }

    /**
     * Keeps an answer, and those no more that are too old.
     *
     * @throws DuplicateKeyException if there is one already; of two transactions at once the second waits for the first
     */
    public void insert(String id, Given given) {
        sql.sql("delete from given_answer where created_at <= ?").param(Times.sql(Times.now().minus(TIME))).update();
        sql.sql("insert into given_answer (id, fingerprint, answer, created_at) values (?, ?, ?, ?)")
                .params(id, given.fingerprint(), given.answer(), Times.sql(Times.now())).update();
    }

    /** Takes what has become of an answer for it. */
    public void replace(String id, byte[] answer) {
        sql.sql("update given_answer set answer = ? where id = ?").params(answer, id).update();
    }
}
