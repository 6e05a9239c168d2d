package dev.nabla.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Copies the embedded database while the service goes on; to be had where its operator exposes it. */
@Component
@Endpoint(id = "backup")
class EmbeddedBackup {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'nabla-'yyyyMMdd'T'HHmmss.SSS'Z.zip'")
            .withZone(ZoneOffset.UTC);

    private final JdbcClient sql;
    private final boolean isH2;

    EmbeddedBackup(JdbcClient sql, @Value("${spring.datasource.url}") String url) {
        this.sql = sql;
        this.isH2 = url.startsWith("jdbc:h2:");
    }

    /** @param file a zip archive of the database's file, whole when there is an answer */
    record Backup(String file, long bytes) {}

    /** Of what was committed before, all is in it (H2, "BACKUP"). */
    @WriteOperation
    Backup write() {
        Path folder = folder();
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(NAME.format(Instant.now()));
            Path unfinished = folder.resolve(file.getFileName() + ".unfinished");
            try {
                sql.sql("backup to '" + unfinished.toString().replace("'", "''") + "'").update();
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            return new Backup(file.toString(), Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder() {
        Optional<String> database = isH2 ? sql.sql("select database_path() where database_path() is not null")
                .query(String.class).optional() : Optional.empty();
        String path = database.orElseThrow(() -> new InvalidEndpointRequestException(
                "no embedded database", "the database is no embedded one with a file; PostgreSQL has pg_dump"));
        return Path.of(path.substring(path.lastIndexOf(':') + 1)).toAbsolutePath().resolveSibling("backups");
    }
}
