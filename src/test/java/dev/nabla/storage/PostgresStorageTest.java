package dev.nabla.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresStorageTest extends StorageContract {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    DataSource dataSource() {
        return postgres.getPostgresDatabase();
    }

    @Override
    DataSource emptyDatabase() {
        String name = "empty" + UUID.randomUUID().toString().replace("-", "");
        JdbcClient.create(dataSource()).sql("create database " + name).update();
        return postgres.getDatabase("postgres", name);
    }

    @Override
    String vendor() {
        return "postgresql";
    }
}
