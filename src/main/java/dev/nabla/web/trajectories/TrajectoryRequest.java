package dev.nabla.web.trajectories;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Checked;
import dev.nabla.problems.Problem;
import dev.nabla.trajectories.Method;
import dev.nabla.trajectories.TimeGrid;
import dev.nabla.web.InputNames;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a model's field or map is to be followed from, how, and how far. */
record TrajectoryRequest(
        @Schema(description = "A state, as long as the model's inputs, for every trajectory.")
        @NotNull @Size(min = 1) double @Nullable [] @Size(min = 1) [] starts,
        @Schema(description = InputNames.DESCRIPTION + " The states of the answer have the order of the starts.",
                example = "[\"q\", \"p\"]") @Nullable List<String> inputNames,
        @Schema(description = "implicit-midpoint and stoermer-verlet are symplectic and of order 2: implicit-midpoint for "
                + "any field, stoermer-verlet for one of 2n entries whose first half is dq/dt and whose second is dp/dt, "
                + "explicit where those depend on p only and on q only, and in its implicit form else. dormand-prince is "
                + "of order 8 and chooses its own steps within the tolerance. map iterates a map instead of a field.")
        @NotNull Method.@Nullable Name method,
        @Schema(description = "The time of a step. A map may do without: then an iteration takes the time 1.")
        @Positive @Nullable Double step,
        @NotNull @Min(1) @Max(MAX_STEPS) @Nullable Integer steps,
        @Schema(description = "The start and every so many-th step are recorded.")
        @Min(1) @Max(MAX_STEPS) @JsonProperty(defaultValue = "1") int every,
        @Schema(description = "The field or map, a vector as long as the network's inputs and in their order: an "
                + "equation of the model's names. If left out, the field of the network's architecture; for a map, and where "
                + "there is no such field, the outputs. Parameters of the system (the last inputs of "
                + "generalized-hamiltonian) are in the starts and stay as they "
                + "are; the field is without them.")
        @Nullable String field,
        @Schema(description = "A scalar to report along the trajectories: an equation of the model's names. If left out, the "
                + "energy of the network's architecture, where it has one.")
        @Nullable String energy,
        @Schema(description = "Of the error of a step, absolute and relative; for dormand-prince only, 1e-9 if left out.")
        @DecimalMin("1e-13") @DecimalMax("0.1") @Nullable Double tolerance) implements Checked {

    private static final int MAX_STEPS = 10_000_000;
    private static final double DEFAULT_TOLERANCE = 1e-9;
    private static final String STEP = "/step";

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        if (tolerance != null && method != null && method != Method.Name.DORMAND_PRINCE) {
            problems.add(Problem.of("/tolerance", "is for dormand-prince only"));
        }
        if (step == null && method != Method.Name.MAP && !wrong.contains("method")) {
            problems.add(Problem.of(STEP, "is missing"));
        }
        if (steps != null && !wrong.contains("steps") && every > steps) {
            problems.add(Problem.of("/every", "must be between 1 and " + steps + ", was " + every));
        }
        if (step != null && steps != null && Double.isInfinite(step * steps)) {
            problems.add(Problem.of(STEP, "must be smaller, so that the last time is finite"));
        }
        return problems;
    }

    boolean isMap() {
        return method == Method.Name.MAP;
    }

    /** The method, where it is known. */
    Optional<Method> chosen() {
        return Optional.ofNullable(method).map(name -> name.method(tolerance == null ? DEFAULT_TOLERANCE : tolerance));
    }

    /** The times, where they are known; an iteration of a map takes the time 1 if nothing else is said. */
    Optional<TimeGrid> grid() {
        return Optional.ofNullable(steps).filter(_ -> step != null || isMap())
                .map(count -> new TimeGrid(step == null ? 1 : step, count, every));
    }
}
