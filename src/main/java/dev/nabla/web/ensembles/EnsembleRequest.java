package dev.nabla.web.ensembles;

import dev.nabla.documents.Checked;
import dev.nabla.documents.Labels;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Models that are to be asked together. */
record EnsembleRequest(
        @Schema(description = "A free label.", example = "five seeds") @Labels.Name @Nullable String name,
        @Schema(description = "To find it again by, each once.", example = "[\"demo\"]")
        @Labels.Tags @Nullable List<@Labels.Tag String> tags,
        @Schema(description = "The ids of models whose networks have the same inputs and outputs at the same places, each once; "
                + "apart from that the networks may differ.") @Size(min = 2, max = 100) List<UUID> modelIds) implements Checked {

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        Labels.of(name, tags, "", problems);
        for (int i = 0; i < modelIds.size() && !wrong.contains("modelIds"); i++) {
            if (modelIds.indexOf(modelIds.get(i)) < i) {
                problems.add(Problem.of("/modelIds/" + i, "must not be " + modelIds.get(i) + ", as another one is"));
            }
        }
        return problems;
    }

    Labels labels() {
        return Labels.valid(name, tags);
    }
}
