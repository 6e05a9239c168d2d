package dev.nabla.storage;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The keys that were given out. They are the service's own, and not of those who have them. */
@Repository
public class Keys {

    private static final String SELECT = "select * from access_key";

    private final JdbcClient sql;

    Keys(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param hash of its secret, which itself is stored nowhere */
    public StoredKey insert(UUID id, Owner owner, boolean admin, byte[] hash) {
        var key = new StoredKey(id, owner, admin, Times.now());
        sql.sql("insert into access_key (id, owner, admin, hash, created_at) values (?, ?, ?, ?, ?)")
                .params(id, owner.name(), admin, hash, Times.sql(key.createdAt())).update();
        return key;
    }

    public Optional<StoredKey> find(UUID id) {
        return sql.sql(SELECT + " where id = ?").param(id).query(Keys::read).optional();
    }

    /** The key with this id, if its secret has this hash; how long the answer takes tells nothing of the right one. */
    public Optional<StoredKey> verified(UUID id, byte[] hash) {
        return sql.sql(SELECT + " where id = ?").param(id)
                .query((row, number) -> MessageDigest.isEqual(row.getBytes("hash"), hash)
                        ? Optional.of(read(row, number)) : Optional.<StoredKey>empty())
                .optional().flatMap(found -> found);
    }

    public Slice<StoredKey> list(Optional<Position> after, int size) {
        return Selection.ofAll(SELECT, "access_key", after).slice(sql, Keys::read, size);
    }

    public boolean delete(UUID id) {
        return sql.sql("delete from access_key where id = ?").param(id).update() > 0;
    }

    private static StoredKey read(ResultSet row, int number) throws SQLException {
        return new StoredKey(row.getObject("id", UUID.class), new Owner(row.getString("owner")),
                row.getBoolean("admin"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
