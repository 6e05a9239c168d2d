package dev.nabla.jobs;

import dev.nabla.storage.Datasets;
import dev.nabla.storage.Expired;
import dev.nabla.storage.InUseException;
import dev.nabla.storage.Networks;
import dev.nabla.storage.Trainings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Deletes what has been kept for as long as it is to be. Every service of a database does: each deletion is a transaction of
 * its own, of one row and what hangs on it, and finds nothing where another was quicker.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final RetentionLimits limits;
    private final Expired expired;
    private final Trainings trainings;
    private final Networks networks;
    private final Datasets datasets;

    Retention(RetentionLimits limits, Expired expired, Trainings trainings, Networks networks, Datasets datasets) {
        this.limits = limits;
        this.expired = expired;
        this.trainings = trainings;
        this.networks = networks;
        this.datasets = datasets;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void apply() {
        try {
            delete("trainings", limits.trainings(), expired::trainings, trainings::delete);
            delete("unused networks", limits.unused(), expired::networks, networks::delete);
            delete("unused datasets", limits.unused(), expired::datasets, datasets::delete);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("What is kept too long is not deleted now: {}", e.getMessage());
        }
    }

    /** @param batch some of what is older than a time; none where there are none */
    private static void delete(String what, @Nullable Duration time, Function<Instant, List<Expired.Row>> batch, Predicate<UUID> deletion) {
        if (time == null) {
            return;
        }
        Instant until = Instant.now().minus(time);
        long deleted = 0;
        long ofBatch = 1;
        while (ofBatch > 0) {
            ofBatch = batch.apply(until).stream().filter(row -> isDeleted(row, deletion)).count();
            deleted += ofBatch;
        }
        if (deleted > 0) {
            LOG.info("Deleted {} {} that were kept for {}", deleted, what, time);
        }
    }

    private static boolean isDeleted(Expired.Row row, Predicate<UUID> deletion) {
        try {
            return row.owner().call(() -> deletion.test(row.id()));
        } catch (InUseException e) {
            // Used again since it was looked for.
            return false;
        }
    }
}
