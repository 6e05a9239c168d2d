package dev.nabla.web.bounds;

import dev.nabla.documents.Document;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Bounds", description = "Numbers between which equations of a model are certain to stay")
class BoundsController {

    private final BoundsSearch search;

    BoundsController(BoundsSearch search) {
        this.search = search;
    }

    @PostMapping(path = "/v1/bounds", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "bound", summary = "Bound equations of a model over a box of its inputs",
            description = "Every value that an equation has in the box is between its bounds, by interval arithmetic that is rounded "
                    + "outward. Looks until a bound is no further than the tolerance from a value that was reached, or as many boxes "
                    + "were looked at as may, or as is work enough for one request.")
    BoundsResponse bound(@RequestBody Document<BoundsRequest> request) {
        return search.find(request);
    }
}
