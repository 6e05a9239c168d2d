package dev.nabla.datasets.points;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.documents.JsonForm;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The numbers from {@code low} to {@code high}, which may be the same. */
public record Range(double low, double high) {

    @JsonForm
    static Range of(@Size(min = 2, max = 2) double[] ends) {
        if (ends.length != 2) {
            throw new InvalidException(List.of(Problem.of("", "must have 2 numbers, the ends of the range, had " + ends.length)));
        }
        if (!(ends[0] <= ends[1]) || !Double.isFinite(ends[1] - ends[0])) {
            throw new InvalidException(List.of(Problem.of("", "must be a low and a high end, at most " + Double.MAX_VALUE
                    + " apart, was [" + ends[0] + ", " + ends[1] + "]")));
        }
        return new Range(ends[0], ends[1]);
    }

    @JsonValue
    double[] ends() {
        return new double[] {low, high};
    }

    /** @param part from 0 to 1 */
    double at(double part) {
        return low + part * (high - low);
    }
}
