package dev.nabla.web.models;

import dev.nabla.documents.Labels;
import dev.nabla.imports.StateDictionary;
import dev.nabla.network.layers.Activation;
import dev.nabla.problems.InvalidException;
import dev.nabla.web.Query;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters beside a file that has nothing but the weights and biases of a model. */
record NpzParameters(
        @Parameter(description = "The names of the inputs; x1 … xn if left out.", example = "[\"x\", \"y\"]")
        @Nullable List<String> inputs,
        @Parameter(description = "The names of the outputs; y1 … ym if left out.", example = "[\"z\"]")
        @Nullable List<String> outputs,
        @Parameter(description = "The activation of all layers but the last, of which the file says nothing: a name, or an equation "
                + "in x; tanh if left out.", example = "relu") @Nullable String activation,
        @Parameter(description = "The activation of the last layer; identity if left out.", example = "identity")
        @Nullable String lastActivation,
        @Parameter(description = "A free label.") @Nullable String name,
        @Parameter(description = "To find it again by, each once.") @Nullable List<String> tags) {

    Labels labels(Query query) {
        return Labels.of(name, tags, "", query.errors());
    }

    StateDictionary.Missing missing(Query query, Optional<String> label) {
        return new StateDictionary.Missing(label, ImportParameters.orEmpty(inputs), ImportParameters.orEmpty(outputs),
                activation(query, "activation", activation, Activation.TANH),
                activation(query, "lastActivation", lastActivation, Activation.IDENTITY));
    }

    private static Activation activation(Query query, String parameter, @Nullable String text, Activation otherwise) {
        try {
            return text == null ? otherwise : Activation.of(text);
        } catch (InvalidException e) {
            e.problems().forEach(problem -> query.errors().add(problem.within("/" + parameter)));
            return otherwise;
        }
    }
}
