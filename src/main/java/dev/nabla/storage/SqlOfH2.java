package dev.nabla.storage;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** That an H2 has the SQL of PostgreSQL in which the statements here are written: its own has other names and another order of null. */
@Configuration
class SqlOfH2 {

    /** As they are written in a URL. */
    static final List<String> NEEDED = List.of("MODE=PostgreSQL", "DATABASE_TO_LOWER=TRUE", "DEFAULT_NULL_ORDERING=HIGH");

    /** Before the first table is made. */
    @Bean
    static FlywayMigrationStrategy onlyWhereTheSqlIsUnderstood() {
        return flyway -> {
            require(flyway.getConfiguration().getDataSource());
            flyway.migrate();
        };
    }

    /** @throws UnfitDatabaseException if the database is an H2 that is set otherwise */
    static void require(DataSource database) {
        if (!isH2(database)) {
            return;
        }
        List<@Nullable String> settings = JdbcClient.create(database)
                .sql("select upper(setting_name || '=' || setting_value) from information_schema.settings").query(String.class).list();
        List<String> missing = NEEDED.stream().filter(setting -> !settings.contains(setting.toUpperCase(Locale.ROOT))).toList();
        if (!missing.isEmpty()) {
            throw new UnfitDatabaseException(missing);
        }
    }

    private static boolean isH2(DataSource database) {
        try (var connection = database.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("H2");
        } catch (SQLException e) {
            // Flyway waits for it, or tells that it is not there.
            return false;
        }
    }
}
