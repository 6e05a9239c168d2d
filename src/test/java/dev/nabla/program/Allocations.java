package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What code makes on the heap once it is compiled. */
public final class Allocations {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    /** A hundred times as long as the JIT compiler was seen to need where nothing else is at work. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Allocations() {
    }

    /** Repeats it until it makes no object any more: code with vectors that is not yet compiled makes many. */
    public static void assertNone(int times, String what, Runnable work) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long allocated = Long.MAX_VALUE;
        while (allocated > 0 && System.nanoTime() < deadline) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < times; i++) {
                work.run();
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).as("bytes that %,d times %s allocate", times, what).isZero();
    }
}
