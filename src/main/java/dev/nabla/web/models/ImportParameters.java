package dev.nabla.web.models;

import dev.nabla.documents.Labels;
import dev.nabla.web.Query;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters beside a file of a model. */
record ImportParameters(
        @Parameter(description = "The names of the columns of the inputs; if left out those of the file where they can be names, else "
                + "x1 … xn.", example = "[\"x\", \"y\"]") @Nullable List<String> inputs,
        @Parameter(description = "The names of the outputs; if left out those of the file where they can be names, else y1 … ym.",
                example = "[\"z\"]") @Nullable List<String> outputs,
        @Parameter(description = "Which outputs of the file are taken, by their names in it; all if left out.",
                example = "[\"y\"]") @Nullable List<String> take,
        @Parameter(description = "A free label.") @Nullable String name,
        @Parameter(description = "To find it again by, each once.") @Nullable List<String> tags) {

    Labels labels(Query query) {
        return Labels.of(name, tags, "", query.errors());
    }

    static List<String> orEmpty(@Nullable List<String> given) {
        return given == null ? List.of() : given;
    }
}
