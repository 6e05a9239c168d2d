package dev.nabla.training.sweeps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Checked;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** From where numbers are drawn, ends included. */
public record SweepRange(@Schema(example = "0.0001") double from, @Schema(example = "0.1") double to,
        @Schema(description = "Whether all differences or all ratios are equally likely.", example = "log")
        @JsonProperty(defaultValue = "linear") Scale scale,
        @Schema(description = "Whether only whole numbers are drawn.") @JsonProperty(defaultValue = "false") boolean integer)
        implements Checked {

    private static final double MOST_INTEGER = 1L << 53;

    /** What is equally likely. */
    public enum Scale {
        @JsonProperty("linear") LINEAR,
        @JsonProperty("log") LOG
    }

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        if (from >= to) {
            problems.add(Problem.of("/to", "must be above from, which is " + from + ", was " + to));
        }
        if (scale == Scale.LOG && from <= 0) {
            problems.add(Problem.of("/from", "must be above 0 on a scale of logarithms, was " + from));
        }
        if (integer && (!isInteger(from) || !isInteger(to))) {
            problems.add(Problem.of(isInteger(from) ? "/to" : "/from", "must be an integer, as those that are drawn, was "
                    + (isInteger(from) ? to : from)));
        }
        if (Double.isInfinite(to - from)) {
            problems.add(Problem.of("/to", "must be no farther from from than any double"));
        }
        return problems;
    }

    private static boolean isInteger(double number) {
        return number == Math.rint(number) && Math.abs(number) <= MOST_INTEGER;
    }

    JsonNode draw(RandomGenerator random) {
        double end = integer ? to + 1 : to;
        double part = random.nextDouble();
        double drawn = switch (scale) {
            case LINEAR -> from + part * (end - from);
            case LOG -> StrictMath.exp(StrictMath.log(from) + part * (StrictMath.log(end) - StrictMath.log(from)));
        };
        double within = Math.clamp(integer ? Math.floor(drawn) : drawn, from, to);
        return integer ? JsonNodeFactory.instance.numberNode((long) within) : JsonNodeFactory.instance.numberNode(within);
    }
}
