package dev.nabla.training.sweeps;

import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * Values that go together, by the pointers to where they belong.
 *
 * @param choices in the order of the sweep's values
 */
public record Combination(Map<String, Choice> choices) {

    /**
     * One value.
     *
     * @param place in the list that it is of; empty of one that was drawn from a range
     */
    public record Choice(JsonNode value, OptionalInt place) {}
}
