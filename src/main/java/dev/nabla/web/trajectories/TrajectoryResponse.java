package dev.nabla.web.trajectories;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.trajectories.Trajectory;
import dev.nabla.web.InputNames;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trajectories, one per start. */
record TrajectoryResponse(
        @Schema(description = "When states were recorded: at 0 and after every so many steps.") double[] times,
        List<Path> trajectories) {

    /** Where one start went. */
    @Schema(name = "Trajectory")
    record Path(
            @Schema(description = "The state at each of the times.") double[][] states,
            @Schema(description = "The energy at each of the times, if there is one.")
            @JsonInclude(JsonInclude.Include.NON_NULL) double @Nullable [] energies) {}

    static TrajectoryResponse of(double[] times, List<Trajectory> trajectories, InputNames names) {
        return new TrajectoryResponse(times, trajectories.stream()
                .map(t -> new Path(names.fromNetwork(t.states()), t.energies().orElse(null))).toList());
    }
}
