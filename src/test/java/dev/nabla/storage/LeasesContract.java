package dev.nabla.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.storage.TrainingLeases.Wishes;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.TrainingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What leases of trainings promise, on either database. */
abstract class LeasesContract extends StorageFixture {

    private static final UUID HERE = UUID.randomUUID();
    private static final UUID THERE = UUID.randomUUID();
    private static final TrainingResult RESULT = new TrainingResult(new double[] {1}, 1, false);

    LeasesContract(TestDatabase database) {
        super(database);
    }

    @Test
    void aTrainingIsTakenUpOnceUntilItsLeaseIsOver() {
        UUID id = queued();
        Lease first = leases.take(HERE, 9, LEASE).getFirst();
        assertThat(first.training()).isEqualTo(id);
        assertThat(leases.take(THERE, 9, LEASE)).isEmpty();
        assertThat(leases.next(Set.of())).isEmpty();
        expire(id);
        assertThat(leases.next(Set.of())).map(Lease::training).contains(id);
        leases.renew(HERE, Set.of(id), LEASE);
        assertThat(leases.take(THERE, 9, LEASE)).isEmpty();
        expire(id);
        Lease second = leases.take(THERE, 9, LEASE).getFirst();
        assertThat(second.token()).isGreaterThan(first.token());
        leases.giveUp(second);
        assertThat(leases.take(HERE, 9, LEASE)).extracting(Lease::training).containsExactly(id);
    }

    /** As where it is not told whether the transaction was committed in which it took it up. */
    @Test
    void whatAServiceDoesNotKnowThatItRunsGoesToAnother() {
        UUID known = queued();
        UUID unknown = queued();
        leases.take(HERE, 2, LEASE);
        expire(known);
        expire(unknown);
        leases.renew(HERE, Set.of(known), LEASE);
        leases.renew(HERE, Set.of(), LEASE);
        assertThat(leases.take(THERE, 2, LEASE)).extracting(Lease::training).containsExactly(unknown);
    }

    @Test
    void whatIsPostedIsTakenUpWithTheTransactionThatStoresIt() {
        Lease lease = transaction.execute(_ -> leases.takePosted(queued(), HERE, LEASE).orElseThrow());
        assertThat(leases.wishes(HERE)).containsExactly(Map.entry(lease, new Wishes(false, false)));
        assertThat(leases.take(THERE, 1, LEASE)).isEmpty();
        transaction.executeWithoutResult(status -> {
            assertThat(leases.takePosted(queued(), HERE, LEASE)).isPresent();
            UUID paused = queued();
            trainings.requestPause(paused);
            assertThat(leases.takePosted(paused, HERE, LEASE)).isEmpty();
            status.setRollbackOnly();
        });
        assertThat(leases.wishes(HERE)).containsOnlyKeys(lease);
        assertThat(leases.take(THERE, 1, LEASE)).isEmpty();
        leases.finish(lease, 1, List.of(), RESULT, 1);
    }

