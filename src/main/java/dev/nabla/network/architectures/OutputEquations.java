package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.documents.JsonForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The equations of outputs: by name, in order, or in the order of names that stand elsewhere.
 *
 * @param names empty where they stand elsewhere
 */
public record OutputEquations(Optional<List<String>> names, List<String> equations) {

    public OutputEquations {
        names = names.map(List::copyOf);
        equations = List.copyOf(equations);
    }

    @JsonForm
    static OutputEquations of(LinkedHashMap<String, String> equations) {
        return new OutputEquations(Optional.of(List.copyOf(equations.keySet())), List.copyOf(equations.values()));
    }

    @JsonForm
    static OutputEquations of(List<String> equations) {
        return new OutputEquations(Optional.empty(), equations);
    }

    @JsonValue
    Object written() {
        if (names.isEmpty()) {
            return equations;
        }
        Map<String, String> byName = new LinkedHashMap<>();
        IntStream.range(0, equations.size()).forEach(i -> byName.put(names.get().get(i), equations.get(i)));
        return byName;
    }
}
