package dev.nabla.imports;

import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.NamesOrCount;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.Layer;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters by names, as PyTorch's {@code state_dict} has them: {@code 0.weight}, {@code 0.bias}, {@code fc1.weight}, …, in
 * the order of the layers; or as models here have them, {@code {"L1": {"W": …, "b": …}, …}}. What they are between is not
 * among them.
 */
public final class StateDictionary {

    /** How many of them there can be: a weight and a bias of every layer. */
    public static final int MOST = 2 * Architecture.MAX_LAYERS;

    /** How many numbers one of them can have. */
    public static final int MOST_NUMBERS = Layer.MAX_UNITS * Architecture.MAX_INPUTS;

    private static final Pattern NAME = Pattern.compile("(.+)[./](weight|bias|W|b)");

    private final Map<String, Object> byName = new LinkedHashMap<>();
    private final List<String> layers = new ArrayList<>();
    private final Map<String, Object> nested = new LinkedHashMap<>();
    private final Map<String, String> pointers = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private StateDictionary() {}

    /** What names cannot say. */
    public record Missing(Optional<String> name, List<String> inputs, List<String> outputs, Activation activation,
            Activation lastActivation) {}

    /**
     * The dense layers that have these parameters.
     *
     * @param parameters numbers in lists by their names, or in objects by the parts of these
     * @throws InvalidException with everything that does not fit; pointers begin at {@code parameters}
     */
    public static ImportedModel read(Map<String, ?> parameters, Missing missing) {
        var dictionary = new StateDictionary();
        dictionary.collect("", "", parameters);
        return dictionary.model(missing);
    }

    private void collect(String prefix, String pointer, Map<?, ?> parameters) {
        parameters.forEach((key, value) -> {
            String name = prefix + key;
            String place = pointer + "/" + Problem.token(String.valueOf(key));
            if (value instanceof Map<?, ?> inner) {
                collect(name + ".", place, inner);
            } else {
                add(name, place, value);
            }
        });
    }

    private void add(String name, String pointer, Object value) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            problems.add(Problem.ofName(pointer,
                    "must be called as the weight or the bias of a layer: fc1.weight, fc1.bias"));
            return;
        }
        String layer = matcher.group(1);
        String kind = matcher.group(2).matches("weight|W") ? "W" : "b";
        if (!layers.contains(layer)) {
            layers.add(layer);
        }
        if (byName.put(layer + "." + kind, value) != null) {
            problems.add(Problem.ofName(pointer, "must not be there, as another " + kind + " of '" + layer + "' is"));
        }
        pointers.put(layer + "." + kind, pointer);
    }

    private ImportedModel model(Missing missing) {
        var chain = new ArrayList<DenseLayer>();
        int inputs = 0;
        for (String layer : layers) {
            Object weight = byName.get(layer + ".W");
            if (!(weight instanceof List<?> rows) || rows.isEmpty() || !(rows.getFirst() instanceof List<?> first)
                    || first.isEmpty()) {
                problems.add(Problem.of(pointers.getOrDefault(layer + ".W", pointers.getOrDefault(layer + ".b", "")),
                        "must be the weight of a dense layer, a row for each of its units"
                        + (weight == null ? ", which is missing" : "")));
                continue;
            }
            inputs = chain.isEmpty() ? first.size() : inputs;
            boolean hasBias = byName.containsKey(layer + ".b");
            chain.add(new DenseLayer(rows.size(), layer.equals(layers.getLast()) ? missing.lastActivation()
                    : missing.activation(),
                    hasBias));
            String path = "L" + chain.size();
            Map<String, Object> own = new LinkedHashMap<>(Map.of("W", weight));
            pointers.put("/" + path + "/W", pointers.getOrDefault(layer + ".W", ""));
            if (hasBias) {
                own.put("b", byName.get(layer + ".b"));
                pointers.put("/" + path + "/b", pointers.getOrDefault(layer + ".b", ""));
            }
            nested.put(path, own);
        }
        requireNames("inputs", missing.inputs(), inputs);
        requireNames("outputs", missing.outputs(), chain.isEmpty() ? 0 : chain.getLast().units());
        if (layers.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.of("", "must have the parameters of a layer"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(problems);
        }
        NetworkDefinition definition = NetworkDefinition.of(missing.name(), named(missing.inputs(), "x", inputs),
                named(missing.outputs(), "y", chain.getLast().units()), new Chain(List.copyOf(chain)));
        return new ImportedModel(definition, flattened(definition));
    }

    private void requireNames(String field, List<String> names, int count) {
        if (!names.isEmpty() && count > 0 && names.size() != count) {
            problems.add(Problem.of("/" + field, "must name the " + count + " " + field + " of the layers, named "
                    + names.size()));
        }
    }

    private static List<String> named(List<String> names, String letter, int count) {
        return names.isEmpty() ? NamesOrCount.numbered(letter, count) : names;
    }

    /** The flat vector; what does not fit is told by the names that were given. */
    private double[] flattened(NetworkDefinition definition) {
        try {
            return definition.parameters().flatten(nested);
        } catch (InvalidException e) {
            throw new InvalidException(e.problems().stream().map(this::asGiven).toList());
        }
    }

    private Problem asGiven(Problem problem) {
        return pointers.keySet().stream().filter(path -> problem.pointer().startsWith(path)).findFirst()
                .map(path -> Problem.of(pointers.get(path) + problem.pointer().substring(path.length()),
                problem.detail())).orElse(problem);
    }
}
