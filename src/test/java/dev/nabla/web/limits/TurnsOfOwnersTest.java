package dev.nabla.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.Work;
import dev.nabla.storage.Owner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** Whose request is computed next. */
@Timeout(60)
class TurnsOfOwnersTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final Semaphore ends = new Semaphore(0);
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Thread> connections = new ArrayList<>();

    private Lane lane(int threads) {
        return new Lane(new RequestLimits(DataSize.ofMegabytes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 1000,
                Duration.ofMinutes(1), 100, DataSize.ofMegabytes(0), DataSize.ofMegabytes(0), threads), meters);
    }

    /** A request that says its name when it is computed, and is so until it may end. */
    private void ask(Lane lane, String owner, String name) {
        connections.add(Thread.ofVirtual().start(() -> new Owner(owner).run(() -> {
            try {
                lane.run(work(), () -> false, () -> {
                    begun.add(name);
                    ends.acquireUninterruptibly();
                });
            } catch (BusyException e) {
                refused.incrementAndGet();
            }
        })));
    }

    private static Work work() {
        return new Work(Long.MAX_VALUE, new MemoryBudget("requests", 1 << 30, () -> 1 << 30));
    }

    private void waitFor(String meter, int requests) {
        while (meters.get("nabla.requests." + meter).gauge().value() != requests) {
            Thread.onSpinWait();
        }
    }

    private void askInOrder(Lane lane, String... names) {
        for (int i = 0; i < names.length; i++) {
            ask(lane, names[i].substring(0, 1), names[i]);
            waitFor("waiting", i + 1);
        }
    }

    private List<String> theRest(int requests) throws InterruptedException {
        var order = new ArrayList<String>();
        for (int i = 0; i < requests; i++) {
            ends.release();
            order.add(begun.take());
        }
        return order;
    }

    @AfterEach
    void end() throws InterruptedException {
        ends.release(1000);
        for (Thread connection : connections) {
            connection.join();
        }
        waitFor("computing", 0);
    }

    @Test
    void ownersTakeTurnsHoweverManyRequestsEachHas() throws InterruptedException {
        Lane lane = lane(1);
        ask(lane, "a", "a1");
        assertThat(begun.take()).isEqualTo("a1");
        askInOrder(lane, "a2", "a3", "a4", "b1", "b2", "c1");
        assertThat(theRest(6)).containsExactly("a2", "b1", "c1", "a3", "b2", "a4");
    }

    @Test
    void whoHasFewerThatAreComputedIsNext() throws InterruptedException {
        Lane lane = lane(3);
        for (int i = 0; i < 3; i++) {
            ask(lane, "a", "a");
            assertThat(begun.take()).isEqualTo("a");
        }
        askInOrder(lane, "a1", "a2", "b1", "b2");
        assertThat(theRest(1)).containsExactly("b1");
        assertThat(connections).hasSize(7);
    }

    @Test
    void whoFillsTheQueueGivesWayToOthers() throws InterruptedException {
        Lane lane = lane(1);
        ask(lane, "a", "a");
        assertThat(begun.take()).isEqualTo("a");
        askInOrder(lane, IntStream.range(0, 100).mapToObj(i -> "a" + i).toArray(String[]::new));
        for (int i = 0; i < 50; i++) {
            ask(lane, "b", "b");
        }
        assertThat(connections).hasSize(151);
        awaitRefusals(50);
        ask(lane, "b", "one more than of the others");
        awaitRefusals(51);
        assertThat(theRest(100)).filteredOn("b"::equals).hasSize(50);
    }

    private void awaitRefusals(int number) {
        while (refused.get() != number) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whoWaitsForSomethingElseHasWaitedForHisTurnAlready() throws InterruptedException {
        Lane lane = lane(1);
        ask(lane, "a", "a");
        assertThat(begun.take()).isEqualTo("a");
        var left = new LinkedBlockingQueue<Duration>();
        connections.add(Thread.ofVirtual().start(() -> lane.run(work(), () -> false,
                () -> Lane.aside(Duration.ofHours(1), left::add))));
        waitFor("waiting", 1);
        long waits = System.nanoTime();
        long stillWaits = System.nanoTime();
        ends.release();
        assertThat(left.take()).isLessThanOrEqualTo(Duration.ofHours(1).minusNanos(stillWaits - waits));
        waitFor("aside", 0);
    }
}
