package dev.nabla.web.limits;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multiset;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.nabla.expression.Work;
import dev.nabla.storage.Owner;
import jakarta.annotation.PreDestroy;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where requests are computed: on as many platform threads as there are processors. The next is one of the owner of
 * whom the fewest are computed, of several owners in turn, and of one owner in the order in which they came. The
 * virtual threads of the connections, which share as many carriers, wait for them and stay free for everything else.
 */
@Component
public final class Lane {

    /** How often it is looked whether the client is still there. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final ScopedValue<Place> CURRENT = ScopedValue.newInstance();

    private final ExecutorService threads = Executors.newCachedThreadPool(
            new ThreadFactoryBuilder().setNameFormat("compute-%d").setDaemon(true).build());
    /** By their owners, of whom the first is the next in turn. */
    private final ListMultimap<Optional<Owner>, Turn> waiting =
            MultimapBuilder.linkedHashKeys().arrayListValues().build();
    private final int most;
    private final int mostWaiting;
    private final Duration patience;
    /** The owners of those that are computed. */
    private final Multiset<Optional<Owner>> running = HashMultiset.create();
    private int aside;

    /** Something to compute for somebody. */
    private record Turn(Optional<Owner> owner, FutureTask<?> task) {}

    /** Where and for whom a thread computes, and since when that is waited for. */
    private record Place(Lane lane, Optional<Owner> owner, long since) {}

    Lane(RequestLimits limits, MeterRegistry registry) {
        this.most = limits.computingThreads() > 0 ? limits.computingThreads() : Runtime.getRuntime().availableProcessors();
        this.mostWaiting = limits.maxWaitingRequests();
        this.patience = limits.maxRequestTime();
        gauge("computing", "Requests that are computed", lane -> lane.running.size(), registry);
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
        var place = new Place(this, Owner.known(), System.nanoTime());
        // With the trace of the request.
        var done = new FutureTask<@Nullable Void>(ContextSnapshotFactory.builder().build().captureAll().wrap(() -> {
            ScopedValue.where(CURRENT, place).<Lane, Exception>call(() -> {
                work.run(task);
                return this;
            });
            return null;
        }));
        var turn = new Turn(place.owner(), done);
        enter(turn);
        try {
            await(turn, work, isClientGone);
        } catch (ExecutionException e) {
            Lane.<X>rethrow(Objects.requireNonNull(e.getCause()));
        }
    }

    private void await(Turn turn, Work work, BooleanSupplier isClientGone) throws ExecutionException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                turn.task().get(LOOK.toNanos(), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException e) {
                boolean isLate = System.nanoTime() > deadline;
                if (isLate || isClientGone.getAsBoolean()) {
                    String why = isLate ? "took longer than the " + patience.toSeconds() + " seconds that a request may"
                            : "the client has gone";
                    if (leave(turn)) {
                        throw new BusyException(why + "; it was still waiting for its turn");
                    }
                    // The request is the server's again when this thread returns: not before its worker has noticed.
                    work.stop(why);
                }
            } catch (CancellationException e) {
                throw new BusyException(mostWaiting + " requests wait already to be computed, and this one gave way to one of others");
            } catch (InterruptedException e) {
                work.stop("the service is stopped");
            }
        }
    }

    /**
     * Waits for something else, so that another request can be computed meanwhile; empty, at once, where as many do so as may.
     *
     * @param patience how long the whole request may wait, in which it has waited for its turn already
     * @param wait computes nothing, and is told how long it may take
     */
    public static <T> Optional<T> aside(Duration patience, Function<Duration, T> wait) {
        return CURRENT.isBound() ? CURRENT.get().lane().whileAnotherRuns(CURRENT.get(), patience, wait)
                : Optional.of(wait.apply(patience));
    }

    private <T> Optional<T> whileAnotherRuns(Place place, Duration patience, Function<Duration, T> wait) {
        if (!stepAside()) {
            return Optional.empty();
        }
        Turn next = next(place.owner());
        if (next != null) {
            threads.execute(() -> compute(next));
        }
        try {
            return Optional.of(wait.apply(patience.minusNanos(System.nanoTime() - place.since())));
        } finally {
            comeBack(place.owner());
        }
    }

    /** Each waits in a thread of its own. */
    private synchronized boolean stepAside() {
        boolean may = aside < mostWaiting;
        aside += may ? 1 : 0;
        return may;
    }

    /** For the little that is left to do, without another turn. */
    private synchronized void comeBack(Optional<Owner> owner) {
        aside--;
        running.add(owner);
    }

    private synchronized void enter(Turn turn) {
        if (running.size() < most) {
            running.add(turn.owner());
            threads.execute(() -> compute(turn));
        } else if (waiting.size() < mostWaiting || giveWay(turn.owner())) {
            waiting.put(turn.owner(), turn);
        } else {
            throw new BusyException(mostWaiting + " requests wait already to be computed, and more may not");
        }
    }

    /** Sends the last one away of the owner of whom most wait, unless as many would wait of this owner. */
    private boolean giveWay(Optional<Owner> owner) {
        List<Turn> most = waiting.get(Collections.max(waiting.keySet(), Comparator.comparingInt(other -> waiting.get(other).size())));
        boolean isGreater = most.size() > waiting.get(owner).size() + 1;
        if (isGreater) {
            most.removeLast().task().cancel(false);
        }
        return isGreater;
    }

    /** Whether it was still waiting. */
    private synchronized boolean leave(Turn turn) {
        return waiting.remove(turn.owner(), turn);
    }

    private void compute(Turn first) {
        for (Turn turn = first; turn != null; turn = next(turn.owner())) {
            turn.task().run();
        }
    }

    /** What is computed in the place of what has ended, of this owner. */
    private synchronized @Nullable Turn next(Optional<Owner> ended) {
        running.remove(ended);
        if (running.size() >= most || waiting.isEmpty()) {
            return null;
        }
        Optional<Owner> owner = Collections.min(waiting.keySet(), Comparator.comparingInt(running::count));
        var turns = new ArrayDeque<>(waiting.removeAll(owner));
        Turn next = turns.remove();
        // Behind all other owners.
        waiting.putAll(owner, turns);
        running.add(owner);
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
