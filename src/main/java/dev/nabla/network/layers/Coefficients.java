package dev.nabla.network.layers;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.nabla.expression.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The trainable coefficients of a network whose values are told beside its trainings and models: in their order, each while
 * it and those before are no more than {@value #MOST_NUMBERS} numbers in all.
 */
public final class Coefficients {

    public static final int MOST_NUMBERS = 100;
    public static final String DESCRIPTION = "The values of coefficients by name, arrays as arrays: of those that are "
            + "trainable, in their order, while they have no more than " + MOST_NUMBERS + " numbers in all. The others are "
            + "among the parameters of the model.";

    private final ParameterLayout layout;
    private final List<Integer> told;
    private final int size;

    private Coefficients(ParameterLayout layout, List<Integer> told, int size) {
        this.layout = layout;
        this.told = told;
        this.size = size;
    }

    public static Coefficients of(ParameterLayout layout) {
        var told = new ArrayList<Integer>();
        int size = 0;
        for (int i = 0; i < layout.parameters().size(); i++) {
            Parameter parameter = layout.parameters().get(i);
            if (parameter.coefficient().isPresent() && parameter.isTrainable() && size + parameter.size() <= MOST_NUMBERS) {
                told.add(i);
                size += parameter.size();
            }
        }
        return new Coefficients(layout, List.copyOf(told), size);
    }

    public boolean isEmpty() {
        return told.isEmpty();
    }

    /** What their numbers are called, in order: {@code nu}, and the entries of arrays, from 1, as {@code k[1, 2]}. */
    public List<String> names() {
        return told.stream().map(layout.parameters()::get).flatMap(parameter -> IntStream.range(0, parameter.size())
                .mapToObj(entry -> parameter.path() + place(parameter.symbol().shape(), entry))).toList();
    }

    private static String place(Shape shape, int entry) {
        int rest = entry;
        var places = new ArrayDeque<String>();
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            places.addFirst(String.valueOf(rest % shape.dimension(axis) + 1));
            rest /= shape.dimension(axis);
        }
        return places.isEmpty() ? "" : "[" + String.join(", ", places) + "]";
    }

    /** Where their numbers stand in a flat vector of parameters, in order. */
    public int[] entries() {
        return told.stream().flatMapToInt(i -> IntStream.range(layout.offset(i), layout.offset(i)
                + layout.parameters().get(i).size())).toArray();
    }

    /** Their values in a flat vector of parameters. */
    public Values in(IntToDoubleFunction flat) {
        return of(IntStream.of(entries()).mapToDouble(flat).toArray());
    }

    /** A number for each of theirs, in order. */
    public Values of(double[] numbers) {
        return new Values(this, ImmutableDoubleArray.copyOf(numbers));
    }

    /**
     * By name the values of epochs.
     *
     * @param epochByEpoch all numbers of an epoch, then those of the next
     */
    public Map<String, List<Object>> perEpoch(double[] epochByEpoch) {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        told.forEach(i -> values.put(layout.parameters().get(i).path(), new ArrayList<>()));
        for (int from = 0; from + size <= epochByEpoch.length && size > 0; from += size) {
            named(epochByEpoch, from).forEach((name, value) -> values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
        }
        return values;
    }

    private Map<String, Object> named(double[] numbers, int from) {
        Map<String, Object> named = new LinkedHashMap<>();
        int offset = from;
        for (int i : told) {
            named.put(layout.parameters().get(i).path(), layout.nested(i, numbers, offset));
            offset += layout.parameters().get(i).size();
        }
        return named;
    }

    /** Values of all of them. */
    public record Values(Coefficients of, ImmutableDoubleArray numbers) {

        public Map<String, Object> named() {
            return of.named(numbers.toArray(), 0);
        }
    }
}
