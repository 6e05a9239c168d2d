package dev.nabla.web.inference;

import dev.nabla.documents.Checked;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import dev.nabla.web.expressions.Equations;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked of a model. */
record InferenceRequest(
        @Schema(description = "What the client calls the request; the answer has it too.") @Nullable String id,
        @Schema(description = "binary_data_output: whether the numbers of outputs that do not say it themselves are answered behind "
                + "the JSON. All others are passed back as they are.") @Nullable Map<String, Object> parameters,
        @Schema(description = "The tensor inputs with all columns, or a tensor for every input of the network by its name.")
        @NotNull @Size(min = 1) List<InputTensor> inputs,
        @Schema(description = "outputs if left out.") @Nullable @Size(min = 1, max = Equations.MAX_EQUATIONS)
        List<RequestedOutput> outputs) {

    private static final String BINARY_OUTPUTS = "binary_data_output";

    /** Numbers of all samples. */
    record InputTensor(
            @Schema(description = "inputs, or the name of an input of the network.", example = "inputs") @NotNull String name,
            @Schema(description = "[samples, columns] of inputs; [samples] or [samples, 1] of one input.", example = "[2, 2]")
            @NotNull @Size(min = 1, max = 2) List<@Min(1) Integer> shape,
            @NotNull Datatype datatype,
            @Schema(description = "binary_data_size: how many bytes it has of those behind the JSON.")
            @Nullable Map<String, Object> parameters,
            @Schema(description = "The numbers, row by row, in arrays as the shape says or in a single one; left out where they are "
                    + "behind the JSON.", example = "[0, 0, 0.5, -0.5]") @Nullable List<Object> data) implements Checked {

        private static final String SIZE = "binary_data_size";
        private static final String SHARED_MEMORY = "shared_memory_region";

        /** How many bytes it has behind the JSON, if that is where its numbers are. */
        Optional<Object> size() {
            return Optional.ofNullable(parameters).map(given -> given.get(SIZE));
        }

        @Override
        public List<Problem> problems(Set<String> wrong) {
            if (parameters != null && parameters.containsKey(SHARED_MEMORY)) {
                return List.of(Problem.of("/parameters/" + SHARED_MEMORY, "is not supported: there is no shared memory here"));
            }
            return size().isPresent() && data != null ? List.of(Problem.of("/data",
                    "must be left out where parameters have a " + SIZE))
                    : size().isEmpty() && data == null && !wrong.contains("data") ? List.of(Problem.of("/data",
                            "is missing, and parameters have no " + SIZE)) : List.of();
        }
    }

    /** Something to compute. */
    record RequestedOutput(
            @Schema(description = "An equation: outputs, an output by its name, or anything else of the equation language.",
                    example = "D(z, inputs)") @NotNull String name,
            @Schema(description = "binary_data: whether its numbers are answered behind the JSON.")
            @Nullable Map<String, Object> parameters) implements Checked {

        private static final String BINARY = "binary_data";

        @Override
        public List<Problem> problems(Set<String> wrong) {
            return parameters == null ? List.of() : Stream.of("shared_memory_region", "classification")
                    .filter(parameters::containsKey)
                    .map(name -> Problem.of("/parameters/" + name, "is not supported")).toList();
        }
    }

    private List<RequestedOutput> requested() {
        return outputs == null ? List.of(new RequestedOutput(Network.OUTPUTS, null)) : outputs;
    }

    /** What is computed. */
    List<String> equations() {
        return requested().stream().map(RequestedOutput::name).toList();
    }

    /**
     * Of every output whether its numbers are answered behind the JSON.
     *
     * @param preferred where nothing is said
     */
    List<Boolean> isBinary(boolean preferred, List<Problem> errors) {
        boolean otherwise = flag(parameters, BINARY_OUTPUTS, "", preferred, errors);
        return IntStream.range(0, requested().size()).mapToObj(i -> flag(requested().get(i).parameters(),
                RequestedOutput.BINARY, "/outputs/" + i, otherwise, errors)).toList();
    }

    /** What the answer has as well; empty if nothing. */
    Map<String, Object> passedBack() {
        if (parameters == null) {
            return Map.of();
        }
        var passed = new LinkedHashMap<>(parameters);
        passed.remove(BINARY_OUTPUTS);
        return passed;
    }

    private static boolean flag(@Nullable Map<String, Object> parameters, String name, String pointer, boolean otherwise,
            List<Problem> errors) {
        Object given = parameters == null ? null : parameters.get(name);
        if (given != null && !(given instanceof Boolean)) {
            errors.add(Problem.of(pointer + "/parameters/" + name, "must be true or false"));
        }
        return given instanceof Boolean flag ? flag : otherwise;
    }
}
