package dev.nabla.web.limits;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.nabla.expression.Work;
import jakarta.annotation.PreDestroy;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where requests are computed: on as many platform threads as there are processors, in the order in which they came. The
 * virtual threads of the connections, which share as many carriers, wait for them and stay free for everything else.
 */
@Component
public final class Lane {

    /** How often it is looked whether the client is still there. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final ScopedValue<Lane> CURRENT = ScopedValue.newInstance();

    private final ExecutorService threads = Executors.newCachedThreadPool(
            new ThreadFactoryBuilder().setNameFormat("compute-%d").setDaemon(true).build());
    private final Queue<FutureTask<?>> waiting = new ArrayDeque<>();
    private final int most;
    private final int mostWaiting;
    private final Duration patience;
    private int running;
    private int aside;

    Lane(RequestLimits limits, MeterRegistry registry) {
        this.most = limits.computingThreads() > 0 ? limits.computingThreads() : Runtime.getRuntime().availableProcessors();
        this.mostWaiting = limits.maxWaitingRequests();
        this.patience = limits.maxRequestTime();
        gauge("computing", "Requests that are computed", lane -> lane.running, registry);
        gauge("waiting", "Requests that wait to be computed", lane -> lane.waiting.size(), registry);
        gauge("aside", "Requests that wait for something else", lane -> lane.aside, registry);
    }

    private void gauge(String name, String description, ToIntFunction<Lane> value, MeterRegistry registry) {
        Gauge.builder("nabla.requests." + name, this, _ -> now(value)).description(description).register(registry);
    }

    private synchronized int now(ToIntFunction<Lane> value) {
        return value.applyAsInt(this);
    }

    /**
     * Does the task as one of few, and returns when it is done; this thread only waits.
     *
     * @param work is stopped if the time is over or the client has gone
     * @throws BusyException if too many wait already, or it has waited too long
     */
    <X extends Exception> void run(Work work, BooleanSupplier isClientGone, Work.Task<X> task) throws X {
        // With the trace of the request.
        var done = new FutureTask<@Nullable Void>(ContextSnapshotFactory.builder().build().captureAll().wrap(() -> {
            ScopedValue.where(CURRENT, this).<Lane, Exception>call(() -> {
                work.run(task);
                return this;
            });
            return null;
        }));
        enter(done);
        try {
            await(done, work, isClientGone);
        } catch (ExecutionException e) {
            Lane.<X>rethrow(Objects.requireNonNull(e.getCause()));
        }
    }

    private void await(FutureTask<?> done, Work work, BooleanSupplier isClientGone) throws ExecutionException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                done.get(LOOK.toNanos(), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException e) {
                boolean isLate = System.nanoTime() > deadline;
                if (isLate || isClientGone.getAsBoolean()) {
                    String why = isLate ? "took longer than the " + patience.toSeconds() + " seconds that a request may"
                            : "the client has gone";
                    if (leave(done)) {
                        throw new BusyException(why + "; it was still waiting for its turn");
                    }
                    // The request is the server's again when this thread returns: not before its worker has noticed.
                    work.stop(why);
                }
            } catch (InterruptedException e) {
                work.stop("the service is stopped");
            }
        }
    }

    /**
     * Waits for something else, so that another request can be computed meanwhile; empty, at once, where as many do so as may.
     *
     * @param wait computes nothing
     */
    public static <T> Optional<T> aside(Supplier<T> wait) {
        return CURRENT.isBound() ? CURRENT.get().whileAnotherRuns(wait) : Optional.of(wait.get());
    }

    private <T> Optional<T> whileAnotherRuns(Supplier<T> wait) {
        if (!stepAside()) {
            return Optional.empty();
        }
        FutureTask<?> next = next();
        if (next != null) {
            threads.execute(() -> compute(next));
        }
        try {
            return Optional.of(wait.get());
        } finally {
            comeBack();
        }
    }

    /** Each waits in a thread of its own. */
    private synchronized boolean stepAside() {
        boolean may = aside < mostWaiting;
        aside += may ? 1 : 0;
        return may;
    }

    /** For the little that is left to do, without another turn. */
    private synchronized void comeBack() {
        aside--;
        running++;
    }

    private synchronized void enter(FutureTask<?> task) {
        if (running < most) {
            running++;
            threads.execute(() -> compute(task));
        } else if (waiting.size() < mostWaiting) {
            waiting.add(task);
        } else {
            throw new BusyException(mostWaiting + " requests wait already to be computed, and more may not");
        }
    }

    /** Whether it was still waiting. */
    private synchronized boolean leave(FutureTask<?> task) {
        return waiting.remove(task);
    }

    private void compute(FutureTask<?> first) {
        for (FutureTask<?> task = first; task != null; task = next()) {
            task.run();
        }
    }

    /** What is computed in the place of what has ended. */
    private synchronized @Nullable FutureTask<?> next() {
        FutureTask<?> next = running > most ? null : waiting.poll();
        if (next == null) {
            running--;
        }
        return next;
    }

    /** Without interrupting anyone: a thread that is interrupted within H2 closes the database. */
    @PreDestroy
    void end() {
        threads.shutdown();
    }

    @SuppressWarnings("unchecked")
    private static <X extends Exception> void rethrow(Throwable thrown) throws X {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (X) thrown;
    }
}
