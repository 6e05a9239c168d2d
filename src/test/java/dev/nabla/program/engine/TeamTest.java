package dev.nabla.program.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class TeamTest {

    private final Team team = new Team(4);

    @Test
    void everyPartIsDoneOnceAndBeforeTheWorkReturns() {
        for (int round = 0; round < 20_000; round++) {
            int parts = 1 + round % 9;
            var done = new AtomicIntegerArray(9);
            team.run(parts, done::incrementAndGet);
            for (int part = 0; part < 9; part++) {
                assertThat(done.get(part)).as("round %d, part %d of %d", round, part, parts).isEqualTo(part < parts ? 1 : 0);
            }
        }
    }

    @Test
    void partsAreDoneSideBySide() throws InterruptedException {
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        var allHaveBegun = new CountDownLatch(4);
        team.run(4, part -> {
            threads.add(Thread.currentThread());
            allHaveBegun.countDown();
            try {
                assertThat(allHaveBegun.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(threads).hasSize(4);
    }

    @Test
    void callersDoNotWaitForEachOther() throws InterruptedException {
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 6; caller++) {
            int first = 1000 * caller;
            callers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 1000; i += 5) {
                    int from = first + i;
                    team.run(5, part -> done.add(from + part));
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(done).hasSize(6000);
    }

    @Test
    void workWithinWorkIsDone() {
        var done = new AtomicIntegerArray(12);
        team.run(3, outer -> team.run(4, inner -> done.incrementAndGet(4 * outer + inner)));
        for (int i = 0; i < 12; i++) {
            assertThat(done.get(i)).isEqualTo(1);
        }
    }

    @Test
    void aFailureReachesTheCallerAndTheTeamWorksOn() {
        assertThatThrownBy(() -> team.run(8, part -> {
            if (part == 3) {
                throw new IllegalStateException("part 3");
            }
        })).hasMessage("part 3");
        var done = new AtomicIntegerArray(8);
        team.run(8, done::incrementAndGet);
        assertThat(done.toString()).isEqualTo("[1, 1, 1, 1, 1, 1, 1, 1]");
    }
}
