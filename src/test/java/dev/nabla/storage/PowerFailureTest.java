package dev.nabla.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What the embedded database has after the power failed at any moment: what was forced to the disk is there, and of what
 * was written since then any sectors.
 * {@code -Dcampaign=200} tries longer histories.
 */
class PowerFailureTest {

    private static final int COMMITS = 40 * Integer.getInteger("campaign", 1);
    private static final int THREADS = 2;

    @TempDir
    private Path folder;

    @Test
    void whateverWasCommittedIsThereAndWhole() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        FilePath.register(new RecordedFile());
        FilePath.register(new SyncedFile());
        // How many writes there were when a commit had returned.
        Map<Integer, Integer> commits = new LinkedHashMap<>();
        try (var connection = new SingleConnectionDataSource(url("sync:recorded", "first"), "nabla", "", true);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            JdbcClient.create(connection).sql("create table item (id int primary key, bytes binary large object)").update();
            List<Future<?>> writers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                writers.add(threads.submit(() -> {
                    try (var own = new SingleConnectionDataSource(url("sync:recorded", "first"), "nabla", "", true)) {
                        JdbcClient sql = JdbcClient.create(own);
                        for (int id = first; id < COMMITS; id += THREADS) {
                            sql.sql("insert into item values (?, ?)").params(id, bytes(id)).update();
                            synchronized (commits) {
                                synchronized (RecordedFile.CHANGES) {
                                    commits.put(id, RecordedFile.CHANGES.size());
                                }
                            }
                            if (id % 5 == 4) {
                                ((SessionLocal) own.getConnection().unwrap(JdbcConnection.class).getSession()).getDatabase()
                                        .getStore().getMvStore().compact(90, 1 << 20);
                            }
                        }
                        return null;
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(commits).hasSize(COMMITS);
        var random = new Random(seed);
        int first = commits.values().iterator().next();
        int step = Math.max(1, RecordedFile.CHANGES.size() / 30);
        for (int last = first; last < RecordedFile.CHANGES.size(); last += 1 + random.nextInt(step)) {
            Files.write(folder.resolve("second.mv.db"), RecordedFile.afterPowerFailure(last, random));
            int torn = last;
            JdbcClient sql = JdbcClient.create(new DriverManagerDataSource(url("file", "second"), "nabla", ""));
            List<Integer> there = sql.sql("select id, bytes from item").query((row, _) -> {
                assertThat(row.getBytes(2)).as("seed %d", seed).isEqualTo(bytes(row.getInt(1)));
                return row.getInt(1);
            }).list();
            assertThat(there).as("power failed in write %d of %d, seed %d", torn, RecordedFile.CHANGES.size(), seed)
                    .containsAll(commits.keySet().stream().filter(id -> commits.get(id) <= torn).toList());
        }
    }

    /** Few and many, all of which lie in their row. Of what H2 keeps beside it this does not hold: docs/operations.md. */
    private static byte[] bytes(int id) {
        var bytes = new byte[id % 3 == 0 ? 20 * (id % 100) : 1 + id * 7919 % 65_536];
        Arrays.fill(bytes, (byte) id);
        return bytes;
    }

    /** With the settings of the service. */
    private String url(String scheme, String name) throws Exception {
        Matcher settings = Pattern.compile("jdbc:h2:sync:[^;]*(;.*)}\n").matcher(
                Files.readString(Path.of("src/main/resources/application.yaml")));
        assertThat(settings.find()).isTrue();
        return "jdbc:h2:" + scheme + ":" + folder.resolve(name)
                + settings.group(1);
    }
}
