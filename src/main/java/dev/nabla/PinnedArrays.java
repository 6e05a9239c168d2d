package dev.nabla;

import java.lang.Runtime.Version;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * JDK 25 up to 25.0.2 corrupts memory when G1 collects while native code, such as ND4J's, holds Java arrays
 * (JDK-8377811, mended in 25.0.3). The service says so when it starts.
 */
@Component
final class PinnedArrays implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(PinnedArrays.class);
    private static final Version SAFE = Version.parse("25.0.3");

    @Override
    public void run(ApplicationArguments arguments) {
        warning(Runtime.version(), ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName).toList()).ifPresent(LOG::error);
    }

    /** @param collectors the names of the garbage collectors that run */
    static Optional<String> warning(Version version, List<String> collectors) {
        boolean isSafe = version.compareToIgnoreOptional(SAFE) >= 0
                || collectors.stream().noneMatch(name -> name.startsWith("G1"));
        return isSafe ? Optional.empty() : Optional.of("RESULTS MAY BE WRONG: JDK " + version + " with the G1 garbage"
                + " collector corrupts memory that native code uses (JDK-8377811). Run JDK " + SAFE + " or newer, or add"
                + " -XX:+UseParallelGC.");
    }
}
