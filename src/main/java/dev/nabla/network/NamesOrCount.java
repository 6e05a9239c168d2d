package dev.nabla.network;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.documents.JsonForm;
import dev.nabla.language.Identifier;
import dev.nabla.network.architectures.Architecture;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The names of inputs, which a document may also give as their number n for x1 … xn. */
public record NamesOrCount(@JsonValue List<String> names) {

    public NamesOrCount {
        names = List.copyOf(names);
    }

    @JsonForm
    static NamesOrCount of(@Size(min = 1, max = Architecture.MAX_INPUTS) List<@Identifier.Named String> names) {
        return new NamesOrCount(names);
    }

    @JsonForm
    static NamesOrCount of(@Min(1) @Max(Architecture.MAX_INPUTS) int count) {
        return new NamesOrCount(NetworkDefinition.numbered("x", count));
    }
}
