package dev.nabla.training.sweeps;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/** When a trial ends before its last epoch, as others are better. */
public sealed interface StopRule permits StopRule.Named, StopRule.Halving {

    /** The epochs after which a trial is compared with others. */
    boolean comparesAfter(int epoch, Extent extent);

    /**
     * Why a trial ends, if it does.
     *
     * @param others that have come to the same epoch so far
     */
    Optional<String> verdict(int epoch, Score own, List<Score> others);

    private static String lowestOf(int epoch, Score own) {
        return "the lowest loss of its first " + (epoch == 1 ? "epoch" : epoch + " epochs") + " was " + own.lowest();
    }

    /**
     * How large a sweep is.
     *
     * @param epochs of its longest trial
     */
    record Extent(int epochs, int trials) {}

    /** Those that have a name and nothing else. */
    enum Named implements StopRule {

        /** Every trial has all of its epochs. */
        @JsonProperty("none") NONE {
            @Override
            public boolean comparesAfter(int epoch, Extent extent) {
                return false;
            }

            @Override
            public Optional<String> verdict(int epoch, Score own, List<Score> others) {
                return Optional.empty();
            }
        },

        /**
         * The median stopping rule (Golovin et al., Google Vizier, KDD 2017, section 3.2.2, doi 10.1145/3097983.3098043): a
         * trial ends whose best is worse than the median of the others' running means. Looked at 20 times, where three others
         * have come as far.
         */
        @JsonProperty("median") MEDIAN {
            @Override
            public boolean comparesAfter(int epoch, Extent extent) {
                return epoch % Math.ceilDiv(extent.epochs(), COMPARISONS) == 0;
            }

            @Override
            public Optional<String> verdict(int epoch, Score own, List<Score> others) {
                if (others.size() < LEAST_OTHERS) {
                    return Optional.empty();
                }
                double[] means = others.stream().mapToDouble(Score::mean).sorted().toArray();
                int half = means.length / 2;
                double median = means.length % 2 == 1 ? means[half] : means[half - 1] / 2 + means[half] / 2;
                return own.lowest() <= median ? Optional.empty() : Optional.of(lowestOf(epoch, own) + ", above " + median
                        + ", the median of the mean losses of " + means.length + " other trials");
            }
        };

        private static final int COMPARISONS = 20;
        private static final int LEAST_OTHERS = 3;
    }

    /**
     * Asynchronous successive halving (Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020), by
     * stopping: at rungs of 1/η, 1/η², … of the epochs only those trials go on whose lowest loss is among the best 1/η of
     * those that have come there so far, the best of them always. There are as many rungs as leave one of all trials.
     *
     * @param halving η
     */
    record Halving(
            @Schema(description = "The part of the trials that goes on behind every rung is one of so many.", example = "3")
            @Min(2) @Max(100) int halving) implements StopRule {

        @Override
        public boolean comparesAfter(int epoch, Extent extent) {
            double part = halving;
            for (long trials = extent.trials(); trials >= halving; trials /= halving, part *= halving) {
                if (epoch == (int) Math.ceil(extent.epochs() / part)) {
                    return epoch < extent.epochs();
                }
            }
            return false;
        }

        @Override
        public Optional<String> verdict(int epoch, Score own, List<Score> others) {
            int all = others.size() + 1;
            int goOn = Math.max(1, all / halving);
            long better = others.stream().filter(other -> other.lowest() < own.lowest()).count();
            return better < goOn ? Optional.empty() : Optional.of(lowestOf(epoch, own) + ", and that of " + better + " of "
                    + others.size() + " other trials lower, of which " + goOn + (goOn == 1 ? " goes" : " go") + " on");
        }
    }
}
