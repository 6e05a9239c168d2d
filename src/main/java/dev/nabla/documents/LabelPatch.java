package dev.nabla.documents;

import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is to become of labels. */
@Schema(description = "What is to change of name and tags (RFC 7396): what is left out stays, what is null goes.")
public record LabelPatch(
        @Schema(description = "A free label.", example = "gaussian") @Labels.Name Change<String> name,
        @Schema(description = "All of the tags, each once.", example = "[\"demo\"]")
        @Labels.Tags Change<List<@Labels.Tag String>> tags) implements Checked {

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        Labels.of(name.value().orElse(null), tags.value().orElse(null), "", problems);
        return problems;
    }

    /** The labels after the change. */
    public Labels of(Labels before) {
        return new Labels(name.of(before.name()), tags.of(Optional.of(before.tags())).orElse(List.of()));
    }
}
