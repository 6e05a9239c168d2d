package dev.nabla.program.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartsTest {

    @Test
    void allIsInOnePartAndNoneIsNarrowerThanATile() {
        for (int size = 1; size < 2100; size++) {
            int all = size;
            for (Parts parts : Stream.concat(Stream.of(Parts.ofSingles(size)),
                    Stream.of(1, 2, 3, 8, 64).map(threads -> Parts.of(all, threads))).toList()) {
                int next = 0;
                for (int part = 0; part < parts.count(); part++) {
                    assertThat(parts.from(part)).isEqualTo(next);
                    assertThat(parts.length(part)).isGreaterThanOrEqualTo(Math.min(parts.size(), 16));
                    next += parts.length(part);
                }
                assertThat(next).as("%s", parts).isEqualTo(parts.size());
                assertThat(parts.count()).isLessThanOrEqualTo(Parts.most(parts.size()));
            }
        }
    }

    @Test
    void eachThreadHasAPartOfALargeProduct() {
        assertThat(Parts.of(1024, 2).count()).isEqualTo(4);
        assertThat(Parts.of(1024, 8).count()).isEqualTo(16);
        assertThat(Parts.of(256, 8).count()).isEqualTo(16);
        assertThat(Parts.ofSingles(256).count()).isEqualTo(2);
    }
}
