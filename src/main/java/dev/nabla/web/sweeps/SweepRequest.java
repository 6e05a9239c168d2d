package dev.nabla.web.sweeps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Checked;
import dev.nabla.documents.Labels;
import dev.nabla.documents.Written;
import dev.nabla.problems.Problem;
import dev.nabla.storage.StoredSweep;
import dev.nabla.training.sweeps.Search;
import dev.nabla.training.sweeps.StopRule;
import dev.nabla.training.sweeps.SweepMetric;
import dev.nabla.training.sweeps.SweepPlan;
import dev.nabla.training.sweeps.TrialValues;
import dev.nabla.web.trainings.TrainingRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A training, and what it is to have instead in each of the trials. */
record SweepRequest(
        @Schema(description = "A free label of the sweep; the trials have those of the training.", example = "rates and widths")
        @Labels.Name @Nullable String name,
        @Schema(description = "To find it again by, each once.", example = "[\"demo\"]")
        @Labels.Tags @Nullable List<@Labels.Tag String> tags,
        @Schema(description = "What all trials have in common; what the values put in may be left out.")
        Written<TrainingRequest> training,
        @Schema(description = "By JSON Pointers (RFC 6901) into the training what is there in the trials: a list, or for a random "
                + "search a range. A null leaves the field out.",
                example = "{\"/optimizer/learningRate\": [0.001, 0.01], \"/network/layers/0/units\": [4, 8]}")
        @Size(max = 100) @JsonProperty(defaultValue = "{}") Map<String, TrialValues> values,
        @Schema(description = "So many trials of every combination of values, with the seed of the training and those behind it: "
                + "the same ones for all.", example = "5")
        @Min(1) @Max(10_000) @JsonProperty(defaultValue = "1") int seeds,
        @Schema(description = "\"grid\": every value with every other; \"list\": the first values of all lists, the second of "
                + "all, and so on; {\"random\": n}: n different combinations that are drawn by the seed of the training.",
                example = "grid") @JsonProperty(defaultValue = "grid") Search search,
        @Schema(description = "Which trials end before their last epoch, as succeeded with a stopReason, and keep the model so "
                + "far. \"median\" (Golovin et al., 2017): at every twentieth part of the epochs those whose lowest loss is above "
                + "the median of the mean losses of three or more others that came as far. {\"halving\": η} (ASHA, Li et al., "
                + "2020): at 1/η, 1/η², … of the epochs those that are not among the best 1/η of all that came there so far. "
                + "Which these are depends on which trials come first, and so on time.", example = "none")
        @JsonProperty(defaultValue = "none") StopRule stop,
        @JsonProperty(defaultValue = "loss") SweepMetric metric) implements Checked {

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        Labels.of(name, tags, "", problems);
        problems.addAll(plan().problems());
        return problems;
    }

    SweepPlan plan() {
        return new SweepPlan(values, seeds, search);
    }

    StoredSweep.Settings settings() {
        return new StoredSweep.Settings(plan(), stop, metric);
    }

    Labels labels() {
        return Labels.valid(name, tags);
    }
}
