package dev.nabla.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The databases that storage is held to. */
enum TestDatabase {

    H2 {
        @Override
        DataSource empty() {
            return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
        }
    },

    POSTGRESQL {
        @Override
        DataSource empty() {
            String name = "empty" + UUID.randomUUID().toString().replace("-", "");
            JdbcClient.create(Postgres.SERVER.getPostgresDatabase()).sql("create database " + name).update();
            return Postgres.SERVER.getDatabase("postgres", name);
        }
    };

    /** One in which nothing is. */
    abstract DataSource empty();

    /** The folder of its own migrations. */
    String vendor() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Ends with the process. */
    private static final class Postgres {

        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
