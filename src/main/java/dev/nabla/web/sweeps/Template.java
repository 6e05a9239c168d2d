package dev.nabla.web.sweeps;

import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.training.sweeps.Combination;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The training of a sweep, in which the trials have values put in. */
record Template(ObjectNode training) {

    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

    /**
     * The training with these values; objects on the way to them are made where there are none.
     *
     * @throws InvalidException if a pointer leads nowhere
     */
    JsonNode with(Combination combination) {
        JsonNode filled = training;
        for (var choice : combination.choices().entrySet()) {
            filled = with(filled, tokens(choice.getKey()), choice.getValue().value(), choice.getKey());
        }
        return filled;
    }

    private static JsonNode with(JsonNode node, List<String> way, JsonNode value, String pointer) {
        if (way.isEmpty()) {
            return value;
        }
        String token = way.getFirst();
        List<String> rest = way.subList(1, way.size());
        boolean isAbsent = node.isMissingNode() || node.isNull();
        if (isAbsent && INDEX.matcher(token).matches()) {
            throw nowhere(pointer, "before '" + token + "' there is nothing; an array must be there, whose items are "
                    + "replaced, or be varied as a whole");
        }
        if (isAbsent || node instanceof ObjectNode) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
            return copy.set(token, with(node.path(token), rest, value, pointer));
        }
        if (node instanceof ArrayNode array && INDEX.matcher(token).matches()
                && Integer.parseInt(token) < array.size()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size()).addAll(array);
            int index = Integer.parseInt(token);
            copy.set(index, with(array.get(index), rest, value, pointer));
            return copy;
        }
        throw nowhere(pointer, "at '" + token + "' there is "
                + (node.isArray() ? "an array of " + node.size() + " items"
                : "neither an object nor an array"));
    }

    private static InvalidException nowhere(String pointer, String why) {
        return new InvalidException(List.of(Problem.of("/values/" + Problem.token(pointer),
                "leads nowhere in the training: " + why)));
    }

    private static List<String> tokens(String pointer) {
        return Arrays.stream(pointer.substring(1).split("/", -1))
                .map(token -> token.replace("~1", "/").replace("~0", "~"))
                .collect(Collectors.toList());
    }

    /** Where in the sweep is what is wrong in a trial. */
    Problem blamed(Problem problem, Combination combination) {
        String place = problem.pointer();
        Optional<String> value = combination.choices().entrySet().stream()
                .filter(choice -> isAtOrBelow(place, choice.getKey()) || isMadeFor(place, choice.getKey()))
                .map(choice -> "/values/" + Problem.token(choice.getKey()) + (isAtOrBelow(place, choice.getKey())
                        ? rest(choice.getValue(), place.substring(choice.getKey().length())) : "")).findFirst();
        return new Problem(value.orElse("/training" + place), problem.detail(), problem.position(),
                problem.namesNothing(),
                problem.isOfName());
    }

    private static String rest(Combination.Choice choice, String below) {
        return choice.place().isPresent() ? "/" + choice.place().getAsInt() + below : "";
    }

    private static boolean isAtOrBelow(String pointer, String other) {
        return pointer.equals(other) || pointer.startsWith(other + "/");
    }

    /** Whether what is at the pointer is only there as it is on the way to a value. */
    private boolean isMadeFor(String pointer, String value) {
        return !pointer.isEmpty() && value.startsWith(pointer + "/") && training.at(JsonPointer.compile(pointer))
                .isMissingNode();
    }
}
