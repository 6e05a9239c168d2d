package dev.nabla.program.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static final int TILE = 16;

    @Test
    void allIsInOnePartOfWholeTilesWhichAreEven() {
        for (int size = 1; size < 2100; size++) {
            for (Parts parts : parts(size)) {
                int next = 0;
                int longest = 0;
                for (int part = 0; part < parts.count(); part++) {
                    assertThat(parts.from(part)).isEqualTo(next).isEqualTo(next / TILE * TILE);
                    assertThat(parts.length(part)).as("%s", parts).isGreaterThanOrEqualTo(Math.min(size, TILE));
                    longest = Math.max(longest, parts.length(part));
                    next += parts.length(part);
                }
                assertThat(next).as("%s", parts).isEqualTo(size);
                assertThat(longest).as("%s", parts).isLessThan(size / parts.count() + 2 * TILE);
                assertThat(parts.count()).isLessThanOrEqualTo(Parts.most(size));
            }
        }
    }

    private static Iterable<Parts> parts(int size) {
        return Stream.concat(Stream.of(Parts.ofSingles(size, 1e6)),
                IntStream.of(1, 2, 3, 8, 64).mapToObj(threads -> Parts.of(size, threads))).toList();
    }

    @Test
    void eachThreadHasAPartOfALargeProduct() {
        assertThat(Parts.of(1024, 2).count()).isEqualTo(4);
        assertThat(Parts.of(1024, 8).count()).isEqualTo(16);
        assertThat(Parts.of(40, 2).count()).isEqualTo(2);
        assertThat(Parts.ofSingles(255, 1e6).count()).isEqualTo(1);
        assertThat(Parts.ofSingles(257, 1e6).count()).isEqualTo(2);
        assertThat(Parts.ofSingles(1024, 500).count()).isEqualTo(1);
    }
}