    /** Whatever a service still wants to write that was asleep for longer than its lease. */
    @Test
    void whoseLeaseIsOverChangesNothing() {
        UUID id = queued();
        Lease late = leases.take(HERE, 9, LEASE).getFirst();
        leases.record(late, 1, List.of(epoch(0.5)), 1);
        leases.keep(late, new byte[] {1}, 1);
        expire(id);
        Lease present = leases.take(THERE, 9, LEASE).getFirst();
        leases.renew(HERE, Set.of(id), LEASE);
        assertThat(leases.wishes(HERE)).isEmpty();
        assertThat(leases.wishes(THERE)).containsExactly(Map.entry(present, new Wishes(false, false)));
        List<Consumer<Lease>> writes = List.of(lease -> leases.record(lease, 2, List.of(epoch(0.25)), 2),
                lease -> leases.keep(lease, new byte[] {2}, 2), lease -> leases.finish(lease, 1, List.of(), RESULT, 2),
                lease -> leases.fail(lease, "late"), leases::giveUp, leases::queue, leases::pause);
        StoredTraining before = trainings.find(id).orElseThrow();
        for (Consumer<Lease> write : writes) {
            assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> write.accept(late)))
                    .isInstanceOf(LostLeaseException.class);
        }
        assertThat(trainings.find(id)).contains(before);
        assertThat(trainings.losses(id)).containsExactly(0.5);
        assertThat(trainings.state(id)).hasValueSatisfying(state -> assertThat(state).containsExactly(1));
        leases.finish(present, 1, List.of(), RESULT, 3);
        for (Consumer<Lease> write : writes) {
            assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> write.accept(present)))
                    .isInstanceOf(LostLeaseException.class);
        }
        assertThat(trainings.find(id).orElseThrow().state()).isEqualTo(TrainingState.SUCCEEDED);
        assertThat(trainings.find(id).orElseThrow().progress().seconds()).hasValue(3);
    }

    @Test
    void servicesThatLookAtOnceShareWhatThereIs() throws Exception {
        List<UUID> ids = IntStream.range(0, 40).mapToObj(_ -> queued()).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<List<Lease>>> takers = IntStream.range(0, 4).<Callable<List<Lease>>>mapToObj(_ -> () -> {
                var mine = new ArrayList<Lease>();
                UUID worker = UUID.randomUUID();
                for (int i = 0; i < 20; i++) {
                    mine.addAll(transaction.execute(_ -> leases.take(worker, 3, LEASE)));
                }
                return mine;
            }).toList();
            var taken = new ArrayList<Lease>();
            for (Future<List<Lease>> future : threads.invokeAll(takers)) {
                taken.addAll(future.get());
            }
            assertThat(taken).extracting(Lease::training).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    /** Ada has many waiting and one running, Bob few; Ada's last has the highest priority of hers. */
    @Test
    void ownersTakeTurnsAndPrioritiesDecideAmongOnesOwn() {
        UUID running = of("ada", 5);
        leases.take(HERE, 1, LEASE);
        UUID ada = of("ada", 5);
        of("ada", 0);
        UUID urgent = of("ada", 9);
        UUID bob = of("bob", 0);
        UUID bobs = of("bob", 3);
        assertThat(leases.take(HERE, 4, LEASE)).extracting(Lease::training).containsExactly(bobs, urgent, bob, ada);
        expire(running);
        of("carl", 9);
        assertThat(leases.take(THERE, 1, LEASE)).extracting(Lease::training).as("whose service is gone goes first")
                .containsExactly(running);
    }

    @Test
    void aShortTrainingGoesBeforeLongOnesUntilTheseHaveWaitedForAnHour() {
        UUID first = queued(Duration.ofMinutes(1));
        UUID second = queued(Duration.ofDays(1_000_000));
        UUID middling = queued(Duration.ofSeconds(1));
        UUID brief = queued(Duration.ofMillis(1));
        assertThat(leases.take(HERE, 4, LEASE)).extracting(Lease::training)
                .containsExactly(brief, middling, first, second);
        UUID earlier = queued(Duration.ofDays(1));
        sql.sql("update training set due_at = due_at - interval '3601' second where id = ?").param(earlier).update();
        UUID later = queued(Duration.ofMillis(1));
        assertThat(leases.take(HERE, 2, LEASE)).extracting(Lease::training).containsExactly(earlier, later);
    }

    @Test
    void whatMadeRoomWaitsBehindWhatWasNotYetRun() {
        UUID first = queued();
        Lease lease = leases.take(HERE, 1, LEASE).getFirst();
        UUID second = queued();
        leases.queue(lease);
        assertThat(leases.take(HERE, 2, LEASE)).extracting(Lease::training).containsExactly(second, first);
    }

    @Test
    void whatIsPutBackIsPassedOverAndTakenUpAnyNumberOfTimes() {
        UUID first = queued();
        UUID second = queued();
        for (int i = 0; i < 7; i++) {
            leases.putBack(leases.takeOnly(HERE, first, LEASE).getFirst());
        }
        assertState(first, TrainingState.QUEUED);
        assertThat(leases.next(Set.of(second))).map(Lease::training).hasValue(first);
        assertThat(leases.free(first)).map(Lease::training).hasValue(first);
        assertThat(leases.take(HERE, 2, LEASE, Set.of(first))).extracting(Lease::training).containsExactly(second);
        assertThat(leases.takeOnly(HERE, second, LEASE)).as("which is run").isEmpty();
        assertThat(leases.takeOnly(HERE, first, LEASE)).hasSize(1);
        assertThat(leases.free(first)).isEmpty();
    }

    @Test
    void aTrainingThatNeverGetsFurtherFails() {
        UUID id = queued();
        for (int i = 0; i < 5; i++) {
            assertThat(leases.take(HERE, 1, LEASE)).hasSize(1);
            expire(id);
        }
        Lease last = leases.take(HERE, 1, LEASE).isEmpty() ? null : leases.take(HERE, 1, LEASE).getFirst();
        assertThat(last).isNull();
        StoredTraining training = trainings.find(id).orElseThrow();
        assertThat(training.state()).isEqualTo(TrainingState.FAILED);
        assertThat(training.error()).contains("the services that ran this training ended 5 times before it got any further");
    }

    @Test
    void aTrainingThatGetsFurtherMayBeTakenUpForEver() {
        UUID id = queued();
        for (int i = 0; i < 12; i++) {
            Lease lease = leases.take(HERE, 1, LEASE).getFirst();
            if (i % 2 == 0) {
                leases.keep(lease, new byte[] {(byte) i}, i);
            } else {
                leases.record(lease, i, List.of(epoch(i)), i);
            }
            expire(id);
        }
    }

    @Test
    void aTrainingIsPausedAndResumed() {
        UUID waiting = queued();
        assertThat(trainings.requestPause(waiting)).isTrue();
        assertThat(trainings.requestPause(waiting)).isTrue();
        assertState(waiting, TrainingState.PAUSED);
        assertThat(leases.take(HERE, 9, LEASE)).isEmpty();
        assertThat(trainings.resume(waiting)).isTrue();
        assertState(waiting, TrainingState.QUEUED);
        Lease lease = leases.take(HERE, 9, LEASE).getFirst();
        assertThat(trainings.requestPause(waiting)).isTrue();
        assertThat(leases.wishes(HERE)).containsExactly(Map.entry(lease, new Wishes(false, true)));
        assertState(waiting, TrainingState.RUNNING);
        leases.pause(lease);
        assertState(waiting, TrainingState.PAUSED);
        assertThatThrownBy(() -> trainings.delete(waiting)).isInstanceOf(InUseException.class);
        trainings.resume(waiting);
        Lease again = leases.take(HERE, 9, LEASE).getFirst();
        trainings.requestPause(waiting);
        trainings.resume(waiting);
        leases.pause(again);
        assertThat(leases.take(HERE, 9, LEASE)).as("what was resumed before it paused goes on").hasSize(1);
        trainings.requestPause(waiting);
        expire(waiting);
        assertThat(leases.take(THERE, 9, LEASE)).as("whose service ends before it paused").isEmpty();
        assertState(waiting, TrainingState.PAUSED);
    }

    @Test
    void whatIsCancelledWhileItWaitsLeavesWhatItHasReached() {
        UUID fresh = queued();
        trainings.requestPause(fresh);
        assertThat(trainings.requestCancel(fresh)).isTrue();
        assertState(fresh, TrainingState.CANCELLED);
        assertThat(trainings.resume(fresh)).isFalse();
        assertThat(trainings.requestPause(fresh)).isFalse();
        UUID begun = queued();
        Lease lease = leases.take(HERE, 9, LEASE).getFirst();
        leases.record(lease, 1, List.of(epoch(0.5)), 1);
        trainings.requestPause(begun);
        leases.pause(lease);
        assertThat(trainings.requestCancel(begun)).isTrue();
        assertThat(trainings.requestPause(begun)).isFalse();
        Lease last = leases.take(HERE, 9, LEASE).getFirst();
        assertThat(leases.wishes(HERE)).containsExactly(Map.entry(last, new Wishes(true, false)));
        leases.finish(last, 1, List.of(), new TrainingResult(new double[] {1}, 1, true), 1);
        assertState(begun, TrainingState.CANCELLED);
        assertThat(trainings.find(begun).orElseThrow().modelId()).isPresent();
    }

    @Test
    void whatRanBeforeThereWereLeasesIsTakenUp() {
        UUID id = queued();
        sql.sql("update training set state = 'RUNNING' where id = ?").param(id).update();
        assertThat(leases.take(HERE, 1, LEASE)).extracting(Lease::training).containsExactly(id);
    }

    private UUID of(String owner, int priority) {
        UUID id = queued();
        sql.sql("update training set owner = ?, priority = ? where id = ?").params(owner, priority, id).update();
        return id;
    }

    private void expire(UUID id) {
        sql.sql("update training set leased_until = current_timestamp - interval '1' second where id = ?").param(id).update();
    }

    private void assertState(UUID id, TrainingState state) {
        assertThat(trainings.find(id).orElseThrow().state()).isEqualTo(state);
    }

    private static EpochLosses epoch(double loss) {
        return new EpochLosses(loss, new double[0], OptionalDouble.empty());
    }
}
