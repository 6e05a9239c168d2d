package dev.nabla.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownNameTest {

    /** To get from ab to them, 1, 2, 3 and 6 characters are to be inserted, deleted or replaced. */
    @Test
    void theNearestNamesComeFirst() {
        assertThat(UnknownName.message("ab", List.of("xxxxxxab", "xyz", "acd", "zb")))
                .isEqualTo("unknown name 'ab'; known are zb, acd, xyz, xxxxxxab");
    }

    @Test
    void whatHasNoNameYetIsNotNamed() {
        assertThat(UnknownName.message("x", List.of("", "y", "z"))).isEqualTo("unknown name 'x'; known are y, z");
    }
}
