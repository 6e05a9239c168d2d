package dev.nabla.web.trajectories;

import dev.nabla.web.InputNames;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a model's field or map is to be followed from, how, and how far. */
record TrajectoryRequest(
        @Schema(description = "A state, as long as the model's inputs, for every trajectory.")
        double @Nullable [][] starts,
        @Schema(description = InputNames.DESCRIPTION + " The states of the answer have the order of the starts.",
                example = "[\"q\", \"p\"]") @Nullable List<String> inputNames,
        @Schema(description = "implicit-midpoint and stoermer-verlet are symplectic and of order 2: implicit-midpoint for "
                + "any field, stoermer-verlet for one of 2n entries whose first half is dq/dt and whose second is dp/dt, "
                + "explicit where those depend on p only and on q only, and in its implicit form else. dormand-prince is "
                + "of order 8 and chooses its own steps within the tolerance. map iterates a map instead of a field.",
                allowableValues = {"implicit-midpoint", "stoermer-verlet", "dormand-prince", "map"})
        @Nullable String method,
        @Schema(description = "The time of a step. A map may do without: then an iteration takes the time 1.")
        @Nullable Double step,
        @Nullable Integer steps,
        @Schema(description = "The start and every so many-th step are recorded; 1 if left out.")
        @Nullable Integer every,
        @Schema(description = "The field or map, a vector as long as the network's inputs and in their order: an "
                + "equation of the model's names. If left out, the field of the network's architecture; for a map, and where "
                + "there is no such field, the outputs. Parameters of the system (the last inputs of generalized-hamiltonian) are in the starts and stay as they "
                + "are; the field is without them.")
        @Nullable String field,
        @Schema(description = "A scalar to report along the trajectories: an equation of the model's names. If left out, the "
                + "energy of the network's architecture, where it has one.")
        @Nullable String energy,
        @Schema(description = "Of the error of a step, absolute and relative; for dormand-prince only, 1e-9 if left out.")
        @Nullable Double tolerance) {}
