package dev.nabla.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Keeps the embedded database's file small. Every commit writes what changed to a new place, and the old place is free when
 * nothing there is needed any more; H2 moves the last that is needed, but not where commits are written at once.
 */
@Component
final class FileCompaction implements DisposableBean {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** In percent: how much of the places in use should be needed. */
    private static final int NEEDED = 50;
    private static final int BYTES_AT_ONCE = 1 << 20;

    private final DataSource database;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("compaction").daemon().factory());

    FileCompaction(DataSource database) throws SQLException {
        this.database = database;
        if (compact()) {
            ScheduledFuture<?> _ = clock.scheduleWithFixedDelay(this::compactIfReached, PAUSE.toMillis(), PAUSE.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void compactIfReached() {
        try {
            compact();
        } catch (SQLException e) {
            // It is closed, or has something better to do.
        }
    }

    /** Returns false where the database is not H2. */
    private boolean compact() throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (!connection.isWrapperFor(JdbcConnection.class)
                    || !(connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session)) {
                return false;
            }
            session.getDatabase().getStore().getMvStore().compact(NEEDED, BYTES_AT_ONCE);
            return true;
        }
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }
}
