package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.architectures.Scaling.MeanAndScale;
import dev.nabla.network.layers.Parameter.Setting;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is between the natural units of inputs and outputs and those in which an architecture has its parameters: of every
 * input x it sees (x − mean) / scale, and an output is scale · ŷ + mean of what it makes. The numbers are parameters
 * {@code normalization.x.mean} and {@code normalization.x.scale} that are not trained.
 */
@Schema(description = "Inputs are seen as (x - mean) / scale, and outputs are scale * y + mean of what the network makes of them, "
        + "while everything outside (data, predictions, derivatives, formulas, code) is in natural units. The numbers are "
        + "parameters normalization.x.mean and normalization.x.scale, which are not trained. \"standard\" and \"min-max\" are "
        + "fitted when a training starts, on the rows that it trains on (points that are drawn count as "
        + "spread evenly in their ranges), unless it starts from a model: the mean and the standard "
        + "deviation, or what makes the least -1 and the greatest 1; scale 1 for a column of one number. Before, mean is 0 and "
        + "scale 1. Equations of an architecture are of what it sees.")
public record Normalization(
        @Schema(description = "\"standard\", \"min-max\", or numbers by name; inputs that are not named are seen as they are.",
                example = "standard") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Scaling inputs,
        @Schema(description = "\"standard\", \"min-max\", or numbers by name. The first two are fitted on the targets that are "
                + "matched with the outputs.", example = "{\"z\": {\"mean\": 0, \"scale\": 2}}")
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Scaling outputs) {

    /** Where it stands in the definition of a network. */
    public static final String POINTER = "/" + Architecture.NORMALIZATION;

    private static final String MEAN = "mean";
    private static final String SCALE = "scale";

    /** The path of the parameter that is the mean of an input or output. */
    public static String meanOf(String name) {
        return Architecture.NORMALIZATION + "." + name + "." + MEAN;
    }

    /** The path of the parameter that is the scale of an input or output. */
    public static String scaleOf(String name) {
        return Architecture.NORMALIZATION + "." + name + "." + SCALE;
    }

    /** What is wrong with it around a part, with pointers that begin at the definition of the network. */
    public List<Problem> problems(Part part) {
        var problems = new ArrayList<Problem>();
        if (inputs == null && outputs == null) {
            problems.add(Problem.of(POINTER, "must have inputs, outputs or both"));
        }
        addProblems(inputs, "inputs", part.inputs(), problems);
        addProblems(outputs, "outputs", part.outputs(), problems);
        if (problems.isEmpty()) {
            part.architecture().violationOfNormalization(this, part.inputs(), part.outputs()).ifPresent(problems::add);
        }
        return problems;
    }

    private static void addProblems(@Nullable Scaling scaling, String side, List<String> names, List<Problem> problems) {
        if (scaling instanceof Scaling.Given given) {
            given.numbers().keySet().stream().filter(name -> !names.contains(name)).forEach(name ->
                    problems.add(Problem.of(POINTER + "/" + side + "/" + Problem.token(name), "is not among the " + side
                            + ", which are " + String.join(", ", names.subList(0, Math.min(names.size(), 20))))));
        }
    }

    /**
     * What is wrong with its numbers in the parameters of a part around which it is, wherever they come from; with pointers
     * into the parameters.
     *
     * @param parameters by path
     */
    public List<Problem> problemsOfNumbers(Part part, ToDoubleFunction<String> parameters) {
        var problems = new ArrayList<Problem>();
        Scaling ofInputs = numbers(inputs, part.inputs(), parameters, problems);
        Scaling ofOutputs = numbers(outputs, part.outputs(), parameters, problems);
        if (problems.isEmpty()) {
            part.architecture().violationOfNormalization(new Normalization(ofInputs, ofOutputs), part.inputs(), part.outputs())
                    .ifPresent(problem -> problems.add(Problem.of(POINTER, problem.detail())));
        }
        return problems;
    }

    private static @Nullable Scaling numbers(@Nullable Scaling scaling, List<String> names, ToDoubleFunction<String> parameters,
            List<Problem> problems) {
        if (scaling == null) {
            return null;
        }
        var numbers = new LinkedHashMap<String, MeanAndScale>();
        scaling.scaled(names).forEach(name -> {
            double scale = parameters.applyAsDouble(scaleOf(name));
            if (!(scale > 0)) {
                problems.add(Problem.of(POINTER + "/" + name + "/" + SCALE, "must be above 0, was " + scale));
            }
            numbers.put(name, new MeanAndScale(parameters.applyAsDouble(meanOf(name)), scale));
        });
        return new Scaling.Given(numbers);
    }

    /** The scales of inputs or outputs; empty where they are fitted. */
    static List<Double> scales(@Nullable Scaling scaling, List<String> names) {
        return scaling instanceof Scaling.Fitted ? List.of() : names.stream()
                .map(name -> scaling == null ? 1.0 : scaling.initial(name).scale()).toList();
    }

    /** The same around a part, whose parameters are made before its own. */
    public Function<Expression, Architecture.Values> around(Part part, Function<Expression, Architecture.Values> map,
            Parameters parameters) {
        Parameters own = parameters.ofPart(Architecture.NORMALIZATION);
        Affine before = Affine.of(inputs, part.inputs(), own);
        Affine after = Affine.of(outputs, part.outputs(), own);
        return x -> part.architecture().normalized(map, x, before.inverse(x), after::of);
    }

    /** Entries scale · x + mean of a vector. */
    private record Affine(Expression mean, Expression scale) {

        static Affine of(@Nullable Scaling scaling, List<String> names, Parameters parameters) {
            Scaling numbers = scaling == null ? new Scaling.Given(Map.of()) : scaling;
            Set<String> scaled = Set.copyOf(numbers.scaled(names));
            List<Expression> means = new ArrayList<>();
            List<Expression> scales = new ArrayList<>();
            for (String name : names) {
                boolean isScaled = scaled.contains(name);
                means.add(isScaled ? parameters.named(name + "." + MEAN, Shape.SCALAR,
                        Setting.constant(numbers.initial(name).mean())) : Arithmetic.constant(0));
                scales.add(isScaled ? parameters.named(name + "." + SCALE, Shape.SCALAR,
                        Setting.constant(numbers.initial(name).scale())) : Arithmetic.constant(1));
            }
            return new Affine(LinearAlgebra.stack(means), LinearAlgebra.stack(scales));
        }

        Expression inverse(Expression x) {
            return isIdentity() ? x : Arithmetic.divide(Arithmetic.subtract(x, mean), scale);
        }

        Expression of(Expression y) {
            return isIdentity() ? y : Arithmetic.sum(Arithmetic.product(scale, y), mean);
        }

        private boolean isIdentity() {
            return scale.equals(LinearAlgebra.stack(Stream.generate(() -> Arithmetic.constant(1))
                    .limit(scale.shape().size()).toList()));
        }
    }
}
