package dev.nabla.web.bounds;

import dev.nabla.bounds.Bounds;
import dev.nabla.expression.Shape;
import dev.nabla.web.expressions.Evaluations;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One result per equation. */
record BoundsResponse(List<Result> results) {

    /** What is certain about the values of one equation. */
    @Schema(name = "BoundsResult")
    record Result(String equation, List<Integer> shape,
            @Schema(description = "No value is below: a number, or numbers nested as the shape says. Null where no bound is known: "
                    + "the equation may fall without end, or be undefined somewhere.") @Nullable Object lower,
            @Schema(description = "No value is above, nested so.") @Nullable Object upper,
            @Schema(description = "The least value that was reached: the least of all is between lower and this. Null where none was.")
            @Nullable Object reachedLower,
            @Schema(description = "The greatest value that was reached.") @Nullable Object reachedUpper,
            @Schema(description = "How many boxes were looked at.", example = "512") long boxes) {

        static Result of(String equation, Shape shape, Bounds bounds) {
            return new Result(equation, shape.dimensions(), Evaluations.nested(shape, bounds.lower()),
                    Evaluations.nested(shape, bounds.upper()), Evaluations.nested(shape, bounds.reachedLower()),
                    Evaluations.nested(shape, bounds.reachedUpper()), bounds.boxes());
        }
    }
}
