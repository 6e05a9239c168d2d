package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Runtime.Version;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedArraysTest {

    private static final List<String> G1 = List.of("G1 Young Generation", "G1 Concurrent GC", "G1 Old Generation");

    @ParameterizedTest
    @ValueSource(strings = {"25", "25-ea+3", "25.0.1+8-LTS", "25.0.2", "25.0.2.1+1"})
    void beforeTheMendG1IsWarnedOf(String version) {
        assertThat(PinnedArrays.warning(Version.parse(version), G1)).hasValueSatisfying(warning -> assertThat(warning)
                .contains("JDK " + version, "25.0.3", "-XX:+UseParallelGC"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"25.0.3", "25.0.3+9-LTS", "25.0.4", "25.1", "26", "26-ea+1"})
    void fromTheMendOnThereIsNoWarning(String version) {
        assertThat(PinnedArrays.warning(Version.parse(version), G1)).isEmpty();
    }

    @Test
    void otherCollectorsAreSafe() {
        assertThat(PinnedArrays.warning(Version.parse("25.0.1"), List.of("PS MarkSweep", "PS Scavenge"))).isEmpty();
    }

    @Test
    void theTestsThemselvesRunOnASafeJdk() {
        assertThat(PinnedArrays.warning(Runtime.version(), ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName).toList())).isEmpty();
    }
}
