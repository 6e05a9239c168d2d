package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.primitives.ImmutableDoubleArray;
import dev.nabla.documents.Checked;
import dev.nabla.expression.Shape;
import dev.nabla.network.layers.Parameter.Setting;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A number, or an array of numbers, that is part of a model by its name.
 *
 * @param initial a number, or an array (of arrays) of numbers of one length
 * @param trainable whether training finds it
 */
public record Coefficient(
        @Schema(description = "The value at first: a number, or an array of numbers or of arrays of one length.",
                example = "0.1") Object initial,
        @Schema(description = "No entry is ever below. Optimizers with a learning rate take the nearest "
                + "point within the bounds after every update, gauss-newton ends its steps at them, lbfgs, ssbroyden and newton "
                + "move in variables of which entries within are functions.", example = "0")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Double min,
        @Schema(description = "No entry is ever above.", example = "1") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Double max,
        @Schema(description = "Whether training finds it; else it stays as it is.")
        @JsonProperty(defaultValue = "true") boolean trainable) implements Checked {

    private static final int MAX_ENTRIES = 1_000_000;

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        addProblems(initial, "/initial", problems);
        if (min != null && max != null && min > max) {
            problems.add(Problem.of("/min", "must not be above max, which is " + max + ", was " + min));
        } else if (problems.isEmpty()) {
            addProblemsOfBounds(problems);
        }
        return problems;
    }

    private void addProblemsOfBounds(List<Problem> problems) {
        Setting setting = setting();
        if (setting.initial().length() > MAX_ENTRIES) {
            problems.add(Problem.of("/initial", "must have at most " + MAX_ENTRIES + " entries, had "
                    + setting.initial().length()));
        }
        setting.initial().stream().filter(value -> value < setting.min() || value > setting.max()).boxed().findFirst()
                .ifPresent(value -> problems.add(Problem.of("/initial", "must be within min and max, was " + value)));
    }

    private static void addProblems(Object value, String pointer, List<Problem> problems) {
        if (value instanceof List<?> items) {
            if (items.isEmpty()) {
                problems.add(Problem.of(pointer, "must have at least one item"));
            }
            for (int i = 0; i < items.size(); i++) {
                Object item = items.get(i);
                if (!dimensions(item).equals(dimensions(items.getFirst()))) {
                    problems.add(Problem.of(pointer + "/" + i, "must have the shape of the items before"));
                }
                addProblems(item, pointer + "/" + i, problems);
            }
        } else if (!(value instanceof Number)) {
            problems.add(Problem.of(pointer, "must be a number or an array of numbers"));
        }
    }

    /** The shape of a coefficient without problems. */
    Shape shape() {
        return new Shape(dimensions(initial));
    }

    /** Of which one may be 0, as far as is not known that it is wrong. */
    private static List<Integer> dimensions(Object value) {
        return !(value instanceof List<?> items) ? List.of() : Stream.concat(Stream.of(items.size()),
                items.isEmpty() ? Stream.empty() : dimensions(items.getFirst()).stream()).toList();
    }

    /** What it is as a parameter. */
    Setting setting() {
        ImmutableDoubleArray.Builder entries = ImmutableDoubleArray.builder();
        numbers(initial).forEach(entries::add);
        return new Setting(entries.build(), trainable, min == null ? Double.NEGATIVE_INFINITY : min,
                max == null ? Double.POSITIVE_INFINITY : max);
    }

    private static DoubleStream numbers(Object value) {
        return switch (value) {
            case List<?> items -> items.stream().flatMapToDouble(Coefficient::numbers);
            case Number number -> DoubleStream.of(number.doubleValue());
            default -> throw new IllegalStateException("not a number: " + value);
        };
    }
}
