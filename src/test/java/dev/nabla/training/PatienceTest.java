package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void whatIsNoMoreThanMinDeltaIsNoImprovement() {
        assertThat(ends(0.125, 1, 0.9375, 0.875)).containsExactly(false, false, true);
        assertThat(ends(0, 1, 0.9375, 0.875)).containsExactly(false, false, false);
    }

    @Test
    void itIsTheLowestLossThatIsToBeImproved() {
        assertThat(ends(0.125, 1, 0.9375, 0.75, 0.6875, 0.65)).containsExactly(false, false, false, false, true);
        assertThat(ends(0, 1, 2, 1)).containsExactly(false, false, true);
    }

    private static Boolean[] ends(double minDelta, double... losses) {
        var patience = new Patience(new EarlyStopping(2, minDelta));
        Boolean[] ends = new Boolean[losses.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = patience.endsWith(losses[i]);
        }
        return ends;
    }
}
