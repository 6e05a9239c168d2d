package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.jobs.TrainingLeft;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitedTrainingTest {

    private static final int LOOKS = 5000;

    private final EventStreams streams = new EventStreams(() -> () -> true, new SimpleMeterRegistry());
    private final UUID training = UUID.randomUUID();

    /** Looks of which each waits for its time would take more than eight minutes. */
    @Test
    void whatEndsHereIsLookedAtWithoutWaitingForTheNextLook() {
        var looks = new AtomicInteger();
        int seen = streams.await(training, () -> {
            streams.wake(new TrainingLeft(training));
            return looks.incrementAndGet();
        }, Duration.ofMinutes(1), look -> look == LOOKS);
        assertThat(seen).isEqualTo(LOOKS);
    }

    @Test
    void whatEndsElsewhereIsLookedAtUntilThePatienceIsOver() {
        var looks = new AtomicInteger();
        int seen = streams.await(training, () -> {
            streams.wake(new TrainingLeft(UUID.randomUUID()));
            return looks.incrementAndGet();
        }, Duration.ofMillis(300), look -> look == LOOKS);
        assertThat(seen).isBetween(2, LOOKS - 1);
    }
}
