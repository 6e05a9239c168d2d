package dev.nabla.network;

import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A network definition in plain values, with nothing left out: the form in which it is answered and stored.
 *
 * @param layers where the architecture is a chain, else null
 * @param architecture where it is another, else null
 */
public record NetworkDocument(@Nullable String name, List<String> inputs, List<String> outputs,
        @Nullable List<Map<String, Object>> layers, @Nullable Map<String, Object> architecture) {

    public static NetworkDocument of(NetworkDefinition definition) {
        return new NetworkDocument(definition.name().orElse(null), definition.inputs(), definition.outputs(),
                definition.architecture() instanceof Chain chain
                        ? chain.layers().stream().map(LayerDocument::of).toList() : null,
                ArchitectureDocument.of(definition.architecture()).orElse(null));
    }

    /**
     * The definition that this is the document of.
     *
     * @throws InvalidException if it is the document of none
     */
    public NetworkDefinition definition() {
        var violations = new ArrayList<Problem>();
        Architecture read = layers != null ? chain(layers, violations)
                : ArchitectureDocument.architecture(architecture == null ? Map.of() : architecture, "/architecture",
                        violations).orElseThrow(() -> new InvalidException(violations));
        if (!violations.isEmpty()) {
            throw new InvalidException(violations);
        }
        return new NetworkDefinition(Optional.ofNullable(name), inputs, outputs, read);
    }

    private static Chain chain(List<Map<String, Object>> layers, List<Problem> violations) {
        return new Chain(IntStream.range(0, layers.size())
                .mapToObj(k -> LayerDocument.layer(layers.get(k), "/layers/" + k, violations)).toList());
    }
}
