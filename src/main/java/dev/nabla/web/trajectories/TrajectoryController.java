package dev.nabla.web.trajectories;

import dev.nabla.documents.Document;
import dev.nabla.storage.ModelReference;
import dev.nabla.web.Ids;
import dev.nabla.web.networks.Subjects;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Trajectories", description = "What models say of the future: fields integrated, maps iterated")
class TrajectoryController {

    private final Subjects subjects;
    private final Trajectories trajectories;

    TrajectoryController(Subjects subjects, Trajectories trajectories) {
        this.subjects = subjects;
        this.trajectories = trajectories;
    }

    @PostMapping(path = "/v1/models/{id}/trajectories", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "followTrajectories",
            summary = "Integrate the field of a model, or iterate it as a map, from many starts",
            description = "At most 10,000,000 numbers are recorded, and at most 50,000,000 steps taken over all starts, "
                    + "fewer where the field is much work.")
    TrajectoryResponse follow(@PathVariable ModelReference id, @RequestBody Document<TrajectoryRequest> request) {
        return trajectories.follow(Ids.require(id, subjects::model), request);
    }
}
