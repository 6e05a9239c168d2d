package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

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
        long bytes = allocated;
        assertThat(bytes).as(() -> "bytes that %,d times %s allocate%s".formatted(times, what, bytes == 0 ? "" : where(work))).isZero();
    }

    /** The stacks in which objects are made, each of a class, most often seen first. */
    private static String where(Runnable work) {
        try (var recording = new Recording()) {
            recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s").withStackTrace();
            recording.start();
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < end) {
                work.run();
            }
            recording.stop();
            Path file = Files.createTempFile("allocations", ".jfr");
            try {
                recording.dump(file);
                return stacks(RecordingFile.readAllEvents(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stacks(List<RecordedEvent> events) {
        Map<String, Long> counts = events.stream().filter(event -> event.getStackTrace() != null && event.getThread() != null
                && event.getThread().getJavaThreadId() == Thread.currentThread().threadId())
                .collect(Collectors.groupingBy(Allocations::stack, Collectors.counting()));
        return counts.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(3)
                .map(Map.Entry::getKey).collect(Collectors.joining());
    }

    private static String stack(RecordedEvent event) {
        return "\n" + event.getClass("objectClass").getName() + event.getStackTrace().getFrames().stream().limit(20)
                .map(frame -> "\n    %s.%s:%d %s".formatted(frame.getMethod().getType().getName(), frame.getMethod().getName(),
                        frame.getLineNumber(), frame.getType())).collect(Collectors.joining());
    }
}
