package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.google.common.base.Suppliers;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.language.Identifier;
import dev.nabla.language.PointFunction;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Outputs that are equations over the inputs, over parts, which are functions with parameters of their own, and over
 * coefficients. Parameters are called by the names of these: {@code N.L1.W}, {@code nu}.
 *
 * @param parts by name what equations may call, each with as many scalars as it has inputs or with one vector
 * @param coefficients by name
 * @param field the vector field of the inputs, an equation
 * @param energy what the field conserves, an equation; the field is (∂H/∂p, −∂H/∂q) of it, where there is none
 */
@JsonTypeName("equations")
@Schema(description = "Outputs that are equations over the inputs, over parts (functions with parameters of their own) and "
        + "over coefficients. Equations may also name outputs, and call them: u(0, t).")
public record EquationModel(
        @Schema(description = "By name the functions that equations may call: N(x, t), or N([x, t]). One with one output is a "
                + "scalar.") @JsonProperty(defaultValue = "{}") Map<String, PartDocument> parts,
        @Schema(description = "By name the numbers, or arrays of numbers, that training finds beside the parts.")
        @JsonProperty(defaultValue = "{}") Map<String, Coefficient> coefficients,
        @Schema(description = "The equations of the outputs by name, or in the order of the network's outputs; each is a "
                + "scalar.") OutputEquations outputs,
        @Schema(description = "The vector field of the inputs.", example = "[p, -q - c * p]") @Size(min = 1)
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String field,
        @Schema(description = "The energy; of inputs (q, p) it gives the field (∂H/∂p, −∂H/∂q), unless one is given.",
                example = "p^2 / 2 + V(q)") @Size(min = 1) @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String energy) implements Architecture {

    static final int MAX_NAMES = 1_000;

    /** How deep models may be parts of models: what is wrong with one is looked for wherever it is a part. */
    static final int MAX_LEVELS = 8;

    public EquationModel {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        coefficients = Collections.unmodifiableMap(new LinkedHashMap<>(coefficients));
    }

    @Override
    public List<Problem> violations(int inputDimension) {
        return violations(NamesOrCount.numbered("x", inputDimension), outputNames().orElseGet(() ->
                NamesOrCount.numbered("y", outputs.equations().size())));
    }

    @Override
    public List<Problem> violations(List<String> inputNames, List<String> outputNames) {
        if (levels() > MAX_LEVELS) {
            return List.of(Problem.of(pointer() + "/parts", "must not have equations nested more than " + MAX_LEVELS
                    + " levels deep, had " + levels()));
        }
        var problems = new ArrayList<Problem>();
        addProblemsOfNames(inputNames, outputNames, problems);
        coefficients.forEach((name, coefficient) -> add(problems, "/coefficients/" + Problem.token(name),
                coefficient.problems(Set.of())));
        parts.forEach((name, part) -> add(problems, "/parts/" + Problem.token(name), part.problems(Set.of())));
        boolean canBeRead = problems.isEmpty() && parts.values().stream().allMatch(part -> part.part().isPresent());
        return canBeRead ? problemsOfEquations(inputNames, outputNames) : problems;
    }

    @Override
    public Optional<Problem> violationOfNormalization(Normalization normalization, List<String> inputNames,
            List<String> outputNames) {
        return field == null || normalization.inputs() == null ? Optional.empty() : Optional.of(Problem.of(
                Normalization.POINTER + "/inputs", "must be left out where field is given, which is of the natural inputs: scale "
                        + "them in the equations, as in N((x - 3) / 2)"));
    }

    @Override
    public Set<String> ownNames() {
        return energy == null ? Set.of() : Set.of(Identifier.ENERGY);
    }

    private void add(List<Problem> problems, String pointer, List<Problem> further) {
        further.forEach(problem -> problems.add(problem.within(pointer() + pointer)));
    }

    private void addProblemsOfNames(List<String> inputNames, List<String> outputNames, List<Problem> problems) {
        if (outputs.equations().isEmpty() || outputs.equations().size() > MAX_INPUTS) {
            problems.add(Problem.of(pointer() + "/outputs", "must have between 1 and " + MAX_INPUTS + " items, had "
                    + outputs.equations().size()));
        }
        if (parts.size() + coefficients.size() > MAX_NAMES) {
            problems.add(Problem.of(pointer(), "must have at most " + MAX_NAMES + " parts and coefficients, had "
                    + (parts.size() + coefficients.size())));
        }
        outputs.names().filter(names -> !names.equals(outputNames)).ifPresent(names -> problems.add(Problem.of("/outputs",
                "must be left out, or be " + String.join(", ", names) + ", as in " + pointer() + "/outputs")));
        Map<String, String> places = new HashMap<>();
        IntStream.range(0, inputNames.size()).forEach(i -> places.put(inputNames.get(i), "item " + i + " of inputs"));
        IntStream.range(0, outputNames.size()).forEach(i -> places.put(outputNames.get(i), "item " + i + " of outputs"));
        parts.keySet().forEach(name -> requireName(problems, places, "/parts/", "a part", name));
        coefficients.keySet().forEach(name -> requireName(problems, places, "/coefficients/", "a coefficient", name));
    }

    private void requireName(List<Problem> problems, Map<String, String> places, String list, String place, String name) {
        String pointer = pointer() + list + Problem.token(name);
        var ofName = new ArrayList<Problem>();
        if (name.equals(NORMALIZATION)) {
            ofName.add(Problem.of(pointer, Identifier.used(name)));
        } else {
            Part.requireName(ofName, places, ownNames(), pointer, place, name);
        }
        ofName.forEach(problem -> problems.add(Problem.ofName(pointer, problem.detail())));
    }

    private List<Problem> problemsOfEquations(List<String> inputNames, List<String> outputNames) {
        return reading(inputNames, outputNames, new Parameters()).problems();
    }

    /** Makes the parameters and reads the equations over the symbol of the inputs, when they are asked for. */
    private EquationReader reading(List<String> inputNames, List<String> outputNames, Parameters parameters) {
        Map<String, PointFunction> calls = new LinkedHashMap<>();
        parts.forEach((name, document) -> {
            Part part = document.part().orElseThrow();
            Function<Expression, Values> function = part.map(parameters.ofPart(name));
            calls.put(name, PointFunction.of(part.inputs().size(), vector -> {
                Expression values = function.apply(vector).outputs();
                return part.outputs().size() == 1 ? LinearAlgebra.entry(values, 0) : values;
            }));
        });
        Map<String, Expression> named = new LinkedHashMap<>();
        coefficients.forEach((name, coefficient) ->
                named.put(name, parameters.named(name, coefficient.shape(), coefficient.setting())));
        return new EquationReader(this, inputNames, outputNames, calls, named);
    }

    @Override
    public Optional<List<String>> outputNames() {
        return outputs.names();
    }

    /** 1 more than the most of a part. */
    private int levels() {
        return 1 + parts.values().stream().mapToInt(part -> part.architecture() instanceof EquationModel model
                ? model.levels() : 0).max().orElse(0);
    }

    @Override
    public OptionalInt certainOutputDimension() {
        return OptionalInt.of(outputs.equations().size());
    }

    @Override
    public int outputDimension(int inputDimension) {
        return outputs.equations().size();
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        return map(NamesOrCount.numbered("x", inputDimension), outputNames().orElseGet(() ->
                NamesOrCount.numbered("y", outputs.equations().size())), parameters);
    }

    @Override
    public Function<Expression, Values> map(List<String> inputNames, List<String> outputNames, Parameters parameters) {
        EquationReader reader = reading(inputNames, outputNames, parameters);
        Supplier<Values> values = Suppliers.memoize(reader::values);
        return vector -> at(values.get(), reader.inputs(), vector);
    }

    /** The values where the inputs are others. */
    private static Values at(Values values, Expression inputs, Expression vector) {
        if (vector.equals(inputs)) {
            return values;
        }
        Map<Expression, Expression> point = Map.of(inputs, vector);
        return new Values(List.of(), Graph.substitute(values.outputs(), point),
                values.energy().map(energy -> Graph.substitute(energy, point)),
                values.field().map(field -> Graph.substitute(field, point)), values.parts());
    }
}
