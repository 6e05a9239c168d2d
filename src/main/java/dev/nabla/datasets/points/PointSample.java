package dev.nabla.datasets.points;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.datasets.Samples;
import dev.nabla.documents.Checked;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Shape;
import dev.nabla.language.Equation;
import dev.nabla.language.EquationException;
import dev.nabla.language.Identifier;
import dev.nabla.language.Scope;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Points to be drawn in a box, or in what an equation leaves of it.
 *
 * @param points how many, at least 1
 * @param where what is positive in the region
 * @param resampleEvery after so many epochs they are drawn anew
 * @param adaptive by what, if by anything beside the region
 */
public record PointSample(
        @Schema(description = "How many; with as many numbers as these have coordinates, at most 20000000 numbers.",
                example = "2000") @Min(1) int points,
        @Schema(description = "\"uniform\", \"sobol\" (Sobol's sequence, digitally shifted by the seed) or \"latin-hypercube\". With "
                + "where, what these spread evenly is the box, of which points outside the region are passed over.",
                example = "sobol") @JsonProperty(defaultValue = "uniform") SamplingMethod method,
        @Schema(description = "The low and the high end for every input of the network, by name; the same number twice for an "
                + "input that does not vary.", example = "{\"x\": [-1, 1], \"t\": [0, 1]}")
        @Size(min = 1) LinkedHashMap<String, Range> ranges,
        @Schema(description = "An equation over these names: points are where it is positive, as a comparison is where it holds.",
                example = "1 - x^2") @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> where,
        @Schema(description = "After so many epochs the points are drawn anew; never if left out. lbfgs and "
                + "ssbroyden then forget what they learned; newton and gauss-newton have nothing but a trust "
                + "radius or a damping, and keep it.",
                example = "100") @Min(1) @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt resampleEvery,
        @Schema(description = "\"residual\": points that are drawn anew are chosen among ten times as many, at least 10000 and "
                + "at most a million, where the residual r of the term, the norm of an array, is large: with "
                + "probabilities in proportion to |r| / mean |r| + 1 "
                + "(Wu, Zhu, Tan, Kartha and Lu 2023, doi 10.1016/j.cma.2022.115671, RAD with k = c = 1).", example = "residual")
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Refinement> adaptive) implements Checked {

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        int most = Samples.MAX_CELLS / ranges.size();
        if (points > most) {
            problems.add(Problem.of("/points", "must be at most " + most + ", so that " + ranges.size()
                    + " coordinates of each are at most " + Samples.MAX_CELLS + " numbers, was " + points));
        }
        if (method == SamplingMethod.SOBOL && ranges.size() > SobolPoints.MOST_DIMENSIONS) {
            problems.add(Problem.of("/method", "must not be sobol for more than " + SobolPoints.MOST_DIMENSIONS + " ranges"));
        }
        if (adaptive.isPresent() && resampleEvery.isEmpty() && !wrong.contains("resampleEvery")) {
            problems.add(Problem.of("/adaptive", "is for points that are drawn anew, so resampleEvery is needed"));
        }
        ranges.keySet().forEach(name -> Identifier.violation(name)
                .ifPresent(detail -> problems.add(Problem.of("/ranges/" + Problem.token(name), detail))));
        if (problems.isEmpty()) {
            where.ifPresent(equation -> addProblems(equation, problems));
        }
        return problems;
    }

    private void addProblems(String equation, List<Problem> problems) {
        try {
            parsed(equation);
        } catch (EquationException e) {
            problems.add(Problem.at("/where", e.getMessage(), e.position()));
        }
    }

    /** What is positive in the region, over {@link #coordinate}s. */
    Optional<Expression> region() {
        return where.map(this::parsed);
    }

    private Expression parsed(String equation) {
        Map<String, Expression> names = new LinkedHashMap<>();
        ranges.keySet().forEach(name -> names.put(name, coordinate(name)));
        ranges.keySet().forEach(name -> names.put(Network.INPUTS + "." + name, coordinate(name)));
        return Equation.scalar(equation, Scope.of(names));
    }

    static Expression coordinate(String name) {
        return Arithmetic.perSampleSymbol(name, Shape.SCALAR);
    }

    /** The same columns without a point. */
    public Samples columns() {
        return new Samples(List.copyOf(ranges.keySet()), List.of(), new double[0], new double[0]);
    }
}
